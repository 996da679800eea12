"""The operator alone never meets the quorum, and a policy that could be read two ways is not read at all."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.checkpoint import cosign, read_checkpoint, sign_checkpoint
from kawal.ledger.note import COSIGNATURE, LOG_SIGNATURE, BadNote, Note, NoteKey, SignatureLine
from kawal.ledger.policy import BadPolicy, NoQuorum, read_policy
from kawal.ledger.tree import leaf_hash
from tests.mission.ledger.scene import DAWN, key_of

ORIGIN = "kpu.example/kotak"
LOG = NoteKey(ORIGIN, LOG_SIGNATURE, key_of("log").public.x)
NAMES = ("bawaslu-1", "bawaslu-2", "observer-1", "observer-2", "observer-3")
WITNESSES = "".join(f"witness {n} {NoteKey(n, COSIGNATURE, key_of(n).public.x).vkey()}\n" for n in NAMES)
HEAD = f"log {LOG.vkey()}\n{WITNESSES}"
GROUPS = """group supervisor any bawaslu-1 bawaslu-2
group observers 2 observer-1 observer-2 observer-3
group both all supervisor observers
quorum both
"""
POLICY = read_policy((HEAD + GROUPS).encode())
SIGNED = sign_checkpoint(ORIGIN, 1, leaf_hash(b"leaf"), key_of("log"))


def cosigned(*names: str) -> bytes:
    lines = [cosign(SIGNED, name, key_of(name), DAWN + at) for at, name in enumerate(names)]
    return Note(SIGNED.text, (*SIGNED.lines, *lines)).encode()


@given(st.sets(st.sampled_from(NAMES)))
def test_a_quorum_needs_the_supervisor_and_two_observers(names: set[str]) -> None:
    has_both = len(names & set(NAMES[:2])) >= 1 and len(names & set(NAMES[2:])) >= 2
    assert POLICY.is_met(names) == has_both


@given(st.sets(st.sampled_from(NAMES)), st.sampled_from(NAMES))
def test_one_more_witness_never_breaks_a_quorum(names: set[str], other: str) -> None:
    assert POLICY.is_met(names | {other}) or not POLICY.is_met(names)


def test_a_quorum_gives_the_median_time() -> None:
    assert POLICY.check(read_checkpoint(cosigned("bawaslu-1", "observer-3", "observer-1"))) == DAWN + 1


def test_the_log_alone_is_no_quorum() -> None:
    with pytest.raises(NoQuorum, match="cosigned by: -"):
        POLICY.check(read_checkpoint(SIGNED.encode()))
    assert read_policy(f"{HEAD}quorum none\n".encode()).check(read_checkpoint(SIGNED.encode())) is None


def test_a_false_cosignature_spoils_a_quorum_that_is_met_without_it() -> None:
    true = cosign(SIGNED, "bawaslu-2", key_of("bawaslu-2"), DAWN)
    tampered = SignatureLine(true.name, true.key_id, bytes(72)).text()
    with pytest.raises(BadNote):
        POLICY.check(read_checkpoint(cosigned("bawaslu-1", "observer-3", "observer-1") + tampered.encode()))


def test_the_log_is_known_by_its_origin() -> None:
    assert POLICY.log_of(ORIGIN) == LOG
    other = sign_checkpoint("kpu.example/other", 1, leaf_hash(b"leaf"), key_of("log"))
    with pytest.raises(NoQuorum, match="does not know"):
        POLICY.check(read_checkpoint(other.encode()))


def test_an_address_is_kept_beside_its_key() -> None:
    text = HEAD.replace("\n", " https://log.example\n", 1) + "quorum none\n"
    assert read_policy(text.encode()).urls == {f"log {ORIGIN}": "https://log.example"}


def test_a_name_is_bytes_and_no_letters() -> None:
    kelvin = HEAD.replace("witness bawaslu-1", "witness K").replace("witness bawaslu-2", "witness \u212a")
    policy = read_policy(f"{kelvin}group both 2 K \u212a\nquorum both\n".encode())
    assert len(policy.witnesses) == 5


def test_more_names_than_anyone_needs_are_refused() -> None:
    vkeys = [NoteKey(f"w{n}", COSIGNATURE, key_of(f"w{n}").public.x).vkey() for n in range(257)]
    lines = [f"witness w{number} {vkey}\n" for number, vkey in enumerate(vkeys)]
    assert len(read_policy(("".join(lines[:256]) + "quorum none\n").encode()).witnesses) == 256
    with pytest.raises(BadPolicy):
        read_policy(("".join(lines) + "quorum none\n").encode())


@given(st.binary(max_size=200))
def test_no_bytes_stop_a_reader_of_policies(data: bytes) -> None:
    with suppress(BadPolicy):
        assert read_policy(data).quorum == "none"
