"""Accounts: one's own, those of all officers, who read about people, and break-glass."""
