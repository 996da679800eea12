"""From rows to a roster problem: posts, people, lent contingents, forces, past duty; and what the rows still lack."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from kawal.election.lists.dates import ZONE_HOURS
from kawal.guard.roster.fitness import LEADER
from kawal.guard.roster.problem import CORE_AGENCY, DAY, Force, Person, Post, RosterProblem, Slot, Span
from kawal.guard.roster.shifts import TEMPLATES
from kawal_server.actions.roster_rules import RuleNumbers, rules_of
from kawal_server.actions.usual_strength import class_finder
from kawal_server.store.models import (
    ContingentLine,
    DutyLine,
    Operation,
    OrderLine,
    OwnForceRow,
    PersonRow,
    PlannedLine,
    PlannedPersonRow,
    PostPlan,
    SiteLine,
    StageRow,
)
from kawal_server.store.units import the_units

HISTORY_DAYS = 7
FORCES = ("tni", "linmas", "satpolpp")
"""Agencies that are a strength per slot; their own commander names them."""
_FORCE_NAMES = {"tni": r"\bTNI\b|KODIM|KORAMIL", "linmas": r"LINMAS", "satpolpp": r"SATPOL|PAMONG"}
_PLACES = {"ppk": "storage", "warehouse": "storage", "gudang": "storage", "pleno": "pleno"}
_LEADERS = re.compile(r"leader|komandan|danru|danton|padal|ka ?jaga|kanit|kapolsek", re.IGNORECASE)
_EXPERIENCED = re.compile(r"experienced|pengalaman|senior", re.IGNORECASE)
Note = tuple[str, str]
"""What is missing in a row and what comes of it, in each language."""


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the planner. starts, ends: UNIX seconds; forces: agency -> how many there are."""

    unit: str
    starts: int
    ends: int
    template: str = "3x8"
    numbers: RuleNumbers = field(default_factory=RuleNumbers)
    is_led: bool = True
    forces: Mapping[str, int] = field(default_factory=dict)
    seconds: int = 60


@dataclass(frozen=True)
class Gathered:
    """A problem, and row by row what was missing for it."""

    problem: RosterProblem
    notes: tuple[Note, ...]


def gather(asked: Asked, *, now: int) -> Gathered:
    """Build the problem from the rows of this post. Raises: kawal_server.actions.roster_rules.BadRules."""
    operation = Operation.objects.first()
    zone = operation.zone if operation is not None else "Asia/Jakarta"
    hours = ZONE_HOURS[zone]
    notes: list[Note] = []
    rules = rules_of(asked.numbers)
    forces = tuple(Force(name, asked.unit, name, n) for name, n in sorted(asked.forces.items()) if n > 0)
    posts, slots = _posts(asked, hours, notes, has_forces=bool(forces))
    people = _people(asked, hours, now, notes)
    if asked.is_led and people and not any(LEADER in one.skills for one in people):
        notes.append(_NO_LEADER)
    problem = RosterProblem(people, posts, slots, rules, forces=forces, zone=zone, zone_hours=hours)
    return Gathered(problem, tuple(notes))


def own_forces(unit: str) -> Mapping[str, int]:
    """How many of TNI, Linmas and Satpol PP stand ready at this unit, as the page of lent forces keeps them."""
    rows = [one for one in OwnForceRow.objects.all() if not one.unit or one.unit in the_units().below(unit)]
    return {
        agency: sum(one.count for one in rows if re.search(says, one.name.upper()))
        for agency, says in _FORCE_NAMES.items()
    }


