"""A log is read leaf by leaf, and a bad leaf never takes good ones down."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.keys import PublicKey
from kawal.ledger.reading import BATCH, LogReader, Signed, verify_in_turn
from kawal.ledger.tree import leaf_hash
from tests.mission.ledger.scene import (
    HOUR,
    Device,
    Log,
    codes_in,
    eid_of,
    history_of,
    key_of,
    kotak,
    read_leaves,
)


def a_log() -> Log:
    log = kotak()
    ppk = log.enrols("ppk")
    log.leaves += [ppk.signs("custody.check", HOUR + number) for number in range(3)]
    return log


LEAVES = a_log().leaves
BAD = (b"", b"not an event", LEAVES[3][:-1], LEAVES[4][:-2] + b"AA", b"\xff" * 100)


@given(st.integers(0, len(LEAVES)), st.sampled_from(BAD))
def test_a_bad_leaf_takes_no_good_one_down(at: int, bad: bytes) -> None:
    content = read_leaves("kotak", [*LEAVES[:at], bad, *LEAVES[at:]])
    assert [problem.index for problem in content.problems] == [at]
    assert content.leaves[at] == leaf_hash(bad)
    good = [event and event.eid for number, event in enumerate(content.events) if number != at]
    assert good == [eid_of(jws) for jws in LEAVES]
    assert content.events[at] is None


@given(st.integers(1, len(LEAVES)), st.sampled_from(BAD))
def test_a_bad_leaf_changes_nothing_of_what_the_others_say(at: int, bad: bytes) -> None:
    content = read_leaves("kotak", [*LEAVES[:at], bad, *LEAVES[at:]])
    assert history_of(content).events == history_of(read_leaves("kotak", LEAVES)).events


def test_a_key_may_be_told_after_it_spoke() -> None:
    content = read_leaves("kotak", [LEAVES[0], *LEAVES[3:], *LEAVES[1:3]])
    assert content.problems == ()
    assert content.unknown == frozenset()
    assert codes_in(content) == []


def test_who_was_never_enrolled_cannot_be_verified() -> None:
    stranger = Device("stranger", key_of("stranger"), 0, eid_of(LEAVES[1]))
    said = stranger.signs("custody.check", HOUR)
    content = read_leaves("kotak", [*LEAVES, said])
    assert content.unknown == {eid_of(said)}
    assert content.problems == ()


def test_a_genesis_teaches_keys_as_the_first_leaf_alone() -> None:
    thief = Log().opened(thief="kpu", thief2="bawaslu")
    content = read_leaves("kotak", [*LEAVES, *thief.leaves])
    assert content.unknown == {eid_of(thief.leaves[0])}
    assert codes_in(content) == [("ledger.unenrolled", thief.admins["thief"].kid)]


def test_a_false_signature_that_waited_for_its_key_is_a_problem() -> None:
    forged = LEAVES[3].rpartition(b".")[0] + b"." + LEAVES[4].rpartition(b".")[2]
    content = read_leaves("kotak", [LEAVES[0], forged, *LEAVES[1:3]])
    assert [problem.index for problem in content.problems] == [1]
    assert content.events[1] is None


def test_a_key_of_no_lawful_length_verifies_nothing() -> None:
    log = kotak()
    key = key_of("ghost")
    long = type(key)(PublicKey(key.public.alg, key.public.x + b"\0"), key.sign)
    ghost = log.enrols("ghost", key=long)
    log.add(ghost.signs("custody.check", HOUR))
    assert [problem.index for problem in log.read().problems] == [3]


def test_a_genesis_that_does_not_verify_makes_nobody_an_administrator() -> None:
    forged = LEAVES[0].rpartition(b".")[0] + b"." + LEAVES[3].rpartition(b".")[2]
    content = read_leaves("kotak", [forged, *LEAVES[1:]])
    assert [problem.index for problem in content.problems] == [0]
    assert history_of(content).events == ()
    assert {code for code, _ in codes_in(content)} == {"ledger.unenrolled"}


def test_signatures_are_checked_in_batches_and_no_verdict_goes_astray() -> None:
    sizes = []

    def verify_many(batch: Sequence[Signed]) -> list[str | None]:
        sizes.append(len(batch))
        return verify_in_turn(batch)

    forged = LEAVES[3].rpartition(b".")[0] + b"." + LEAVES[4].rpartition(b".")[2]
    many = [*LEAVES, *[LEAVES[3]] * BATCH, forged, *[LEAVES[4]] * 5]
    reader = LogReader("kotak", verify_many)
    for jws in many:
        reader.take(jws)
    content = reader.finish()
    assert [problem.index for problem in content.problems] == [many.index(forged)]
    assert (max(sizes), sum(sizes)) == (BATCH, len(many))
    assert content.leaves == tuple(leaf_hash(jws) for jws in many)
