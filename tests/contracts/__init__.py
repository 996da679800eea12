"""Hand-made logs, written from the format pages alone, and what the tools must say of each."""
