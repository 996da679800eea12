"""Checkpoints of a log and their cosignatures. Source: C2SP tlog-checkpoint and tlog-cosignature."""

from collections.abc import Sequence
from dataclasses import dataclass

from kawal.ledger.encoding import NotCanonical, b64, unb64
from kawal.ledger.keys import SIGNATURE_BYTES, BadKey, BadSignature, SigningKey, verify
from kawal.ledger.note import COSIGNATURE, LOG_SIGNATURE, BadNote, Note, NoteKey, SignatureLine, read_note

TIME_LIMIT = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: who, how many leaves, which root (32 bytes); with the note that carries it."""

    origin: str
    size: int
    root: bytes
    note: Note


def body(origin: str, size: int, root: bytes) -> str:
    """The three lines that are signed; this log writes no extension lines."""
    return f"{origin}\n{size}\n{b64(root)}\n"


def read_checkpoint(data: bytes) -> Checkpoint:
    """Read a checkpoint; signatures are not verified here. Raises: BadNote."""
    note = read_note(data)
    lines = note.text.split("\n")[:-1]
    if len(lines) != 3 or not lines[0]:
        raise BadNote("titik periksa bukan tiga baris / a checkpoint has exactly three lines")
    try:
        root = unb64(lines[2])
    except NotCanonical as error:
        raise BadNote("akar bukan base64 / the root is not base64") from error
    if len(root) != 32 or not _is_decimal(lines[1]):
        raise BadNote("ukuran atau akar rusak / malformed size or root")
    return Checkpoint(lines[0], int(lines[1]), root, note)


def _is_decimal(text: str) -> bool:
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") and len(text) <= 19


def sign_checkpoint(origin: str, size: int, root: bytes, key: SigningKey) -> Note:
    """Sign a tree head as the log (type 0x01); the key's name is the origin."""
    text = body(origin, size, root)
    name = NoteKey(origin, LOG_SIGNATURE, key.public.x)
    return Note(text, (SignatureLine(origin, name.key_id, key.sign(text.encode())),))


def cosign(checkpoint: Note, name: str, key: SigningKey, at: int) -> SignatureLine:
    """Cosign a checkpoint's text as witness `name` at UNIX second `at` (type 0x04)."""
    signature = key.sign(_cosigned(checkpoint.text, at))
    return SignatureLine(name, NoteKey(name, COSIGNATURE, key.public.x).key_id, at.to_bytes(8) + signature)


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def check_log_signature(checkpoint: Checkpoint, key: NoteKey) -> None:
    """Check that the log signed this head. Raises: BadNote."""
    lines = key.lines_of(checkpoint.note)
    if checkpoint.origin != key.name or not lines:
        raise BadNote(f"titik periksa tanpa tanda tangan log / the log {key.name} did not sign this checkpoint")
    for line in lines:
        try:
            verify(key.key, checkpoint.note.text.encode(), line.blob)
        except (BadSignature, BadKey) as error:
            raise BadNote(f"tanda tangan log tidak cocok / the log's signature fails: {key.name}") from error


def cosignature_time(checkpoint: Checkpoint, witness: NoteKey) -> int | None:
    """The time at which a witness cosigned, UNIX seconds; None where it did not.

    Raises: BadNote when a line bears the witness's name and key id and does not verify.
    """
    times = [_line_time(checkpoint, witness, line) for line in witness.lines_of(checkpoint.note)]
    return min(times, default=None)


def _line_time(checkpoint: Checkpoint, witness: NoteKey, line: SignatureLine) -> int:
    at = int.from_bytes(line.blob[:8])
    if len(line.blob) != 8 + SIGNATURE_BYTES or at > TIME_LIMIT:
        raise BadNote(f"tanda tangan saksi rusak / malformed cosignature of {witness.name}")
    try:
        verify(witness.key, _cosigned(checkpoint.note.text, at), line.blob[8:])
    except (BadSignature, BadKey) as error:
        raise BadNote(f"tanda tangan saksi tidak cocok / the cosignature of {witness.name} fails") from error
    return at


def median(times: Sequence[int]) -> int:
    """The middle value; of an even number the mean of the two in the middle, rounded down to a second."""
    ordered = sorted(times)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2
