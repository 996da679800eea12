"""The fold of guarding: events in fold order become, post by post, who was on duty, what was heard, who relieved whom.

A fold never refuses. A signed event is a fact; what it breaks is kept as a fact too, and findings.py words it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kawal.command.state import is_police_command
from kawal.election.events import read_manifest_named
from kawal.election.manifests import BadManifest, Blobs
from kawal.election.state import STATION_ROLES
from kawal.guard.events import (
    read_at_post,
    read_fix,
    read_note,
    read_relief_accepted,
    read_relief_offered,
    read_visited,
)
from kawal.guard.manifests import read_posts, read_roster
from kawal.guard.posts import Post, Row
from kawal.guard.presence import Presence
from kawal.guard.record import Duty, Located, LogLine, PostLife, Relief, Sign, Visit
from kawal.ledger.encoding import NotCanonical
from kawal.ledger.event import Eid, Event
from kawal.ledger.events import ESCORT_ROLES, BadShape, answers, partner_head
from kawal.ledger.history import History, Speaker
from kawal.ledger.log_of import LOG_NAMES, accepts

# Cameras and other machines are posts of strength 0; these offices answer for their heartbeats.
MACHINE_ROLES = frozenset({"commander", "observer", "admin"})
# Nobody lowers the strength of the post they stand at.
NOT_OF_POSTS = STATION_ROLES | ESCORT_ROLES


@dataclass
class Guard:
    """Everything the guard part knows.

    lives: by post; people: duties by `who`, in the order in which they began; problems: sentences about manifests that
    are absent or cannot be read; unreadable: eid -> why an event's members could not be.
    """

    posts: dict[str, Post] = field(default_factory=dict)
    lives: dict[str, PostLife] = field(default_factory=dict)
    people: dict[str, list[Duty]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unreadable: dict[Eid, str] = field(default_factory=dict)

    def post(self, name: str) -> Post:
        """A post, listed or not."""
        found = self.posts.get(name)
        if found is None:
            found = self.posts[name] = Post(name)
        return found

    def life(self, name: str) -> PostLife:
        """What happened at a post."""
        found = self.lives.get(name)
        if found is None:
            found = self.lives[name] = PostLife()
        return found


def fold_guard(history: History, blobs: Blobs) -> Guard:
    """Fold the manifests of posts and rosters, then all guard events. Source: docs/format/events.md, Who is on duty."""
    guard = Guard()
    lists = [event for event in history.events if event.t == "register.manifest"]
    of_command = [event for event in lists if is_police_command(history.speaker(event))]
    for event in of_command:
        _take_manifest(guard, history, event, blobs, known=_Known())
    known = _Known.of(guard)
    for event in lists:
        if event not in of_command and history.speaker(event).role not in NOT_OF_POSTS:
            _take_manifest(guard, history, event, blobs, known=known)
    taker = _Taker(history, guard)
    for event in history.events:
        taker.take(event)
    for life in guard.lives.values():
        life.signs.sort(key=lambda one: (one.at, one.eid))
        life.located.sort(key=lambda one: one.at)
    for duties in guard.people.values():
        duties.sort(key=lambda one: one.on_at)
    return guard


@dataclass(frozen=True, slots=True)
class _Known:
    """The posts that the police command has listed or planned: nobody else's list says anything about them."""

    listed: frozenset[str] = frozenset()
    planned: frozenset[str] = frozenset()

    @classmethod
    def of(cls, guard: Guard) -> "_Known":
        posts = guard.posts.values()
        return cls(
            frozenset(one.post for one in posts if one.is_listed),
            frozenset(one.post for one in posts if one.is_planned),
        )


def _take_manifest(guard: Guard, history: History, event: Event, blobs: Blobs, *, known: _Known) -> None:
    kind = event.payload.get("kind")
    if kind not in ("posts", "roster") or not _belongs(history, event):
        return
    try:
        named = read_manifest_named(event)
        data = blobs.read(named.mh)
        if data is None:
            guard.problems.append(
                f"daftar {kind} {named.mh[:12]} tidak ada di blobs/ / the {kind} manifest is not in blobs/"
            )
            return
        _read_manifest(guard, event, history.at(event), data, known)
    except (BadManifest, NotCanonical, BadShape) as error:
        guard.problems.append(f"daftar {kind} {event.eid[:12]}: {error}")


def _read_manifest(guard: Guard, event: Event, at: int, data: bytes, known: _Known) -> None:
    problems: list[str]
    if event.payload["kind"] == "posts":
        posts, problems = read_posts(data)
        for name, rows in _by_post(posts):
            if name in known.listed:
                continue
            guard.post(name).replace_rows(rows, event.eid, at)
    else:
        duties, problems = read_roster(data)
        for name, planned in _by_post(duties):
            if name in known.planned:
                continue
            guard.post(name).replace_roster(planned, at)
    guard.problems.extend(f"daftar {event.eid[:12]}: {one}" for one in problems)


def _by_post(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.post, []).append(row)
    yield from grouped.items()


def _belongs(history: History, event: Event) -> bool:
    """Where both logs are at hand, what belongs in the other log counts for nothing."""
    log = history.places[event.eid].log
    if len(history.logs) < 2 or log not in LOG_NAMES:
        return True
    return any(name == log and accepts(name, event.t, event.payload) for name in LOG_NAMES)


