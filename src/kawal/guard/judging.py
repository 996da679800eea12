"""What every judge of guarding needs at hand: the record, the limits, how far time is known, where posts are."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from kawal.election.geometry import Position, fixes_named, site_points
from kawal.election.state import Register
from kawal.guard.state import Guard
from kawal.ledger.event import Kid
from kawal.ledger.history import History
from kawal.ledger.limits import Limits

AHEAD_S = 7 * 86_400
"""A lone report so much later than all before it is a wrong clock, where nothing else tells the time."""


class Judging:
    """One audit's view on guarding."""

    def __init__(self, history: History, register: Register, guard: Guard, *, is_now_known: bool) -> None:
        """is_now_known: whoever asks knows what time it is."""
        self.history = history
        self.register = register
        self.guard = guard
        self._is_now_known = is_now_known

    @property
    def limits(self) -> Limits:
        """The limits this audit uses."""
        return self.register.limits

    @cached_property
    def is_now_known(self) -> bool:
        """Whether now was given or witnessed: a bare log's median says nothing about what is in the future."""
        return self._is_now_known or any(log.witnessed for log in self.history.logs.values())

    @cached_property
    def heard_until(self) -> int:
        """Until when what an event of the log begins or ends has happened, UNIX seconds: whatever was reported, was."""
        if self.is_now_known:
            return self.history.now
        return max([self.history.now, *self._reported[-1:]])

    @cached_property
    def horizon(self) -> int:
        """The last second at which something can be due that nobody reported, UNIX seconds.

        It is now. Where now is the median of a bare log's last leaves, and these were signed before any duty began, it
        is the last that guards reported: a short log's leaves are mostly its enrolments.
        """
        if self.is_now_known or any(at <= self.history.now for at in self._reported[:1]):
            return self.history.now
        return self.heard_until

    @cached_property
    def _reported(self) -> list[int]:
        """When guards were heard, but for one person's clock that runs a week or more ahead of everything else."""
        heard = sorted((one.at, one.who) for life in self.guard.lives.values() for one in life.located)
        latest = {who: at for at, who in heard}
        corroborated = sorted(latest.values())[-2] if len(latest) > 1 else 0
        believed: list[int] = []
        for at, _ in heard:
            if believed and at > corroborated and at - believed[-1] >= AHEAD_S:
                break
            believed.append(at)
        return believed

    def is_judged(self, since: int, *, is_told: bool) -> bool:
        """Whether what begins then has begun. is_told: an event of the log begins or ends it."""
        return since <= (self.heard_until if is_told else self.horizon)

    def ended(self, until: int, *, is_told: bool = False) -> int | None:
        """The end of an interval, None while it lasts. is_told: an event of the log ends it."""
        if until <= self.heard_until or (is_told and not self.is_now_known):
            return until
        return None

    def zone_of(self, post: str) -> str:
        """The zone of the post's site."""
        site = self.register.sites.get(self.site_of(post))
        return site.zone if site else self.register.zone

    def site_of(self, post: str) -> str:
        """Where a post stands; "" where no manifest says it."""
        found = self.guard.posts.get(post)
        return found.site if found else ""

    @cached_property
    def points(self) -> Mapping[str, Position]:
        """The point of each site that can be trusted."""
        named = [*fixes_named(self.history.events), *self._fixes_at_posts()]
        return site_points(self.register.sites, named, self.history.unit_of)

    def _fixes_at_posts(self) -> Iterator[tuple[str, Kid, Position]]:
        for name, life in self.guard.lives.items():
            sites = self.guard.post(name).sites_at(0)
            for one in life.located:
                if one.fix is not None and len(sites) == 1:
                    yield sites[0], one.kid, one.fix.position
