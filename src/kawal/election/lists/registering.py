"""From lists to manifests: the rows to register, and what a list read again would change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kawal.election.boxes import ElectionKind, expected_boxes
from kawal.election.lists.sessions import SessionRow
from kawal.election.lists.sites import SiteRow
from kawal.election.lists.stations import Station
from kawal.election.manifests import COLUMNS, rows

ManifestRow = tuple[str, ...]
"""The fields of a manifest's row as text, in the order of its columns."""

ElectionsOf = Callable[[str], Sequence[ElectionKind]]
"""Regency code -> the elections it votes in."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "boxes": ("box",),
    "sites": ("site",),
    "sessions": ("level", "area", "election"),
}
"""Kind -> the columns that name a row."""


def box_rows(stations: Iterable[Station], elections_of: ElectionsOf) -> list[ManifestRow]:
    """The `boxes` manifest: each station's, and the PPK's of every kecamatan that has a station."""
    by_district: dict[str, list[str]] = {}
    for station in stations:
        by_district.setdefault(station.code[:6], []).append(station.code)
    return [
        (box.box, box.election, box.station, box.area)
        for district, codes in sorted(by_district.items())
        for box in expected_boxes(district, sorted(codes), elections_of(district[:4]))
    ]


def site_rows(sites: Iterable[SiteRow], zone_of: Callable[[str], str]) -> list[ManifestRow]:
    """The `sites` manifest. zone_of: region code -> IANA zone.

    An estimated point has the radius 0: the middle of a kecamatan is no fence, and must accuse nobody of being away.
    """
    return [
        (one.site, one.kind, one.area, str(one.lat_e6), str(one.lon_e6), _radius(one), zone_of(one.area))
        for one in sites
    ]


def _radius(site: SiteRow) -> str:
    return "0" if site.is_estimated else str(site.radius_m)


def session_rows(
    sessions: Iterable[SessionRow],
    elections_of: ElectionsOf,
    *,
    deadline: int,
    site_of: Callable[[str], str] | None = None,
) -> list[ManifestRow]:
    """The `sessions` manifest: one row an election. deadline: UNIX seconds, where the list has none.

    site_of: kecamatan code -> the site of its pleno; its PPK where this is None.
    """
    find = site_of or (lambda area: f"ppk-{area}")
    return [
        ("district", one.area, election, find(one.area), str(one.starts), str(one.ends), str(one.deadline or deadline))
        for one in sessions
        for election in elections_of(one.area[:4])
    ]


def manifest_rows(kind: str, data: bytes) -> list[ManifestRow]:
    """A manifest registered before, as rows to compare with. Raises: BadManifest."""
    return [tuple(row[column] for column in COLUMNS[kind]) for row in rows(data, kind)]


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that is there before and after with other fields."""

    key: str
    before: ManifestRow
    after: ManifestRow


@dataclass(frozen=True, slots=True)
class Change:
    """What a list read again would change. rows: all that the new manifest holds, those kept for their history too."""

    added: tuple[ManifestRow, ...]
    removed: tuple[ManifestRow, ...]
    changed: tuple[Changed, ...]
    kept_with_history: tuple[ManifestRow, ...]
    rows: tuple[ManifestRow, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether both lists are the same."""
        return not (self.added or self.removed or self.changed or self.kept_with_history)


def compare(
    kind: str, old: Iterable[ManifestRow], new: Iterable[ManifestRow], with_history: Iterable[str] = ()
) -> Change:
    """Compare two manifests of a kind. with_history: keys (a box, a site, `level/area/election`) that events name.

    What has a history is never dropped: it stays in the rows, and is listed apart.
    """
    before, after = ({row_key(kind, row): row for row in many} for many in (old, new))
    history = frozenset(with_history)
    gone = [key for key in before if key not in after]
    kept = tuple(before[key] for key in gone if key in history)
    return Change(
        added=tuple(row for key, row in after.items() if key not in before),
        removed=tuple(before[key] for key in gone if key not in history),
        changed=tuple(
            Changed(key, before[key], row) for key, row in after.items() if key in before and before[key] != row
        ),
        kept_with_history=kept,
        rows=(*after.values(), *kept),
    )


def row_key(kind: str, row: ManifestRow) -> str:
    """What names a row of a manifest: the box, the site, `district/530305/GUB`."""
    fields = dict(zip(COLUMNS[kind], row, strict=True))
    return "/".join(fields[column] for column in KEYS[kind])
