"""What the post does: may they, then do, then tell; one module a word."""