def _posts(
    asked: Asked, hours: int, notes: list[Note], *, has_forces: bool
) -> tuple[tuple[Post, ...], tuple[Slot, ...]]:
    units = set(the_units().below(asked.unit))
    sites = {one.site: one for one in SiteLine.objects.all()}
    posts: list[Post] = []
    slots: list[Slot] = []
    class_of = class_finder()
    for plan in PostPlan.objects.filter(starts__lt=asked.ends, ends__gt=asked.starts):
        if plan.unit and plan.unit not in units:
            continue
        need = sum(int(zone["strength"]) for zone in plan.zones)
        area = _area(plan, sites.get(plan.site))
        # A class typed in with the plan stands; else the register of kerawanan says it.
        risk = plan.risk or (class_of(area) if area else None) or ""
        faults = list(_lacks(plan, need, risk))
        notes.extend(faults)
        if not plan.unit or need <= 0:
            continue
        posts.append(_post(plan, sites.get(plan.site), area, risk))
        slots.extend(_slots(plan, need, asked, hours, core=(need + 1) // 2 if has_forces else 0))
    return tuple(posts), tuple(slots)


def _lacks(plan: PostPlan, need: int, risk: str) -> Iterator[Note]:
    name = plan.name or plan.post
    if not plan.unit:
        yield (
            f"{name} belum punya satuan, jadi tidak dijadwalkan. Isi satuannya di Atur pos jaga.",
            f"{name} has no unit yet, so it is not planned. Fill its unit under the plans of posts.",
        )
    if need <= 0:
        yield (
            f"{name} belum punya kekuatan, jadi tidak dijadwalkan. Isi ringnya di Atur pos jaga.",
            f"{name} has no strength yet, so it is not planned. Fill its rings under the plans of posts.",
        )
    if not risk:
        yield (
            f"{name} belum punya kelas kerawanan; dihitung seperti yang paling rawan.",
            f"{name} has no class of risk yet; it counts as the gravest.",
        )
    if not plan.card:
        yield f"{name} belum punya kartu SOP.", f"{name} has no SOP card yet."


def _area(plan: PostPlan, site: SiteLine | None) -> str:
    code = plan.site.partition("-")[2]
    return site.area if site is not None else code if code.isdigit() else ""


def _post(plan: PostPlan, site: SiteLine | None, area: str, risk: str) -> Post:
    place = _PLACES.get(site.kind if site is not None else plan.site.partition("-")[0], "office")
    return Post(plan.post, plan.name or plan.post, plan.site, area, place, risk, until=_until(plan))


def _until(plan: PostPlan) -> int | None:
    """When the stage or the order that a post is bound to ends; the plan's own end only cuts its hours."""
    stage = StageRow.objects.filter(stage=plan.stage).first() if plan.stage else None
    order = OrderLine.objects.filter(eid=plan.order).first() if plan.order else None
    ends = [one for one in (stage.ends if stage else None, order.until if order else None) if one is not None]
    return min(ends, default=None)


def _slots(plan: PostPlan, need: int, asked: Asked, hours: int, *, core: int) -> Iterator[Slot]:
    """The shifts of a post, cut where it or the roster begins and ends: no hour between is left out."""
    span = Span(max(plan.starts, asked.starts), min(plan.ends, asked.ends))
    for shift in TEMPLATES[asked.template].shifts(Span(span.starts - DAY, span.ends), zone_hours=hours):
        starts, ends = max(shift.starts, span.starts), min(shift.ends, span.ends)
        if starts < ends:
            yield Slot(plan.post, starts, ends, need, leader=asked.is_led, core=core)


@dataclass(frozen=True)
class _Lent:
    """A contingent that serves this unit. since: None while nobody of it has arrived."""

    name: str
    origin: str
    number: str
    since: int | None
    until: int | None
    strength: int


def _people(asked: Asked, hours: int, now: int, notes: list[Note]) -> tuple[Person, ...]:
    units = set(the_units().below(asked.unit))
    lent = _lent(units, notes)
    own = {row.who: row for row in PlannedPersonRow.objects.all()}
    history = _history(asked.starts, now)
    made, unclear = [], defaultdict(list)
    for row in PersonRow.objects.filter(agency=CORE_AGENCY).order_by("who"):
        about = own.get(row.who)
        if row.unit in units:
            made.append(_person(row, about, hours, history, home=row.home_district))
            continue
        mine = [one for one in lent if one.origin == row.unit and (about is None or about.contingent in ("", one.name))]
        if len(mine) == 1:
            made.append(_person(row, about, hours, history, contingent=mine[0]))
        elif mine:
            unclear[row.unit].append(row.who)
    notes.extend(_unclear(unit, len(whos)) for unit, whos in sorted(unclear.items()))
    return tuple(made)


_NO_LEADER: Note = (
    "Tidak seorang pun bertanda komandan jaga; setiap regu akan kurang komandan. Isi kecakapannya di Orang.",
    "Nobody is marked as a leader of the watch; every shift will lack one. Fill the skills under People.",
)


def _unclear(unit: str, n: int) -> Note:
    return (
        (
            f"{n} orang dari {unit}: satuan itu mengirim beberapa kontingen dan tidak tertulis mereka ikut mana, jadi "
            "tidak dijadwalkan. Unggah daftar orang dengan kolom BKO."
        ),
        (
            f"{n} people of {unit}: it sent several contingents, and theirs is not written, so they are not planned. "
            "Upload the list of people with a column BKO."
        ),
    )


def _not_arrived(line: ContingentLine) -> Note:
    named = line.number or line.name
    return (
        f"Kontingen {named} dari {line.origin} belum tiba; orangnya belum dihitung.",
        f"Contingent {named} of {line.origin} has not arrived; its people do not count yet.",
    )


def _lent(units: Iterable[str], notes: list[Note]) -> list[_Lent]:
    found = []
    for line in ContingentLine.objects.filter(unit__in=units):
        since = line.times.get("arrived")
        if since is None:
            notes.append(_not_arrived(line))
            continue
        if line.reached == "released" and line.strength == 0:
            continue
        found.append(_Lent(line.name, line.origin, line.number, int(since), line.until, line.strength))
    return found


def _person(
    row: PersonRow,
    about: PlannedPersonRow | None,
    hours: int,
    history: Mapping[str, tuple[Span, ...]],
    *,
    home: str = "",
    contingent: _Lent | None = None,
) -> Person:
    """Ids and what plans need; a rank and a name never leave their own table."""
    return Person(
        row.who,
        row.unit,
        row.agency,
        skills=skills_of(row.skills),
        home=home,
        exclusions=frozenset(about.exclusions if about is not None else ()),
        leave=tuple(_days(first, last, hours) for first, last in row.leave),
        contingent=contingent.name if contingent is not None else "",
        since=contingent.since if contingent is not None else None,
        until=contingent.until if contingent is not None else None,
        history=history.get(row.who, ()),
    )


def skills_of(words: Iterable[str]) -> frozenset[str]:
    """The skills that plans know, from the words an office uses; others stand as they are."""
    return frozenset(
        LEADER if _LEADERS.search(word) else "experienced" if _EXPERIENCED.search(word) else word for word in words
    )


def _days(first: str, last: str, hours: int) -> Span:
    ahead = timezone(timedelta(hours=hours))
    opened, closed = (datetime.combine(date.fromisoformat(day), time(0), ahead) for day in (first, last))
    return Span(int(opened.timestamp()), int(closed.timestamp()) + DAY)


def _history(starts: int, now: int) -> Mapping[str, tuple[Span, ...]]:
    """Duty of the week before a roster: as it was served, and what is planned between now and its first hour."""
    since = starts - HISTORY_DAYS * DAY
    spans: dict[str, set[Span]] = defaultdict(set)
    planned = list(PlannedLine.objects.filter(since__lt=starts, until__gt=max(now, since)))
    ends = {(one.who, one.post): one.until for one in planned if one.since <= now}
    for duty in DutyLine.objects.filter(on_at__lt=starts).exclude(left_at__lte=since):
        left = duty.left_at if duty.left_at is not None else max(now, ends.get((duty.who, duty.post), now))
        if duty.on_at < min(left, starts):
            spans[duty.who].add(Span(duty.on_at, min(left, starts)))
    for one in planned:
        if one.since > now:
            spans[one.who].add(Span(one.since, min(one.until, starts)))
    return {who: tuple(sorted(found)) for who, found in spans.items()}
