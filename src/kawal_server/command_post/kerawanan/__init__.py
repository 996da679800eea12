"""Kerawanan: which places are vulnerable and why, what is happening there, and how many guards that asks for."""
