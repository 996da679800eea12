"""Komando: where every box is, and what needs doing now."""
