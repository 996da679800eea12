"""Kerawanan: which places are vulnerable, by whose word, and how many guards that asks for."""
