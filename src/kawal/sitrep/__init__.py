"""The situation told: where every box is, how sure that is, and what is wrong."""
