"""Coverage, reliefs and silence against the same rules counted second by second."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kawal.election.state import Register
from kawal.guard.cover import cover
from kawal.guard.judging import Judging
from kawal.guard.manifests import PostRow
from kawal.guard.posts import Post
from kawal.guard.record import Duty, PostLife, Sign
from kawal.guard.silence import silence
from kawal.guard.state import Guard
from kawal.ledger.event import Eid
from kawal.ledger.finding import Finding
from kawal.ledger.history import build_history
from kawal.ledger.limits import Limits
from tests.mission.guard import brute
from tests.mission.guard.brute import END, POST, row

GRACE = 2
BEAT = 5
SECOND = st.integers(0, END)


@st.composite
def rows(draw: st.DrawFn) -> list[PostRow]:
    made = []
    for _ in range(draw(st.integers(0, 4))):
        since, long = draw(SECOND), draw(st.integers(1, 30))
        ring, strength, beat = draw(st.integers(1, 2)), draw(st.integers(0, 2)), draw(st.sampled_from([0, BEAT]))
        made.append(row(since, since + long, ring=ring, strength=strength, beat=beat))
    return made


@st.composite
def duties(draw: st.DrawFn) -> list[Duty]:
    made = []
    for who in "abc":
        at = draw(SECOND)
        for _ in range(draw(st.integers(0, 3))):
            long, people = draw(st.integers(0, 20)), draw(st.integers(1, 2))
            is_open = draw(st.booleans())
            made.append(brute.duty(who, at, None if is_open else at + long, people))
            if is_open:
                break
            at += long + draw(st.integers(0, 5))
    return made


def judged(listed: list[PostRow], life: PostLife, now: int) -> tuple[Judging, Post]:
    post = Post(POST)
    post.replace_rows(listed, Eid("daftar"), 0)
    limits = Limits({"guard.silent": {"grace_s": GRACE}})
    guard = Guard({POST: post}, {POST: life})
    judging = Judging(build_history([], at=now), Register(limits=limits), guard, is_now_known=True)
    return judging, post


def lasting(findings: list[Finding], code: str) -> list[Finding]:
    return [one for one in findings if one.code == code]


@given(rows(), duties(), SECOND)
def test_too_few_are_found_to_the_second(listed: list[PostRow], there: list[Duty], now: int) -> None:
    life = PostLife(duties=there)
    judging, post = judged(listed, life, now)
    found = list(cover(judging, post, life))
    uncovered = lasting(found, "guard.uncovered")
    assert brute.seconds(uncovered, now=now) == brute.uncovered(listed, life, now=now)
    assert brute.seconds(lasting(found, "guard.relief-gap"), now=now) == brute.relief_gaps(listed, life, now=now)
    for before, after in pairwise(uncovered):
        assert before.until is not None
        assert before.until < after.since


@given(rows(), st.sets(SECOND), SECOND)
def test_silence_is_found_to_the_second(listed: list[PostRow], heard: set[int], now: int) -> None:
    life = PostLife(signs=[Sign(at, Eid(f"tanda-{at}")) for at in sorted(heard)])
    judging, post = judged(listed, life, now)
    found = list(silence(judging, post, life))
    assert brute.seconds(found, now=now, is_late=True) == brute.silent(listed, heard, grace=GRACE, now=now)


@given(rows(), st.sets(SECOND, min_size=1))
def test_a_sign_less_is_never_less_silence(listed: list[PostRow], heard: set[int]) -> None:
    more = brute.silent(listed, heard, grace=GRACE, now=END)
    for one in heard:
        assert brute.silent(listed, heard - {one}, grace=GRACE, now=END) >= more


@given(rows(), rows(), SECOND)
def test_a_later_list_replaces_from_its_signing_on(first: list[PostRow], second: list[PostRow], signed: int) -> None:
    post = Post(POST)
    post.replace_rows(first, Eid("satu"), 0)
    post.replace_rows(second, Eid("dua"), signed)
    for at in range(END + 31):
        period = post.period_at(at)
        said = first if at < signed else second
        assert (period.strength if period else None) == brute.wanted(said, at)
        assert (period.beat_s if period else 0) == brute.beat(said, at)
