"""A roster as its page shows it: one day of every post, one person's duties, what is short, what changed and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal.guard.roster.calendar import is_night
from kawal.guard.roster.problem import DAY, HOUR, Duty, Roster, RosterPlan, RosterProblem, Rules, Span
from kawal.guard.roster.sheets import Plotted
from kawal_server.actions.roster_rules import told
from kawal_server.command_post.templatetags.kawal import language, said
from kawal_server.store.models import PersonRow, RosterDraft

FORCE_NAMES: Mapping[str, str] = {"tni": "TNI", "linmas": "Linmas", "satpolpp": "Satpol PP"}


@dataclass(frozen=True)
class Cell:
    """One shift of a post on a day. start, width: minutes of that day that it fills."""

    row: Plotted
    start: int
    width: int

    @property
    def look(self) -> str:
        """Short hours are grave."""
        return "bahaya" if self.row.short else "aman"

    @property
    def end(self) -> int:
        """The minute at which it ends, as people write it."""
        return self.start + self.width

    @property
    def hours(self) -> str:
        """`post|starts|ends`, as a choice bears it."""
        return f"{self.row.post}|{self.row.starts}|{self.row.ends}"

    @property
    def lent(self) -> list[tuple[str, int]]:
        """Forces by the name people use."""
        return [(FORCE_NAMES.get(force, force), n) for force, n in self.row.lent.items()]


@dataclass(frozen=True)
class PostDay:
    """One post on one day."""

    post: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def look(self) -> str:
        """Of its gravest shift."""
        return "bahaya" if any(one.row.short for one in self.cells) else "aman"


def day_shown(rows: Iterable[Plotted], *, midnight: int) -> list[PostDay]:
    """Every post with its shifts of one day, those with a shortage first. midnight: UNIX second of the local day."""
    by_post: dict[str, list[Cell]] = {}
    names: dict[str, str] = {}
    for row in rows:
        start, end = max(row.starts, midnight), min(row.ends, midnight + DAY)
        if start < end:
            names[row.post] = row.name
            by_post.setdefault(row.post, []).append(Cell(row, (start - midnight) // 60, (end - start) // 60))
    made = [PostDay(post, names[post], tuple(cells)) for post, cells in by_post.items()]
    return sorted(made, key=lambda one: (one.look == "aman", one.name, one.post))


def with_ranks(problem: RosterProblem) -> RosterProblem:
    """The problem with the ranks that only the table of people holds: the leader of a shift is the highest."""
    ranks = dict(PersonRow.objects.filter(who__in=[one.who for one in problem.people]).values_list("who", "rank"))
    return replace(problem, people=tuple(replace(one, rank=ranks.get(one.who, "")) for one in problem.people))


@dataclass(frozen=True)
class PersonDuties:
    """One person in a roster. hours: of duty; nights: how many of the duties are one."""

    who: str
    duties: tuple[tuple[Duty, str], ...]
    hours: int
    nights: int


def person_duties(problem: RosterProblem, roster: Roster, who: str) -> PersonDuties:
    """The duties of one person in order."""
    duties = sorted(one for one in roster.duties if one.who == who)
    spans = [Span(one.starts, one.ends) for one in duties]
    return PersonDuties(
        who,
        tuple((one, problem.post_of[one.post].name) for one in duties),
        sum(one.ends - one.starts for one in spans) // HOUR,
        sum(is_night(one, problem.rules.night, problem.zone_hours) for one in spans),
    )


@dataclass(frozen=True)
class ShortageShown:
    """One sentence of what is short, and what would fill it. slot: `post|starts|ends` of its first hours."""

    says: str
    fixes: tuple[tuple[str, str], ...]
    post: str
    starts: int
    lacks: str
    slot: str


def shortages_shown(draft: RosterDraft) -> list[ShortageShown]:
    """Every shortage of a draft in the reader's language."""
    at = 1 if language() == "en" else 0
    return [
        ShortageShown(
            one["says"][at],
            tuple((fix[0], fix[1 + at]) for fix in one["fixes"]),
            one["post"],
            one["starts"],
            one["lacks"],
            f"{one['post']}|{one['slot'][0]}|{one['slot'][1]}",
        )
        for one in draft.told.get("shortages", [])
    ]


@dataclass(frozen=True)
class ChangeShown:
    """What changes for somebody. was, now: a post's name, "" for off duty."""

    who: str
    starts: int
    ends: int
    was: str
    now: str
    why: str


