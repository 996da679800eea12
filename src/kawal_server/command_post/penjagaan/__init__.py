"""The page Penjagaan: posts around the clock, who stood where, and every hour that was not covered."""
