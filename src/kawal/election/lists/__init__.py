"""Lists as these offices keep them: sheets of cells in, an operation's manifests out, and every doubt named by row."""
