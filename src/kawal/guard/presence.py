"""Who is on duty where: the one person, at one post at a time, whatever number of phones they carry."""

from collections.abc import Callable, Iterable, MutableMapping

from kawal.guard.events import AtPost
from kawal.guard.record import Duty, PostLife
from kawal.ledger.event import Eid, Event, Kid
from kawal.ledger.history import Speaker


class Presence:
    """Turns comings and goings, taken in fold order, into duties."""

    def __init__(self, people: MutableMapping[str, list[Duty]], life: Callable[[str], PostLife]) -> None:
        """people: where the duties of each person go; life: where those of each post go."""
        self._people = people
        self._life = life
        self._on: dict[str, Duty] = {}
        self._said: dict[Eid, tuple[str, Kid, int, bool]] = {}

    def come_on(self, speaker: Speaker, event: Event, read: AtPost | None, at: int, *, post: str = "") -> None:
        """Put a person on duty. read: None where they took the post over by accepting a relief of `post`."""
        name = read.post if read is not None else post
        now = self._on.get(speaker.who)
        if now is not None and now.post == name:
            self._tell(now, event, read, at)
            return
        if now is not None:
            self._leave(now, at, event.eid)
        duty = Duty(
            speaker.who,
            speaker.unit,
            name,
            at,
            event.eid,
            event.kid,
            event.seq,
            read.order if read is not None else "",
            read.sop if read is not None else "",
            [(at, read.present or 1 if read is not None else 1, event.eid)],
            is_told_by_accept=read is None,
            last_at=at,
            last=event.eid,
        )
        self._on[speaker.who] = duty
        self._people.setdefault(speaker.who, []).append(duty)
        self._life(name).duties.append(duty)

    def _tell(self, duty: Duty, event: Event, read: AtPost | None, at: int) -> None:
        """A second phone changes nothing; but whoever took over by an accept tells by `guard.on` how many they are."""
        if read is None or not duty.is_told_by_accept:
            return
        duty.is_told_by_accept, duty.order, duty.sop = False, read.order, read.sop
        if read.present is not None:
            duty.people.append((at, read.present, event.eid))

    def count(self, speaker: Speaker, event: Event, read: AtPost, at: int) -> None:
        """Take a heartbeat that says how many they are now."""
        duty = self._on.get(speaker.who)
        if duty is not None and duty.post == read.post and read.present is not None:
            duty.people.append((at, read.present, event.eid))

    def sign_off(self, speaker: Speaker, event: Event, post: str, at: int) -> None:
        """End a duty; signing off from where one is not on is noted in the log only."""
        duty = self._on.get(speaker.who)
        if duty is not None and duty.post == post:
            duty.off_at = max(at, duty.on_at)
            self._leave(duty, at, event.eid)

    def _leave(self, duty: Duty, at: int, by: Eid) -> None:
        # Two clocks that disagree make no gap: whoever was seen on before this end was there.
        duty.left_at = max(at, duty.on_at, *(one.on_at for one in duty.after))
        duty.left_by = by
        del self._on[duty.who]

    def hear(self, speaker: Speaker, event: Event, post: str, at: int, named: Iterable[Eid]) -> None:
        """Note that a person was heard, and whom of the same post their event shows to have been on before it."""
        is_answer = event.t == "custody.accept"
        self._said[event.eid] = (speaker.who, event.kid, event.seq, is_answer)
        duty = self._on.get(speaker.who)
        if duty is None:
            return
        is_elsewhere = post != duty.post and event.t in ("guard.on", "custody.accept")
        if at >= duty.last_at and not is_elsewhere:
            duty.last_at, duty.last = at, event.eid
        for eid in named:
            other = self._seen(eid)
            if other is not None and other.post == duty.post and other is not duty:
                duty.after.append(other)

    def _seen(self, eid: Eid) -> Duty | None:
        """The duty that an event shows: its signer had come on by then, on that phone or by accepting the post."""
        who, kid, seq, is_answer = self._said.get(eid, ("", Kid(""), 0, False))
        duty = self._on.get(who)
        if duty is None or not (is_answer or (kid == duty.on_kid and seq >= duty.on_seq)):
            return None
        return duty
