"""The operation, its units and people, its stages, and its end."""
