"""Journeys through the post in a real browser."""
