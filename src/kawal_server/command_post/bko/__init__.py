"""Lent forces (BKO): asked for, approved, sent, arrived, tasked, released; and the demand that nobody met."""
