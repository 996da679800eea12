"""The board: each box with its place, holder, age and look; unknown never looks safe."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kawal.custody.holding import rank
from kawal.custody.record import BoxRecord, serials
from kawal.custody.state import Custody
from kawal.election.state import Register
from kawal.ledger.finding import Finding
from kawal.ledger.history import History

Look = Literal["aman", "perhatian", "bahaya", "tidak diketahui"]
PlaceKind = Literal["kpps", "pps", "ppk", "jalan", "kpu", "hilang", "tidak diketahui"]
STALE_S = 24 * 3600
FUTURE_S = 3600
_PLACES: tuple[PlaceKind, ...] = ("kpps", "pps", "ppk", "kpu")
# Custody itself is in doubt while one of these lasts, so the box's place is not known however recent its record is.
_UNCERTAIN = frozenset({"custody.gap", "custody.missing", "custody.two-places", "custody.one-sided"})


@dataclass(frozen=True, slots=True)
class BoxLine:
    """One box on the board. `seen_at`: UNIX seconds of the last certain evidence; `why` names what makes it unsafe."""

    box: str
    district: str
    place: PlaceKind
    site: str
    holder: str
    grade: str
    seen_at: int | None
    look: Look
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Every expected box, and every other box that was seen, in order."""

    lines: tuple[BoxLine, ...]
    now: int

    def places(self) -> Counter[PlaceKind]:
        """How many boxes are in each place."""
        return Counter(line.place for line in self.lines)

    def looks(self) -> Counter[Look]:
        """How many boxes look how."""
        return Counter(line.look for line in self.lines)

    def by_district(self) -> Mapping[str, tuple[BoxLine, ...]]:
        """The lines of each kecamatan, by code."""
        grouped: dict[str, list[BoxLine]] = {}
        for line in self.lines:
            grouped.setdefault(line.district, []).append(line)
        return {district: tuple(grouped[district]) for district in sorted(grouped)}


def draw_board(
    history: History, register: Register, custody: Custody, findings: Iterable[Finding], *, is_now_known: bool = False
) -> Board:
    """Draw the board of one audit. findings: all of them, ledger's and custody's.

    is_now_known: whoever asks knows what time it is, so that evidence from the future is none.
    """
    found = list(findings)
    concerned: dict[str, list[Finding]] = {}
    for finding in found:
        concerned.setdefault(finding.subject, []).append(finding)
    doubts = _doubts(history, custody, found)
    # A bare log's "now" is the median of its last leaves, and says nothing about what is in the future.
    is_known = is_now_known or any(log.witnessed for log in history.logs.values())
    latest = history.now + FUTURE_S if is_known else None
    lines = [
        _line(record, (history.now, latest), concerned.get(record.box, ()), doubts, has_list=bool(register.boxes))
        for record in custody.boxes.values()
    ]
    return Board(tuple(sorted(lines, key=lambda line: (line.district, line.box))), history.now)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A device of which signed records are missing or false: until when, and what it may have touched."""

    kid: str
    until: int
    units: frozenset[str]
    sites: frozenset[str]


def _doubts(history: History, custody: Custody, findings: Iterable[Finding]) -> list[Doubt]:
    broken: dict[str, int] = {}
    for finding in findings:
        if finding.code in ("ledger.chain-gap", "ledger.fork", "ledger.revoked"):
            until = history.now if finding.until is None else finding.until
            broken[finding.subject] = max(until, broken.get(finding.subject, 0))
        elif finding.code == "ledger.withheld" and finding.cause.startswith("device:"):
            # What the record lacks is the silent phone's, and is older than what points at it.
            kid = finding.cause.removeprefix("device:")
            broken[kid] = max(finding.since, broken.get(kid, 0))
    if not broken:
        return []
    sites: dict[str, set[str]] = {}
    units: dict[str, set[str]] = {}
    for event in history.events:
        if event.kid in broken:
            site = event.payload.get("site")
            if isinstance(site, str):
                sites.setdefault(event.kid, set()).add(site)
            units.setdefault(event.kid, set()).add(history.speaker(event).unit)
    return [
        Doubt(kid, until, frozenset(units.get(kid, ())), frozenset(sites.get(kid, ()))) for kid, until in broken.items()
    ]


def _line(
    record: BoxRecord,
    times: tuple[int, int | None],
    findings: Iterable[Finding],
    doubts: Iterable[Doubt],
    *,
    has_list: bool,
) -> BoxLine:
    found = list(findings)
    why = list(dict.fromkeys(one.code for one in found if one.severity != "info"))
    unknown = _unknown_because(record, times, found, doubts, has_list=has_list)
    look: Look = "aman"
    if record.condition in ("destroyed", "seized") or any(_is_danger(one) for one in found):
        look, why = "bahaya", [record.condition or "", *why]
    elif unknown:
        look, why = "tidak diketahui", [*unknown, *why]
    elif weak := _weak_because(record, why):
        look, why = "perhatian", weak
    return BoxLine(
        record.box,
        record.expected.district if record.expected else "",
        _place(record, is_unknown=bool(unknown)),
        record.site or "",
        record.holder,
        record.grade or "",
        record.last.at if record.last else None,
        look,
        tuple(dict.fromkeys(one for one in why if one)),
    )


def _weak_because(record: BoxRecord, why: list[str]) -> list[str]:
    """What keeps a box whose place is known from being called safe."""
    weak = [record.condition or "", "dilaporkan tidak baik" if record.is_reported_bad else "", *why]
    if record.transit is not None and not record.transit.is_planned:
        weak.append("di jalan tanpa rencana")
    if record.grade in ("kertas", "satu ponsel"):
        weak.append(record.grade)
    # Seals without numbers can be swapped for others of the same kind, and nobody would see it.
    if record.seals is not None and not serials(record.seals):
        weak.append("segel tanpa nomor")
    return [one for one in weak if one]


def _is_danger(finding: Finding) -> bool:
    return finding.severity == "alarm" and finding.until is None


def _unknown_because(
    record: BoxRecord,
    times: tuple[int, int | None],
    findings: list[Finding],
    doubts: Iterable[Doubt],
    *,
    has_list: bool,
) -> list[str]:
    """times: now, and the latest second that evidence may claim (None: not known)."""
    now, latest = times
    because = []
    if record.last is None or not record.holder:
        return ["tanpa bukti"]
    if not has_list:
        because.append("tanpa daftar KPU")
    if now - record.last.at > STALE_S:
        because.append("lama tidak terlihat")
    if latest is not None and record.last.at > latest:
        because.append("waktu di masa depan")
    if record.condition == "lost":
        because.append("hilang")
    because.extend(one.code for one in findings if one.code in _UNCERTAIN and one.until is None)
    if any(_is_in_doubt(record, doubt) for doubt in doubts):
        because.append("catatan tidak lengkap")
    return because


def _is_in_doubt(record: BoxRecord, doubt: Doubt) -> bool:
    confirmed = record.confirmed
    if confirmed is not None and confirmed[0] > doubt.until and confirmed[2] not in doubt.units:
        return False
    return doubt.kid in record.seen_by or bool(record.units & doubt.units) or bool(record.sites & doubt.sites)


def _place(record: BoxRecord, *, is_unknown: bool) -> PlaceKind:
    if record.condition in ("destroyed", "seized", "lost"):
        return "hilang"
    if is_unknown:
        return "tidak diketahui"
    if record.transit is not None:
        return "jalan"
    tier = rank(record.holder)
    return _PLACES[tier] if tier >= 0 else "tidak diketahui"
