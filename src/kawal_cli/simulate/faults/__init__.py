"""Faults by name: what each does, in the order in which a small area makes room for them."""

from collections.abc import Mapping, Sequence

from kawal_cli.simulate.area import CannotSimulate
from kawal_cli.simulate.faults import (
    at_posts,
    at_stations,
    in_keys,
    in_phones,
    in_plenos,
    in_stores,
    in_villages,
    on_roads,
    unseen,
)
from kawal_cli.simulate.faults.allotment import Allotment, Fault
from kawal_cli.simulate.story import Story

Faults = Sequence[str]

_WHOLE_VILLAGES = ("custody-order", "f02-seized-boxes")
_WHOLE_DISTRICTS = ("early-departure", "overdue-convoy", "f11-truck-overturned", "f07-moved-without-forms")


def _in_order() -> dict[str, Fault]:
    modules = (at_stations, in_villages, in_plenos, in_stores, in_phones, in_keys, on_roads, at_posts, unseen)
    every = {name: fault for module in modules for name, fault in module.FAULTS.items()}
    first = [*_WHOLE_VILLAGES, *_WHOLE_DISTRICTS]
    return {name: every[name] for name in [*first, *(name for name in every if name not in first)]}


FAULTS: Mapping[str, Fault] = _in_order()
"""Name -> fault. Those that need a whole village or kecamatan come first."""


def read_faults(asked: Faults | str) -> tuple[str, ...]:
    """Read "all", "none", names by comma, or a list of names. Raises: CannotSimulate."""
    names = [name.strip() for name in asked.split(",")] if isinstance(asked, str) else list(asked)
    if names == ["all"]:
        return tuple(FAULTS)
    if names == ["none"] or not names:
        return ()
    unknown = [name for name in names if name not in FAULTS]
    if unknown:
        raise CannotSimulate(f"--faults {', '.join(unknown)}: tidak ada; ada / not known; known: {', '.join(FAULTS)}")
    return tuple(name for name in FAULTS if name in names)


def inject(story: Story, names: Sequence[str]) -> list[str]:
    """Set up these faults; gives the names for which the area had no room."""
    allot = Allotment(story)
    return [name for name in names if not FAULTS[name].inject(allot)]


__all__ = ["FAULTS", "Fault", "Faults", "inject", "read_faults"]
