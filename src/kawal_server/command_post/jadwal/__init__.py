"""Rosters: asked for, planned, explained, changed within the rules, published; and the lists of people behind them."""