def changes_shown(draft: RosterDraft, problem: RosterProblem) -> list[ChangeShown]:
    """What a re-plan or a "what if" changes, with the cause of each change."""
    names = {one.post: one.name for one in problem.posts}
    english = language() == "en"
    if draft.kind == "what-if":
        return _given(draft, names)
    return [
        ChangeShown(
            one["who"],
            one["starts"],
            one["ends"],
            names.get(one["was"], one["was"]),
            names.get(one["now"], one["now"]),
            _named(one["why_en"] if english else one["why_id"], names),
        )
        for one in draft.changes
    ]


def _named(text: str, names: Mapping[str, str]) -> str:
    for post, name in names.items():
        text = text.replace(post, name)
    return text


def _given(draft: RosterDraft, names: Mapping[str, str]) -> list[ChangeShown]:
    """Of a "what if": whoever leaves one post and joins another at the same hours is one change."""
    slot = draft.asked["slot"]
    why = _("Jam %(post)s diisi.") % {"post": names.get(slot["post"], slot["post"])}
    was = {(one["who"], one["starts"], one["ends"]): one["post"] for one in draft.told.get("taken", [])}
    now = {(one["who"], one["starts"], one["ends"]): one["post"] for one in draft.told.get("added", [])}
    return [
        ChangeShown(
            who,
            starts,
            ends,
            names.get(was.get((who, starts, ends), ""), ""),
            names.get(now.get((who, starts, ends), ""), ""),
            why,
        )
        for who, starts, ends in sorted(was.keys() | now.keys(), key=lambda one: (one[1], one[0]))
    ]


def gives_shown(draft: RosterDraft, problem: RosterProblem) -> list[tuple[str, int, int, int]]:
    """What a "what if" leaves shorter: post, start, end, how many more."""
    return [
        (problem.post_of[slot["post"]].name, slot["starts"], slot["ends"], n)
        for slot, n in draft.told.get("gives", [])
        if slot["post"] in problem.post_of
    ]


def quality(plan: RosterPlan) -> str:
    """What may be said of a plan: proven, or how near to its bound; never more than the bound shows."""
    if plan.gap is None:
        return _("Belum ada batas bawah: mutu jadwal ini belum terbukti.")
    if plan.status == "proven":
        return _("Terbukti terbaik: tidak ada jadwal yang lebih baik menurut aturan ini.")
    if not plan.tiers.get("uncovered") and not plan.tiers.get("missing"):
        # The bound knows no wishes: against a cost of wishes alone it says nothing that helps.
        return _("Tidak ada yang kurang, dan itu tidak dapat lebih baik; keadilan dan jarak belum terbukti terbaik.")
    return _("Terbukti dalam %(gap)s dari yang terbaik.") % {"gap": f"{_percent(ceil(plan.gap * 1e4) / 1e4)} %"}


def _percent(part: float) -> str:
    text = f"{100 * part:.2f}"
    return text if language() == "en" else text.replace(".", ",")


_RULES: Mapping[str, str] = {
    "rest": gettext_noop("Istirahat antar dinas, jam"),
    "rest-24": gettext_noop("Istirahat sesudah dinas 24 jam, jam"),
    "days-7": gettext_noop("Hari dinas dalam 7 hari"),
    "nights-4": gettext_noop("Malam dalam 4 hari"),
    "duties-14": gettext_noop("Dinas dalam 14 hari"),
    "linmas-share": gettext_noop("Linmas paling banyak satu dari"),
    "tni-storage": gettext_noop("TNI tidak menjaga tempat kotak"),
    "tni-pleno": gettext_noop("TNI tidak menjaga di dalam pleno"),
    "linmas-pleno": gettext_noop("Linmas tidak menjaga di dalam pleno"),
}


def rules_shown(rules: Rules) -> list[tuple[str, str, str]]:
    """Every rule in words, with its number where it has one, and where it comes from."""
    return [
        (_(_RULES[rule]) if rule in _RULES else rule, "" if number is None else str(number), said(source))
        for rule, number, source in told(rules)
    ]


def fairness_shown(draft: RosterDraft) -> list[tuple[str, str]]:
    """How evenly the roster burdens people."""
    fair = draft.told.get("fairness")
    if not fair:
        return []
    return [
        (_("Orang dengan bagian adil"), str(fair["people"])),
        (_("Dinas paling sedikit – paling banyak"), f"{fair['fewest']} – {fair['most']}"),
        (_("Sebaran dinas (simpangan baku)"), _decimal(fair["spread"])),
        (_("Orang di luar batas adil"), f"{_percent(fair['outside'])} %"),
        (_("Malam terbanyak seorang"), str(fair["most_nights"])),
        (_("Dinas jauh dari rumah"), f"{_percent(fair['away'])} %"),
    ]


def _decimal(number: float) -> str:
    text = f"{number:.2f}"
    return text if language() == "en" else text.replace(".", ",")
