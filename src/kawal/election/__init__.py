"""Where and what: regions, polling stations, sites, the boxes that must exist, and the calendar of the plenos."""
