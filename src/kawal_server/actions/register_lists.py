"""From accepted lists to manifests: what the operation wants registered, what its log has, and the difference."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta, timezone
from typing import Literal, cast, get_args

from kawal.election.events import read_manifest_named
from kawal.election.lists.dates import ZONE_HOURS
from kawal.election.lists.registering import (
    Change,
    ManifestRow,
    box_rows,
    compare,
    manifest_rows,
    row_key,
    session_rows,
    site_rows,
)
from kawal.election.lists.sessions import SessionRow
from kawal.election.lists.sites import RADIUS_M, SiteRow
from kawal.election.lists.stations import Station
from kawal.election.manifests import BadManifest, write_rows
from kawal.ledger.event import read_event
from kawal.ledger.events import BadShape
from kawal.ledger.log_of import KOTAK
from kawal_server.actions.admin_chain import NotTaken, holding_the_keys, sign_next
from kawal_server.actions.area_of_post import areas_of, elections_of, places_of, point_of
from kawal_server.actions.read_lists import AnyRow, rows_from_json
from kawal_server.actions.take_in import take_in, the_ring
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import ListDraft, Operation
from kawal_server.store.opened import the_store

ManifestKind = Literal["boxes", "sites", "sessions"]
MANIFESTS: tuple[ManifestKind, ...] = get_args(ManifestKind)
PLENO_DAYS = 6
"""The plenos of kecamatan end on the sixth day after the election: in 2024 on 3 December."""
_OF_REGENCY = (("gudang", "warehouse"), ("kpu", "kpu"), ("bawaslu", "bawaslu"))


class NoStations(ValueError):
    """There is no accepted list of stations: without expected boxes nothing can be missed."""

    def __init__(self) -> None:
        super().__init__(
            "Daftar TPS belum diterima. Unggah daftar keputusan dan terima dulu. / "
            "No list of stations is accepted yet. Upload the decree's list and accept it first."
        )


class OutsideArea(ValueError):
    """An accepted list holds places that are not in the operation's area any more."""


def accepted(kind: str) -> list[AnyRow]:
    """The rows of the accepted list of a kind; none where there is no such list."""
    draft = ListDraft.objects.filter(kind=kind, state="accepted").first()
    return rows_from_json(draft.kind, draft.rows) if draft is not None else []  # type: ignore[arg-type]


def wanted(kind: ManifestKind, operation: Operation) -> list[ManifestRow]:
    """The rows that the accepted lists ask for. Raises: NoStations, OutsideArea."""
    stations = cast("list[Station]", accepted("stations"))
    if not stations:
        raise NoStations
    _refuse_outside(operation, (one.code for one in stations))
    match kind:
        case "boxes":
            return box_rows(stations, elections_of(operation))
        case "sites":
            return site_rows(all_sites(operation, stations), lambda _area: operation.zone)
        case "sessions":
            sessions = cast("list[SessionRow]", accepted("sessions"))
            _refuse_outside(operation, (one.area for one in sessions))
            return session_rows(sessions, elections_of(operation), deadline=pleno_deadline(operation))


def _refuse_outside(operation: Operation, codes: Iterable[str]) -> None:
    areas = areas_of(operation)
    outside = next((code for code in codes if not code.startswith(areas)), None)
    if outside is not None:
        raise OutsideArea(
            f"{outside} di luar wilayah operasi. Unggah daftar yang benar, atau kembalikan wilayahnya. / "
            f"{outside} is outside the operation's area. Upload the right list, or set the area back."
        )


def pleno_deadline(operation: Operation) -> int:
    """The end of the last day of the plenos, for a schedule that names none: UNIX seconds."""
    if operation.vote_day is None:
        return 0
    ahead = timezone(timedelta(hours=ZONE_HOURS[operation.zone]))
    last = datetime.combine(operation.vote_day, time(23, 59, 59), ahead) + timedelta(days=PLENO_DAYS)
    return int(last.timestamp())


def all_sites(operation: Operation, stations: Sequence[Station]) -> list[SiteRow]:
    """The accepted sites, and for each office that no list names one at an estimated point, where any is known."""
    listed = cast("list[SiteRow]", accepted("sites"))
    known = {one.site for one in listed}
    find = point_of(operation)
    made = []
    for site, kind, area in _offices(stations):
        point = find(area) or find(area[:6]) or find(area[:4])
        if site not in known and point is not None:
            lat, lon = (round(degrees * 1e6) for degrees in point)
            name = places_of(operation).name(area)
            made.append(SiteRow(site, kind, area, name, "", lat, lon, RADIUS_M[kind], True, 0))
    return [*listed, *made]


def _offices(stations: Sequence[Station]) -> Iterable[tuple[str, str, str]]:
    """The offices that every operation has: (site, kind, area)."""
    villages = sorted({one.village for one in stations})
    for regency in sorted({code[:4] for code in villages}):
        for prefix, kind in _OF_REGENCY:
            yield f"{prefix}-{regency}", kind, regency
    for district in sorted({code[:6] for code in villages}):
        yield f"ppk-{district}", "ppk", district
    for village in villages:
        yield f"pps-{village}", "pps", village


def registered(kind: ManifestKind) -> list[ManifestRow]:
    """The rows that KPU's manifests of a kind hold, the later row of a key standing.

    Anyone enrolled may sign a manifest, but only KPU's makes a box expected: no other's keeps KPU's from being
    registered.
    """
    rows: dict[str, ManifestRow] = {}
    ring = the_ring(KOTAK)
    ring.catch_up(the_store())
    for leaf in the_store().leaves_of(KOTAK, "register.manifest"):
        event = read_event(leaf.jws).event
        if ring.devices.agency(event.kid) != "kpu":
            continue
        try:
            named = read_manifest_named(event)
            data = the_blobs().read(named.mh) if named.kind == kind else None
            found = [] if data is None else manifest_rows(kind, data)
        except (BadShape, BadManifest):
            continue
        rows.update({row_key(kind, row): row for row in found})
    return list(rows.values())


def pending(kind: ManifestKind, operation: Operation) -> Change:
    """What registering would add and change. What the log holds is never withdrawn, so nothing is removed.

    Raises: NoStations, OutsideArea.
    """
    held = registered(kind)
    return compare(kind, held, wanted(kind, operation), [row_key(kind, row) for row in held])


def register(kind: ManifestKind, operation: Operation, *, at: int) -> int:
    """Register what is added or changed as one manifest, signed by KPU's administrator; gives how many rows.

    Twice is once: what the log holds already is not registered again. The keys must be held (`holding_the_keys`).
    Raises: NoStations, OutsideArea, NotTaken, NoKeyFile.
    """
    change = pending(kind, operation)
    rows = [*change.added, *(one.after for one in change.changed)]
    if not rows:
        return 0
    # The list goes first: nobody signs a hash whose list cannot be read.
    mh = the_blobs().of(KOTAK).keep(write_rows(kind, rows))
    [answer] = take_in(KOTAK, [sign_next(KOTAK, "kpu", "register.manifest", at=at, kind=kind, mh=mh, n=len(rows))])
    if answer.reason is not None:
        raise NotTaken(answer.reason)
    return len(rows)


def register_changes(operation: Operation, *, at: int) -> dict[ManifestKind, int]:
    """Register what the accepted lists add to an operation that is open; gives the rows by kind.

    Raises: NoStations, OutsideArea, NotTaken, NoKeyFile.
    """
    with holding_the_keys():
        return {kind: register(kind, operation, at=at) for kind in MANIFESTS}
