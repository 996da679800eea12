"""The pages of the command post, one folder a word."""
