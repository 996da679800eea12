"""Posts of a whole Polda: guard.* over 14 Polres and twenty days, in one pass, at growing sizes.

Signatures are checked elsewhere (The ledger): these events are made as the reader hands them on, so that what is
measured is the ordering, the fold and the findings alone.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bench.aims import at_least, at_most
from bench.timing import in_child
from kawal.election.manifests import write_rows
from kawal.election.state import Register
from kawal.guard.findings import guard_findings
from kawal.guard.state import fold_guard
from kawal.ledger.encoding import b64u, digest
from kawal.ledger.event import Eid, Event, Kid
from kawal.ledger.history import build_history
from kawal.ledger.keys import ed25519_from_seed
from kawal.ledger.reading import LogContent

POLRES, POSTS_EACH, DAYS = 14, 36, 20
SIZES = (0.125, 0.25, 0.5, 1.0)
BEGINS, HOUR, DAY = 1_732_636_800, 3_600, 86_400
TEAM, SHIFT_S, BEAT_S = 2, 8 * HOUR, 2 * HOUR
MISSED_EVERY = 13
ROUNDS = 3


@dataclass
class _Phone:
    kid: str
    x: str
    head: str
    seq: int = 0


@dataclass
class _Book:
    """Events as they come out of reading, with a digest of their own content for an eid."""

    events: list[Event] = field(default_factory=list)

    def say(self, phone: _Phone, t: str, at: int, **members: Any) -> str:
        phone.seq += 1
        payload: Mapping[str, Any] = {"v": 1, "t": t, "seq": phone.seq, "prev": phone.head, "ts": at, **members}
        eid = digest(f"{phone.kid}{phone.seq}".encode())
        event = Event(Eid(eid), eid, Kid(phone.kid), t, phone.seq, phone.head, at, None, payload)
        self.events.append(event)
        phone.head = eid
        return eid


class _Blobs:
    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def keep(self, data: bytes) -> str:
        self.held[digest(data)] = data
        return digest(data)

    def read(self, named: str) -> bytes | None:
        return self.held.get(named)


def made(posts: int) -> tuple[LogContent, _Blobs]:
    """A pengamanan log: three teams of two at each post, relieved every eight hours; one beat in thirteen is missed."""
    book, blobs = _Book(), _Blobs()
    admins = [_phone(f"admin{number}") for number in range(2)]
    listed = [
        {"kid": one.kid, "alg": "Ed25519", "x": one.x, "agency": name} for one, name in zip(admins, "ab", strict=True)
    ]
    genesis = book.say(admins[0], "ledger.genesis", BEGINS - DAY, origin="bench", admins=listed, need=2, policy="")
    admins[1].head = genesis
    rows = [[f"pos-{post:04d}", "", 1, TEAM, BEAT_S, BEGINS, BEGINS + DAYS * DAY] for post in range(posts)]
    book.say(
        admins[0], "register.manifest", BEGINS - HOUR, kind="posts", mh=blobs.keep(write_rows("posts", rows)), n=posts
    )
    for post in range(posts):
        phones = [_enrolled(book, admins, f"{post}/{number}") for number in range(3 * TEAM)]
        _hold(book, f"pos-{post:04d}", [phones[at : at + TEAM] for at in range(0, len(phones), TEAM)])
    return LogContent("pengamanan", tuple(book.events), frozenset(), (), ()), blobs


def _phone(name: str) -> _Phone:
    key = ed25519_from_seed(sha256(name.encode()).digest())
    return _Phone(key.kid, b64u(key.public.x), "")


def _enrolled(book: _Book, admins: list[_Phone], name: str) -> _Phone:
    phone = _phone(name)
    about = {"kid": phone.kid, "alg": "Ed25519", "x": phone.x, "who": f"p-{name}", "role": "guard", "unit": "polsek"}
    term = {"agency": "polri", "nbf": BEGINS - DAY, "exp": BEGINS + 60 * DAY}
    phone.head = book.say(admins[0], "ledger.enrol", BEGINS - DAY, **about, **term)
    book.say(admins[1], "ledger.enrol-ok", BEGINS - DAY, of=phone.head)
    return phone


def _hold(book: _Book, post: str, teams: list[list[_Phone]]) -> None:
    for shift in range(DAYS * DAY // SHIFT_S):
        begins, now, before = BEGINS + shift * SHIFT_S, teams[shift % 3], teams[(shift - 1) % 3]
        for phone in now:
            book.say(phone, "guard.on", begins - 120, post=post)
        for giver, receiver in zip(before, now, strict=True):
            if shift:
                _relieve(book, post, giver, receiver, begins)
        for number, at in enumerate(range(begins + BEAT_S, begins + SHIFT_S, BEAT_S)):
            if (shift + number) % MISSED_EVERY:
                book.say(now[number % TEAM], "guard.beat", at, post=post)


def _relieve(book: _Book, post: str, giver: _Phone, receiver: _Phone, at: int) -> None:
    about = {"post": post, "n": 40}
    head = [receiver.seq, receiver.head]
    offer = book.say(giver, "custody.offer", at - 60, what="post", to=receiver.kid, hb=head, **about)
    accept = book.say(receiver, "custody.accept", at - 30, of=offer, res="ok", **about)
    book.say(giver, "custody.close", at, of=accept, rtt=30)
    book.say(giver, "guard.off", at + 30, post=post)


def measured(share: float) -> dict[str, float]:
    """Processor seconds of the least disturbed of some rounds; the ordering is timed once beside them."""
    posts = max(1, round(POLRES * POSTS_EACH * share))
    content, blobs = made(posts)
    start = time.process_time()
    history = build_history([content], at=BEGINS + DAYS * DAY)
    ordering = time.process_time() - start
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        guard = fold_guard(history, blobs)
        found = guard_findings(history, Register(), guard, is_now_known=True)
        rounds.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    events = len(content.events)
    return {
        "posts": posts,
        "events": events,
        "order": ordering,
        "guard": min(rounds),
        "found": len(found),
        "peak_kb": peak,
    }


def _rows(is_quick: bool) -> Iterator[dict[str, float]]:
    for share in SIZES[:1] if is_quick else SIZES:
        yield in_child("bench.guard", str(share)).answer


def run(*, is_quick: bool = False) -> str:
    """Write the section."""
    rows = list(_rows(is_quick))
    each = [row["guard"] / row["events"] * 1e6 for row in rows]
    return "\n".join(
        [
            "## Guarding a Polda",
            "",
            f"{POLRES} Polres, {POLRES * POSTS_EACH} posts, {DAYS} days; at each post three teams of two,",
            "relieved every eight hours with both signatures. Processor time of the fold and of every `guard.*`,",
            "beside that of putting the same events in order.",
            "",
            "| posts | events | findings | ordering s | guard.* s | µs an event | peak MB |",
            "|---:|---:|---:|---:|---:|---:|---:|",
            *(_line(row, micros) for row, micros in zip(rows, each, strict=True)),
            "",
            at_least("time an event, the smallest against the largest size (1.00 is linear)", each[0] / each[-1], 0.7),
            at_most("guard.* over the largest size", rows[-1]["guard"], 30, "s"),
            "",
        ]
    )


def _line(row: Mapping[str, float], micros: float) -> str:
    figures = f"{row['posts']:,.0f} | {row['events']:,.0f} | {row['found']:,.0f}"
    return f"| {figures} | {row['order']:.1f} | {row['guard']:.1f} | {micros:.1f} | {row['peak_kb'] / 1024:,.0f} |"


if __name__ == "__main__":
    print(json.dumps(measured(float(sys.argv[1]))))
