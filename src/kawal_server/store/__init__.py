"""Where events and what follows from them are kept: the two logs, their indexes, and the projections."""
