"""The tools: what a person or a program runs by name. Reading and checking need no server."""
