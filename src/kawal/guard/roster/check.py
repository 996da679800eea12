"""Every hard rule of a roster checked again, and every tier of its cost counted again, by code that plans nothing.

It knows the problem and the roster, and no planner: what the planners share in arrays is written here a second time.
No roster leaves the planner without it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from kawal.guard.roster.problem import (
    DAY,
    HOUR,
    Duty,
    Limit,
    Person,
    Post,
    Roster,
    RosterProblem,
    Slot,
    Span,
    Strength,
)

Hours = tuple[str, int, int]
"""A slot by its post, start and end."""


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A hard rule that a roster breaks: whose, at which post, from when (UNIX seconds)."""

    rule: str
    who: str
    post: str
    at: int
    says_id: str
    says_en: str


def check(problem: RosterProblem, roster: Roster) -> tuple[Breach, ...]:
    """Every breach of every hard rule; none means that the roster may stand."""
    checker = _Checker(problem, roster)
    parts = (checker.known(), checker.people(), checker.teams(), checker.forces(), checker.pinned())
    return tuple(sorted({breach for part in parts for breach in part}))


def check_frozen(published: Roster, roster: Roster, now: int) -> tuple[Breach, ...]:
    """Whatever a re-plan changes of what began before `now`."""
    old, new = (set(_begun(one, now)) for one in (published, roster))
    return tuple(
        Breach(
            "frozen",
            _who(one),
            one.post,
            one.starts,
            "Yang sudah berjalan tidak boleh diubah.",
            "What has begun must not be changed.",
        )
        for one in sorted(old ^ new, key=repr)
    )


def _begun(roster: Roster, now: int) -> Iterator[Duty | Strength]:
    yield from (one for one in roster.duties if one.starts < now)
    yield from (one for one in roster.strengths if one.starts < now)


