"""Manifests: the CSV lists that events name by hash, read row by row into typed values."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from kawal.election.boxes import ExpectedBox

COLUMNS: dict[str, tuple[str, ...]] = {
    "boxes": ("box", "election", "station", "area"),
    "sites": ("site", "kind", "area", "lat_e6", "lon_e6", "radius_m", "zone"),
    "posts": ("post", "site", "ring", "min_strength", "beat_s", "from", "to"),
    "roster": ("post", "who", "from", "to"),
    "sessions": ("level", "area", "election", "site", "from", "to", "deadline"),
    "convoys": ("convoy", "vehicle", "route", "from_site", "to_site", "depart", "arrive", "min_escort"),
    "routes": ("route", "seq", "lat_e6", "lon_e6", "stop"),
    "items": ("box", "seals"),
}
"""Kind -> columns, in the order they are written."""


ROWS_LIMIT = 2_000_000
ITEMS_LIMIT = 20_000
EARTH_E6 = (90_000_000, 180_000_000)
_WHOLE = re.compile(r"-?\d{1,15}")


class BadManifest(ValueError):
    """A manifest is not the CSV its kind asks for; the message names the line."""


class Blobs(Protocol):
    """Where manifests are found by the hash that stands in an event."""

    def read(self, digest: str) -> bytes | None:
        """The bytes whose b64u(SHA-256) is `digest`; None where this copy does not hold them."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place. Positions in microdegrees, `radius_m` in metres, `zone` an IANA name."""

    site: str
    kind: str
    area: str
    lat_e6: int
    lon_e6: int
    radius_m: int
    zone: str


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A pleno as planned: UNIX seconds. `level`: district, regency or province."""

    level: str
    area: str
    election: str
    site: str
    starts: int
    ends: int
    deadline: int


@dataclass(frozen=True, slots=True)
class PlannedConvoy:
    """A convoy as planned: UNIX seconds."""

    convoy: str
    vehicle: str
    from_site: str
    to_site: str
    depart: int
    arrive: int


@dataclass(frozen=True, slots=True)
class Item:
    """One box of an offer, count, departure or arrival, with the serials given for it (none: not looked at)."""

    box: str
    seals: tuple[str, ...]


def rows(data: bytes, kind: str) -> list[dict[str, str]]:
    """Split a manifest into rows by its header. Raises: BadManifest."""
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise BadManifest(f"{kind}: bukan UTF-8 / not UTF-8") from error
    if len(lines) > ROWS_LIMIT:
        raise BadManifest(f"{kind}: lebih dari {ROWS_LIMIT} baris / more rows than that")
    try:
        return _split(csv.reader(line for line in lines if line), kind)
    except csv.Error as error:
        raise BadManifest(f"{kind}: {error}") from error


def _split(reader: Iterator[list[str]], kind: str) -> list[dict[str, str]]:
    header = next(reader, None)
    if header is None or not set(COLUMNS[kind]) <= set(header):
        raise BadManifest(f"{kind}: baris kepala bukan {','.join(COLUMNS[kind])} / the header row is not that")
    found = []
    for number, row in enumerate(reader, 2):
        if len(row) != len(header):
            raise BadManifest(f"{kind} baris {number}: {len(row)} kolom, harus {len(header)} / wrong number of columns")
        found.append(dict(zip(header, row, strict=True)))
    return found


def write_rows(kind: str, values: Iterable[Iterable[object]]) -> bytes:
    """Write a manifest: header, LF, no spaces. The hash of exactly these bytes goes into the event."""
    head = ",".join(COLUMNS[kind])
    return "\n".join([head, *(",".join(_cell(value) for value in row) for row in values), ""]).encode()


def whole_cell(text: str) -> int:
    """Read a cell as a whole number. Raises: ValueError."""
    if _WHOLE.fullmatch(text) is None:
        raise ValueError(f"bukan bilangan / not a number: {text[:20]!r}")
    return int(text)


def is_on_earth(lat_e6: int, lon_e6: int) -> bool:
    """Whether a position in microdegrees is one: some lists have latitude and longitude swapped."""
    return abs(lat_e6) <= EARTH_E6[0] and abs(lon_e6) <= EARTH_E6[1]


def _cell(value: object) -> str:
    text = str(value)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(mark in text for mark in ',"\n') else text


Row = TypeVar("Row")


def _read(data: bytes, kind: str, make: Callable[[Mapping[str, str]], Row]) -> list[Row]:
    made = []
    for number, row in enumerate(rows(data, kind), 2):
        try:
            made.append(make(row))
        except ValueError as error:
            raise BadManifest(f"{kind} baris {number} / line {number}: {error}") from error
    return made


def read_boxes(data: bytes) -> list[ExpectedBox]:
    """Read a `boxes` manifest. Raises: BadManifest."""
    return _read(data, "boxes", lambda row: ExpectedBox(row["box"], row["election"], row["station"], row["area"]))


def read_sites(data: bytes) -> list[Site]:
    """Read a `sites` manifest. Raises: BadManifest."""
    return _read(
        data,
        "sites",
        lambda row: Site(
            row["site"],
            row["kind"],
            row["area"],
            whole_cell(row["lat_e6"]),
            whole_cell(row["lon_e6"]),
            whole_cell(row["radius_m"] or "0"),
            row["zone"],
        ),
    )


def read_sessions(data: bytes) -> list[PlannedSession]:
    """Read a `sessions` manifest. Raises: BadManifest."""
    return _read(
        data,
        "sessions",
        lambda row: PlannedSession(
            row["level"],
            row["area"],
            row["election"],
            row["site"],
            whole_cell(row["from"]),
            whole_cell(row["to"]),
            whole_cell(row["deadline"]),
        ),
    )


def read_convoys(data: bytes) -> list[PlannedConvoy]:
    """Read a `convoys` manifest. Raises: BadManifest."""
    return _read(
        data,
        "convoys",
        lambda row: PlannedConvoy(
            row["convoy"],
            row["vehicle"],
            row["from_site"],
            row["to_site"],
            whole_cell(row["depart"]),
            whole_cell(row["arrive"]),
        ),
    )


@lru_cache(maxsize=8)
def read_items(data: bytes) -> tuple[Item, ...]:
    """Read an `items` manifest: serials with one space between. Raises: BadManifest.

    Any phone may name such a list, in as many events as it likes: so it has a limit, and is read once.
    """
    if data.count(b"\n") > ITEMS_LIMIT + 1:
        raise BadManifest(
            f"items: lebih dari {ITEMS_LIMIT} kotak; bagi daftar itu / over {ITEMS_LIMIT} boxes; split the list"
        )
    return tuple(_read(data, "items", lambda row: Item(row["box"], tuple(row["seals"].split()))))
