"""A checkpoint is signed by its log and cosigned by witnesses; a false line by a known key spoils it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.checkpoint import (
    Checkpoint,
    check_log_signature,
    cosign,
    cosignature_time,
    median,
    read_checkpoint,
    sign_checkpoint,
)
from kawal.ledger.note import COSIGNATURE, LOG_SIGNATURE, BadNote, Note, NoteKey, SignatureLine, read_note, read_vkey
from kawal.ledger.tree import leaf_hash
from tests.mission.ledger.scene import DAWN, key_of

ORIGIN, ROOT = "kpu.example/pilkada-2024/5303/kotak", leaf_hash(b"the only leaf")
LOG = NoteKey(ORIGIN, LOG_SIGNATURE, key_of("log").public.x)
BAWASLU = NoteKey("bawaslu.example", COSIGNATURE, key_of("bawaslu").public.x)
SIGNED = sign_checkpoint(ORIGIN, 1, ROOT, key_of("log"))


def with_lines(*lines: SignatureLine) -> Checkpoint:
    return read_checkpoint(Note(SIGNED.text, (*SIGNED.lines, *lines)).encode())


def by_bawaslu(at: int = DAWN) -> SignatureLine:
    return cosign(SIGNED, BAWASLU.name, key_of("bawaslu"), at)


def test_a_signed_checkpoint_says_what_it_said() -> None:
    read = with_lines(by_bawaslu())
    check_log_signature(read, LOG)
    assert (read.origin, read.size, read.root) == (ORIGIN, 1, ROOT)
    assert cosignature_time(read, BAWASLU) == DAWN


def test_who_did_not_cosign_has_no_time() -> None:
    assert cosignature_time(with_lines(), BAWASLU) is None


def test_the_earliest_of_a_witness_s_own_lines_is_its_time() -> None:
    assert cosignature_time(with_lines(by_bawaslu(DAWN + 60), by_bawaslu()), BAWASLU) == DAWN


@pytest.mark.parametrize("at", [-1, 1])
def test_one_false_line_beside_a_true_one_spoils_the_checkpoint(at: int) -> None:
    true = by_bawaslu()
    false = SignatureLine(true.name, true.key_id, (DAWN + at).to_bytes(8) + true.blob[8:])
    for lines in ((true, false), (false, true)):
        with pytest.raises(BadNote):
            cosignature_time(with_lines(*lines), BAWASLU)


def test_a_line_of_the_same_name_with_another_key_is_passed_over() -> None:
    stranger = cosign(SIGNED, BAWASLU.name, key_of("stranger"), DAWN)
    assert cosignature_time(with_lines(stranger, by_bawaslu()), BAWASLU) == DAWN
    assert cosignature_time(with_lines(stranger), BAWASLU) is None


def test_a_witness_does_not_sign_for_the_log() -> None:
    as_log = NoteKey(ORIGIN, LOG_SIGNATURE, key_of("bawaslu").public.x)
    with pytest.raises(BadNote):
        check_log_signature(with_lines(by_bawaslu()), as_log)


@given(st.binary(max_size=300))
def test_no_bytes_stop_a_reader_of_notes(data: bytes) -> None:
    for whole in (data, SIGNED.text.encode() + b"\n" + data, data + SIGNED.encode()):
        with suppress(BadNote):
            assert read_note(whole).encode() == whole


@given(st.integers(0, len(SIGNED.encode()) - 1), st.integers(0, 255))
def test_no_byte_of_a_signed_checkpoint_may_change(at: int, octet: int) -> None:
    changed = bytearray(SIGNED.encode())
    if changed[at] == octet:
        return
    changed[at] = octet
    with pytest.raises(BadNote):
        check_log_signature(read_checkpoint(bytes(changed)), LOG)


def test_a_text_with_an_empty_line_ends_at_the_last_one() -> None:
    note = Note("first\n\nsecond\n", SIGNED.lines)
    assert read_note(note.encode()) == note
    with pytest.raises(BadNote):
        read_checkpoint(note.encode())


def test_a_note_of_a_megabyte_is_refused_unread() -> None:
    with pytest.raises(BadNote):
        read_note(b"x" * 1_000_001)


@pytest.mark.parametrize("key", [LOG, BAWASLU], ids=["log", "witness"])
def test_a_verifier_key_comes_back_from_its_text(key: NoteKey) -> None:
    assert read_vkey(key.vkey()) == key


def test_the_median_is_the_middle() -> None:
    assert median([30, 10, 20]) == 20
    assert median([40, 10, 21, 30]) == 25
    assert median([7]) == 7