class _Checker:
    def __init__(self, problem: RosterProblem, roster: Roster) -> None:
        self.problem, self.roster = problem, roster
        self.person = {one.who: one for one in problem.people}
        self.force = {one.force: one for one in problem.forces}
        self.post = {one.post: one for one in problem.posts}
        self.nights: dict[Span, bool] = {}
        self.slot: dict[Hours, Slot] = {(s.post, s.starts, s.ends): s for s in problem.slots}

    def known(self) -> Iterator[Breach]:
        """People, forces and hours that the problem does not have."""
        for duty in self.roster.duties:
            if duty.who not in self.person:
                yield self._says("unknown", duty.who, duty, "tidak ada di daftar personel", "is not among the people")
        for one in self.roster.strengths:
            if one.force not in self.force:
                yield self._says("unknown", one.force, one, "tidak ada di daftar kekuatan", "is not among the forces")
        either: Duty | Strength
        for either in chain[Duty | Strength](self.roster.duties, self.roster.strengths):
            if (either.post, either.starts, either.ends) not in self.slot:
                yield self._says("unknown", _who(either), either, "bukan jam jaga pos itu", "no hours of that post")

    def people(self) -> Iterator[Breach]:
        """Each person by himself: where he may be, when he is there, how much he rests and serves."""
        by_who: dict[str, list[Duty]] = defaultdict(list)
        for duty in sorted(self.roster.duties):
            by_who[duty.who].append(duty)
        for who, duties in sorted(by_who.items()):
            person = self.person.get(who)
            if person is not None:
                for duty in duties:
                    yield from self._eligible(person, duty)
                yield from self._rest(person, duties)
                for limit in self.problem.rules.limits:
                    yield from self._limit(person, duties, limit)

    def _eligible(self, person: Person, duty: Duty) -> Iterator[Breach]:
        post = self.post.get(duty.post)
        if post is None:
            return
        yield from self._place(person.agency, person.unit, person.who, post, duty)
        if any(one == post.post or (one.isdigit() and post.area.startswith(one)) for one in person.exclusions):
            yield self._says(
                "exclusion", person.who, duty, "berbenturan kepentingan di pos itu", "has a conflict there"
            )
        if any(one.meets(duty.starts, duty.ends) for one in person.leave):
            yield self._says("leave", person.who, duty, "sedang cuti atau sakit", "is on leave or sick")
        yield from self._dates(person.who, person.since, person.until, duty)

    def _place(self, agency: str, unit: str, who: str, post: Post, at: Duty | Strength) -> Iterator[Breach]:
        if post.agencies and agency not in post.agencies:
            yield self._says("agency", who, at, "bukan instansi yang boleh di pos itu", "is of no agency allowed there")
        for ban in self.problem.rules.bans:
            if ban.place == post.place and ban.agency in (agency, unit):
                yield self._says(ban.rule, who, at, f"tidak boleh di {post.place}", f"may not be at a {post.place}")
        if post.until is not None and at.ends > post.until:
            yield self._says("order", who, at, "dijadwalkan setelah perintah berakhir", "is planned past the order")

    def _dates(self, who: str, since: int | None, until: int | None, at: Duty | Strength) -> Iterator[Breach]:
        if (since is not None and at.starts < since) or (until is not None and at.ends > until):
            yield self._says("dates", who, at, "di luar masa BKO atau tugasnya", "is outside his dates")

    def _rest(self, person: Person, duties: Sequence[Duty]) -> Iterator[Breach]:
        past = [Duty(one.starts, "", person.who, one.ends) for one in person.history]
        for before, after in pairwise(sorted([*past, *duties], key=lambda one: (one.starts, one.ends))):
            due = self.problem.rules.rest_after(before.ends - before.starts)
            if not after.post:
                continue
            if after.starts < before.ends:
                yield self._says(
                    "double", person.who, after, "bertugas di dua pos sekaligus", "is at two posts at once"
                )
            elif after.starts < before.ends + due:
                had, want = (after.starts - before.ends) / HOUR, due // HOUR
                says_id, says_en = f"hanya istirahat {had:g} dari {want} jam", f"rests {had:g} of {want} hours only"
                yield self._says("rest", person.who, after, says_id, says_en)

    def _limit(self, person: Person, duties: Sequence[Duty], limit: Limit) -> Iterator[Breach]:
        spans = [*person.history, *(Span(one.starts, one.ends) for one in duties)]
        by_day: dict[int, float] = defaultdict(float)
        for span in spans:
            day = self._day(span.starts)
            by_day[day] = 1.0 if limit.what == "days" else by_day[day] + self._counted(limit, span)
        if sum(by_day.values()) <= limit.most:
            return
        first_planned = min(self._day(one.starts) for one in duties)
        for first in sorted(by_day):
            used = sum(count for day, count in by_day.items() if first <= day < first + limit.days)
            last = max(one for one in by_day if one < first + limit.days)
            if used > limit.most + 1e-9 and last >= first_planned:
                at = next(one for one in reversed(duties) if self._day(one.starts) <= last)
                says_id = f"{used:g} dalam {limit.days} hari, paling banyak {limit.most} ({limit.what})"
                says_en = f"has {used:g} in {limit.days} days, {limit.most} at most ({limit.what})"
                yield self._says(limit.rule, person.who, at, says_id, says_en)

    def _counted(self, limit: Limit, span: Span) -> float:
        if limit.what == "nights":
            return float(self._is_night(span))
        return (span.ends - span.starts) / HOUR if limit.what == "hours" else 1.0

    def _is_night(self, span: Span) -> bool:
        if span in self.nights:
            return self.nights[span]
        night, zone = self.problem.rules.night, self.problem.zone_hours
        length = (night.to_hour - night.from_hour) % 24
        hours = sum(
            1 for at in range(span.starts, span.ends, HOUR) if (at // HOUR + zone - night.from_hour) % 24 < length
        )
        return self.nights.setdefault(span, hours >= night.least_hours)

    def _day(self, at: int) -> int:
        return (at + self.problem.zone_hours * HOUR) // DAY

    def teams(self) -> Iterator[Breach]:
        """Each slot by itself: not more than asked for, no agency beyond its share, nobody alone."""
        named: dict[Hours, Counter[str]] = defaultdict(Counter)
        for duty in self.roster.duties:
            named[duty.post, duty.starts, duty.ends][
                self.person[duty.who].agency if duty.who in self.person else ""
            ] += 1
        for one in self.roster.strengths:
            named[one.post, one.starts, one.ends][self.force[one.force].agency if one.force in self.force else ""] += (
                one.n
            )
        for hours, agencies in sorted(named.items()):
            slot = self.slot.get(hours)
            if slot is not None:
                yield from self._team(slot, agencies)

    def _team(self, slot: Slot, agencies: Mapping[str, int]) -> Iterator[Breach]:
        at = Duty(slot.starts, slot.post, "", slot.ends)
        present, least = sum(agencies.values()), min(self.post[slot.post].min_team, slot.need)
        if present > slot.need:
            yield self._says(
                "overfull", "", at, f"{present} orang, diminta {slot.need}", f"{present}, {slot.need} asked"
            )
        if 0 < present < least:
            yield self._says("team", "", at, f"hanya {present}, paling sedikit {least}", f"only {present} of {least}")
        for share in self.problem.rules.shares:
            n, most = agencies.get(share.agency, 0), slot.need // share.one_in
            if n > most:
                yield self._says(
                    share.rule, "", at, f"{n} {share.agency}, paling banyak {most}", f"{n}, {most} at most"
                )

    def forces(self) -> Iterator[Breach]:
        """Each force: its dates and places, and never more at work or at rest than it has."""
        by_force: dict[str, list[Strength]] = defaultdict(list)
        for one in self.roster.strengths:
            by_force[one.force].append(one)
        for name, lent in sorted(by_force.items()):
            force = self.force.get(name)
            if force is None:
                continue
            for one in lent:
                if one.post in self.post:
                    yield from self._place(force.agency, force.unit, name, self.post[one.post], one)
                yield from self._dates(name, force.since, force.until, one)
                used = sum(other.n for other in lent if other.starts <= one.starts < self._ready(other))
                if used > force.strength or one.n < 0:
                    says = f"{used} dari {force.strength} orang", f"{used} of {force.strength} people"
                    yield self._says("strength", name, one, *says)

    def _ready(self, one: Strength) -> int:
        return one.ends + self.problem.rules.rest_after(one.ends - one.starts)

    def pinned(self) -> Iterator[Breach]:
        """What stands whatever else changes, and is gone."""
        has = Counter({(one.force, one.post, one.starts, one.ends): one.n for one in self.roster.strengths})
        for duty in set(self.problem.pinned.duties) - set(self.roster.duties):
            yield self._says("pinned", duty.who, duty, "sudah ditetapkan, tetapi hilang", "is pinned, but gone")
        for one in self.problem.pinned.strengths:
            if has[one.force, one.post, one.starts, one.ends] < one.n:
                yield self._says("pinned", one.force, one, "sudah ditetapkan, tetapi kurang", "is pinned, but less")

    def _says(self, rule: str, who: str, at: Duty | Strength, says_id: str, says_en: str) -> Breach:
        name = self.post[at.post].name if at.post in self.post else at.post
        return Breach(rule, who, at.post, at.starts, f"{name}: {who} {says_id}.", f"{name}: {who} {says_en}.")


def _who(one: Duty | Strength) -> str:
    return one.who if isinstance(one, Duty) else one.force


def people_of(roster: Roster) -> Iterable[str]:
    """Everybody who serves in a roster, once."""
    return dict.fromkeys(duty.who for duty in roster.duties)
