"""Signing in and out, and the choices that belong to the reader alone."""
