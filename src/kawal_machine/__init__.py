"""What the tools and the post both need of the machine they run on: its files, its cores, the official region codes."""
