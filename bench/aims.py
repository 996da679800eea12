"""What was to be reached, and whether it was: a line under the table that shows it."""

MARK = "- aim"


def at_least(what: str, found: float, asked: float, unit: str = "x") -> str:
    """Say whether a figure is as large as was asked."""
    return _line(what, found >= asked, f"{found:,.2f} {unit}, asked for at least {asked:,.2f} {unit}")


def at_most(what: str, found: float, asked: float, unit: str) -> str:
    """Say whether a figure is as small as was asked."""
    return _line(what, found <= asked, f"{found:,.0f} {unit}, asked for at most {asked:,.0f} {unit}")


def _line(what: str, is_met: bool, figures: str) -> str:
    return f"{MARK} {'met' if is_met else 'NOT MET'}: {what}: {figures}"
