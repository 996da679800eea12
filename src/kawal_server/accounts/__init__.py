"""Who signs in at the post, and the one check of what each may do."""
