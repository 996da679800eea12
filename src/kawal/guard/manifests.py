"""The lists of posts and of duty, read row by row: a row that cannot be is told, and takes no other down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kawal.election.manifests import rows, whole_cell


@dataclass(frozen=True, slots=True)
class PostRow:
    """One zone of a post for one period, UNIX seconds, `until` outside it. `beat_s` 0: no heartbeat is expected."""

    post: str
    site: str
    ring: int
    min_strength: int
    beat_s: int
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person (`who`) planned for duty at a post, UNIX seconds."""

    post: str
    who: str
    since: int
    until: int


RINGS = 99
Row = TypeVar("Row")
Read = tuple[list[Row], list[str]]
"""The rows that can be read, and a sentence about each that cannot."""


def read_posts(data: bytes) -> Read[PostRow]:
    """Read a `posts` manifest. Raises: BadManifest where it is no such list at all."""
    return _each(data, "posts", _post)


def read_roster(data: bytes) -> Read[RosterRow]:
    """Read a `roster` manifest. Raises: BadManifest where it is no such list at all."""
    return _each(data, "roster", _duty)


def _each(data: bytes, kind: str, make: Callable[[Mapping[str, str]], Row]) -> Read[Row]:
    made, problems = [], []
    for number, row in enumerate(rows(data, kind), 2):
        try:
            made.append(make(row))
        except ValueError as error:
            problems.append(f"{kind} baris {number} / line {number}: {error}")
    return made, problems


def _post(row: Mapping[str, str]) -> PostRow:
    since, until = _period(row)
    ring, strength, beat = (_from_nought(row, name) for name in ("ring", "min_strength", "beat_s"))
    if ring > RINGS:
        raise ValueError(f"ring lebih dari {RINGS} / ring is over {RINGS}")
    return PostRow(_named(row, "post"), row["site"], ring, strength, beat, since, until)


def _duty(row: Mapping[str, str]) -> RosterRow:
    since, until = _period(row)
    return RosterRow(_named(row, "post"), _named(row, "who"), since, until)


def _period(row: Mapping[str, str]) -> tuple[int, int]:
    since, until = whole_cell(row["from"]), whole_cell(row["to"])
    if until <= since:
        raise ValueError("to tidak sesudah from / to is not after from")
    return since, until


def _from_nought(row: Mapping[str, str], name: str) -> int:
    value = whole_cell(row[name])
    if value < 0:
        raise ValueError(f"{name} di bawah nol / {name} is below nought")
    return value


def _named(row: Mapping[str, str], name: str) -> str:
    if not row[name]:
        raise ValueError(f"{name} kosong / {name} is empty")
    return row[name]
