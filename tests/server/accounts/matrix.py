"""The rights as they are, asked one by one, in the form of `rights.txt`."""

from collections.abc import Iterator
from typing import get_args

from django.contrib.auth.models import AnonymousUser

from kawal_server.accounts.access import Action, may
from kawal_server.accounts.models import Office, Officer

OFFICES: tuple[Office, ...] = get_args(Office)
ACTIONS: tuple[Action, ...] = get_args(Action)
# Where each office sits, what stands below it, and what is another's of the same kind.
SEATS = {
    "kpu": ("kpu-5303", "ppk-530305", "ppk-647401"),
    "bawaslu": ("bawaslu-5303", "panwascam-530305", "panwascam-647401"),
}
POLICE = ("polres-5303", "polsek-530305", "polsek-647401")
FOREIGN = {"kpu": "polsek-530305", "bawaslu": "ppk-530305"}
HERE = "turangga"
ELSEWHERE = "operasi-lain"


def seat(office: str) -> tuple[str, str, str]:
    return SEATS.get(office, POLICE)


def foreign(office: str) -> str:
    """A unit of another agency in the own area."""
    return FOREIGN.get(office, "ppk-530305")


def holder(office: Office, **other: object) -> Officer:
    fields = {"office": office, "unit": seat(office)[0], "operation": HERE, **other}
    return Officer(username=office, **fields)


def reach(officer: object, office: str, action: Action) -> str:
    """`o` in the own unit, `b` in one below, `x` in another one of the kind, `f` in another agency's; `-` nowhere."""
    own, below, other = seat(office)
    units = {"o": own, "b": below, "x": other, "f": foreign(office)}
    told = "".join(letter for letter, unit in units.items() if may(officer, action, unit=unit))
    assert may(officer, action) or not told
    return told or ("?" if may(officer, action) else "-")


def nobodies(office: Office) -> Iterator[object]:
    """Those who may nothing, whatever office they hold: all of one column."""
    yield AnonymousUser()
    yield None
    yield office
    yield holder(office, is_active=False)
    yield holder(office, operation=ELSEWHERE)
    pending = holder(office)
    pending.is_pending = True
    yield pending


def table() -> str:
    width = max(len(action) for action in ACTIONS)
    lines = ["  ".join(["action".ljust(width), *(office.ljust(11) for office in OFFICES)]).rstrip()]
    for action in ACTIONS:
        cells = [reach(holder(office), office, action).ljust(11) for office in OFFICES]
        lines.append("  ".join([action.ljust(width), *cells]).rstrip())
    return "\n".join(lines) + "\n"