class _Taker:
    """Takes one event after the other; each kind has its method."""

    def __init__(self, history: History, guard: Guard) -> None:
        self.history = history
        self.guard = guard
        self.presence = Presence(guard.people, guard.life)
        self._reliefs: dict[Eid, Relief] = {}
        self._kinds: dict[str, Callable[[Event], None]] = {
            "guard.on": self._on,
            "guard.off": self._off,
            "guard.beat": self._beat,
            "guard.log": self._log,
            "guard.visitor": self._visitor,
            "custody.offer": self._offer,
            "custody.accept": self._accept,
            "custody.close": self._close,
            "ledger.attest": self._attest,
        }

    def take(self, event: Event) -> None:
        """Take one event; what cannot be read is noted and passed over."""
        kind = self._kinds.get(event.t)
        if kind is None:
            return
        try:
            kind(event)
        except BadShape as error:
            self.guard.unreadable[event.eid] = str(error)

    def _on(self, event: Event) -> None:
        read = read_at_post(event)
        speaker = self._heard(event, read.post)
        if speaker is not None and speaker.role in ESCORT_ROLES:
            self.presence.come_on(speaker, event, read, self.history.at(event))

    def _off(self, event: Event) -> None:
        read = read_at_post(event)
        speaker = self._heard(event, read.post)
        if speaker is not None:
            self.presence.sign_off(speaker, event, read.post, self.history.at(event))

    def _beat(self, event: Event) -> None:
        read = read_at_post(event)
        speaker = self._heard(event, read.post)
        if speaker is not None:
            self.presence.count(speaker, event, read, self.history.at(event))

    def _log(self, event: Event) -> None:
        post, note = read_note(event)
        speaker = self._heard(event, post)
        if speaker is not None:
            line = LogLine(post, self.history.at(event), event.eid, note, speaker.who)
            self.guard.life(post).lines.append(line)

    def _visitor(self, event: Event) -> None:
        read = read_visited(event)
        speaker = self._heard(event, read.post)
        if speaker is not None:
            at = self.history.at(event)
            visit = Visit(read.post, at, event.eid, read.way, read.why, read.doc, read.beside, speaker.who)
            self.guard.life(read.post).visits.append(visit)

    def _offer(self, event: Event) -> None:
        offered = read_relief_offered(event)
        if offered is None or not _belongs(self.history, event):
            return
        speaker = self._heard(event, offered.post)
        if speaker is None or speaker.role not in ESCORT_ROLES:
            return
        to_unit = self.history.unit_of(offered.to)
        relief = Relief(event.eid, offered.post, speaker, offered.to, to_unit, self.history.at(event), offered.boxes)
        self._reliefs[event.eid] = relief
        self.guard.life(offered.post).reliefs.append(relief)

    def _accept(self, event: Event) -> None:
        relief = next(self._answered(event), None)
        if relief is None:
            return
        accepted = read_relief_accepted(event)
        speaker = self._heard(event, relief.post)
        if speaker is None or speaker.role not in ESCORT_ROLES or not _is_addressed(relief, speaker):
            return
        if relief.is_taken:
            # An offer has one answer; whoever comes after it says so by `guard.on`.
            return
        relief.receiver, relief.accept, relief.accepted_at = speaker, event.eid, self.history.at(event)
        relief.answer, relief.taken = accepted.answer, accepted.boxes
        self._reliefs[event.eid] = relief
        if accepted.answer != "no":
            self.presence.come_on(speaker, event, None, self.history.at(event), post=relief.post)

    def _close(self, event: Event) -> None:
        for relief in self._answered(event):
            speaker = self._heard(event, relief.post)
            if speaker is not None and speaker.who == relief.giver.who:
                relief.closed_by = event.eid
            self._reliefs[event.eid] = relief

    def _attest(self, event: Event) -> None:
        for relief in self._answered(event):
            self._heard(event, relief.post)
            return

    def _answered(self, event: Event) -> Iterator[Relief]:
        for eid in answers(event):
            relief = self._reliefs.get(self.history.same.get(eid, eid))
            if relief is not None:
                yield relief

    def _heard(self, event: Event, post: str) -> Speaker | None:
        """Take an event as a sign of life of a post; None where it counts from nobody of the signer's office."""
        speaker, at = self.history.speaker(event), self.history.at(event)
        if speaker.role not in ESCORT_ROLES and not self._is_machine(speaker, post, at):
            return None
        life = self.guard.life(post)
        life.signs.append(Sign(at, event.eid))
        life.located.append(Located(at, event.eid, speaker.who, event.kid, read_fix(event)))
        named = [self.history.same.get(eid, eid) for eid in _named(event)]
        self.presence.hear(speaker, event, post, at, named)
        return speaker

    def _is_machine(self, speaker: Speaker, post: str, at: int) -> bool:
        period = self.guard.post(post).period_at(at) if speaker.role in MACHINE_ROLES else None
        return period is not None and period.strength == 0


def _named(event: Event) -> tuple[Eid, ...]:
    head = partner_head(event)
    return answers(event) if head is None else (*answers(event), head[1])


def _is_addressed(relief: Relief, speaker: Speaker) -> bool:
    """Whether a speaker is whom the offer names, or of the same unit; an offer may leave the receiver open."""
    return not relief.to or speaker.kid == relief.to or (bool(speaker.unit) and speaker.unit == relief.to_unit)
