"""Standing orders over all of it: what is wrong, and what to look at first."""
