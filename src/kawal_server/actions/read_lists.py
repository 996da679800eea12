"""Read a list as somebody chose to read it: which sheet, which header, which columns; and what that makes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal, assert_never, cast, get_args

from kawal.election.lists.cells import Sheet
from kawal.election.lists.columns import ListKind, column_map
from kawal.election.lists.coordinates import Point
from kawal.election.lists.equipment import SealLot, Vehicle, read_seal_stock, read_vehicles
from kawal.election.lists.places import Places
from kawal.election.lists.problems import ReadAs, RowProblem, Skipped
from kawal.election.lists.sessions import SessionRow, read_sessions
from kawal.election.lists.sites import SiteRow, read_sites
from kawal.election.lists.stations import StatedCount, Station, StationsRead, read_stations
from kawal.election.lists.tables import ColumnsMissing, Table, alike, best_tables, table_at
from kawal.election.lists.totals import Difference, differences
from kawal_server.actions.area_of_post import places_of, point_of
from kawal_server.actions.open_lists import open_list
from kawal_server.store.models import ColumnMemory, Operation

AnyRow = Station | SiteRow | SessionRow | SealLot | Vehicle
_ROWS: Mapping[ListKind, type[AnyRow]] = {
    "stations": Station,
    "sites": SiteRow,
    "sessions": SessionRow,
    "seal_stock": SealLot,
    "vehicles": Vehicle,
}
HeaderLines = Literal[1, 2, 3]
MOST_LINES = max(get_args(HeaderLines))


@dataclass(frozen=True, slots=True)
class Choice:
    """What the clerk chose. sheet "": the best one and those like it; header: its first row as the sheet shows it.

    columns: field -> column from 0; None: as remembered or guessed. decree: region code ("" for all) -> stations.
    """

    sheet: str = ""
    header: int | None = None
    lines: int = 1
    columns: Mapping[str, int] | None = None
    decree: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class Setting:
    """What a list is read against. memory: a header's fingerprint -> its remembered columns."""

    places: Places
    point_of: Callable[[str], Point | None]
    zone: str
    year: int | None
    memory: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """What a list says, read as chosen. tables: every sheet's; chosen: those that were read; missing: why none was."""

    kind: ListKind
    tables: Sequence[Table] = ()
    chosen: Sequence[Table] = ()
    rows: Sequence[AnyRow] = ()
    problems: Sequence[RowProblem] = ()
    skipped: Sequence[Skipped] = ()
    read_as: Sequence[ReadAs] = ()
    stated: Sequence[StatedCount] = ()
    differences: Sequence[Difference] = ()
    missing: str = ""
    is_remembered: bool = False

    @property
    def errors(self) -> list[RowProblem]:
        """Rows that were left out."""
        return [one for one in self.problems if one.severity == "error"]

    @property
    def warnings(self) -> list[RowProblem]:
        """Rows that were taken and that somebody should look at."""
        return [one for one in self.problems if one.severity == "warn"]


class EmptyList(ValueError):
    """No sheet of the file holds a row."""

    def __init__(self) -> None:
        super().__init__(
            "Semua lembar berkas ini kosong. Periksa berkasnya, lalu unggah lagi. / "
            "Every sheet of this file is empty. Check the file and upload it again."
        )


def setting_of(operation: Operation, kind: ListKind) -> Setting:
    """The setting in which a list of the operation is read."""
    memory = {one.fingerprint: one.columns for one in ColumnMemory.objects.filter(kind=kind)}
    year = operation.vote_day.year if operation.vote_day is not None else None
    return Setting(places_of(operation), point_of(operation), operation.zone, year, memory)


@lru_cache(maxsize=2)
def _opened(_digest: str, content: bytes) -> tuple[Sheet, ...]:
    return open_list(content)


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file, opened once while its clerk works on it. Raises: ListRefused."""
    return _opened(sha256(content).hexdigest(), content)


def read_list(kind: ListKind, sheets: Sequence[Sheet], choice: Choice, setting: Setting) -> Preview:
    """Read a list. Raises: EmptyList."""
    tables = best_tables(sheets, kind, setting.places)
    if not tables:
        raise EmptyList
    named = [one for one in tables if one.sheet.name == choice.sheet]
    chosen = [_as_chosen(one, kind, choice, setting) for one in (named or alike(tables))]
    is_remembered = choice.columns is None and any(one.fingerprint in setting.memory for one in chosen)
    found = Preview(kind, tables, chosen, is_remembered=is_remembered)
    try:
        return _read(found, choice, setting)
    except ColumnsMissing as missing:
        return Preview(kind, tables, chosen, missing=str(missing), is_remembered=is_remembered)


def _as_chosen(table: Table, kind: ListKind, choice: Choice, setting: Setting) -> Table:
    if choice.header is not None and 1 <= choice.header <= len(table.sheet.rows):
        table = table_at(table.sheet, kind, choice.header - 1, min(max(choice.lines, 1), MOST_LINES))
    columns = choice.columns
    if columns is None:
        columns = setting.memory.get(table.fingerprint)
    return table if columns is None else table.with_columns(column_map(kind, dict(columns)))


def _read(found: Preview, choice: Choice, setting: Setting) -> Preview:
    kind, tables, places = found.kind, found.chosen, setting.places
    for table in tables:
        table.require_columns()
    match kind:
        case "stations":
            return _stations(found, read_stations(tables, places), choice, setting)
        case "sites":
            sites = read_sites(tables, places, setting.point_of)
            return _with(found, sites.rows, sites.problems, sites.skipped)
        case "sessions":
            sessions = read_sessions(tables, places, zone_of=lambda _area: setting.zone, year=setting.year)
            return _with(found, sessions.rows, sessions.problems, sessions.skipped)
        case "seal_stock":
            lots = read_seal_stock(tables, places)
            return _with(found, lots.rows, lots.problems, lots.skipped)
        case "vehicles":
            vehicles = read_vehicles(tables, places)
            return _with(found, vehicles.rows, vehicles.problems, vehicles.skipped)
    assert_never(kind)


def _stations(found: Preview, read: StationsRead, choice: Choice, setting: Setting) -> Preview:
    return Preview(
        found.kind,
        found.tables,
        found.chosen,
        read.stations,
        read.problems,
        read.skipped,
        read.read_as,
        read.stated,
        differences(read, setting.places, choice.decree),
        is_remembered=found.is_remembered,
    )


def _with(
    found: Preview, rows: Sequence[AnyRow], problems: Sequence[RowProblem], skipped: Sequence[Skipped]
) -> Preview:
    return Preview(found.kind, found.tables, found.chosen, rows, problems, skipped, is_remembered=found.is_remembered)


def rows_as_json(rows: Sequence[AnyRow]) -> list[dict[str, Any]]:
    """Rows as an accepted draft keeps them."""
    return [asdict(one) for one in rows]


def rows_from_json(kind: ListKind, kept: Sequence[Mapping[str, Any]]) -> list[AnyRow]:
    """Rows as they were kept."""
    make = cast("Callable[..., AnyRow]", _ROWS[kind])
    return [make(**one) for one in kept]
