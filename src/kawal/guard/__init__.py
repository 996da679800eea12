"""Posts and their hours: who stands where, who relieves whom, and the roster that says so beforehand."""
