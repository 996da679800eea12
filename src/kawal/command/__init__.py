"""Who, and under whom: the operation, its units in two trees, jurisdiction, people, orders and lent forces (BKO)."""
