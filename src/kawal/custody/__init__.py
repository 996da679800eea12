"""Who holds which box under which seal, where; and every interval in which that is uncertain."""
