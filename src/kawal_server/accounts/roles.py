"""The page of roles, written from the table that the access check itself reads: docs/operate/roles.md."""

from typing import get_args

from kawal_server.accounts.access import ALLOWED, Action, is_powerful
from kawal_server.accounts.models import Office
from kawal_server.accounts.powers import AGENCY_OF, BROKEN_GLASS, FRESH_ONLY

_HEAD = """# Roles: what each office may do

Written by `make docs` from the table that the access check itself reads (`src/kawal_server/accounts/access.py`).

An office reaches its own unit and the units below it; without a unit, the whole operation. KPU and Bawaslu act for
units of their own agency alone, but for the second signature of an enrolment, which is never of the agency of the
first. Nobody acts in another agency's name: police never sign with KPU's key. An office held in another operation, an
account that is closed or not confirmed, and a session whose second factor is missing give nothing.

**2** marks an office that needs a second factor and has short sessions (30 minutes without a move, 8 hours in all).
**!** marks a right that asks for the factor again when it was given more than five minutes ago. **Glass** names the
agencies to whom [break-glass](serve.md#break-glass) gives the right for an hour.
"""


def render() -> str:
    """Give docs/operate/roles.md."""
    offices: tuple[Office, ...] = get_args(Office)
    heads = [f"{office}{' **2**' if is_powerful(office) else ''}" for office in offices]
    lines = [_HEAD, _row("right", *heads, "glass"), _row(*["---", *[":-:"] * len(offices), "---"])]
    for action in get_args(Action):
        name = f"`{action}`{' **!**' if action in FRESH_ONLY else ''}"
        marks = ["●" if action in ALLOWED[office] else "" for office in offices]
        glass = ", ".join(agency for agency, given in BROKEN_GLASS.items() if action in given)
        lines.append(_row(name, *marks, glass))
    lines += ["", "## Whose agency an office is", ""]
    own = [f"- {office}: {AGENCY_OF.get(office, 'as the account says')}" for office in offices]
    return "\n".join([*lines, *own]) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
