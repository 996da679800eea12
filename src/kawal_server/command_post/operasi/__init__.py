"""The page Operasi: the steps from messy lists to a live operation."""
