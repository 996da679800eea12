"""Signed notes: a text with signature lines by named keys. Source: C2SP signed-note."""

from dataclasses import dataclass
from hashlib import sha256

from kawal.ledger.encoding import NotCanonical, b64, unb64
from kawal.ledger.keys import ED25519, PublicKey

LOG_SIGNATURE = 0x01
COSIGNATURE = 0x04
NOTE_LIMIT = 1_000_000
LINE_LIMIT = 100


class BadNote(ValueError):
    """The text is not a signed note, or a key that must have signed it did not."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line below a note. `blob`: what follows the 4-byte key id."""

    name: str
    key_id: bytes
    blob: bytes

    def text(self) -> str:
        """The line with its line end."""
        return f"— {self.name} {b64(self.key_id + self.blob)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A note split into its text (with the final line end) and its signature lines."""

    text: str
    lines: tuple[SignatureLine, ...]

    def encode(self) -> bytes:
        """The note as it is published."""
        return (self.text + "\n" + "".join(line.text() for line in self.lines)).encode()


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A verifying key with its name and signature type (`vkey`)."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """First 4 bytes of SHA-256(name || LF || type || key)."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def key(self) -> PublicKey:
        """The Ed25519 key itself."""
        return PublicKey(ED25519, self.public)

    def vkey(self) -> str:
        """The text form: `name+hash+base64(type || key)`."""
        return f"{self.name}+{self.key_id.hex()}+{b64(bytes([self.kind]) + self.public)}"

    def lines_of(self, note: Note) -> list[SignatureLine]:
        """The lines of a note that carry this key's name and id."""
        return [line for line in note.lines if line.name == self.name and line.key_id == self.key_id]


def read_vkey(text: str) -> NoteKey:
    """Read a vkey. Raises: BadNote. Only Ed25519 log keys (0x01) and cosigners (0x04) are known here."""
    parts = text.split("+", 2)
    if len(parts) != 3 or not _is_name(parts[0]):
        raise BadNote(f"bukan vkey / not a vkey: {text[:60]!r}")
    try:
        material = unb64(parts[2])
    except NotCanonical as error:
        raise BadNote(f"vkey bukan base64 / the vkey is not base64: {text[:60]!r}") from error
    if len(material) != 33 or material[0] not in (LOG_SIGNATURE, COSIGNATURE):
        raise BadNote("jenis kunci tidak dikenal / unknown key type in vkey")
    key = NoteKey(parts[0], material[0], material[1:])
    if parts[1] != key.key_id.hex():
        raise BadNote("nomor kunci vkey salah / the vkey's key id is wrong")
    return key


def read_note(data: bytes) -> Note:
    """Split a signed note; signatures are not verified here. Raises: BadNote."""
    if len(data) > NOTE_LIMIT:
        raise BadNote("catatan terlalu besar / the note is too large")
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadNote("catatan bukan UTF-8 / the note is not UTF-8") from error
    if any(character < " " and character != "\n" for character in content):
        raise BadNote("catatan memuat huruf kendali / the note holds a control character")
    at = content.rfind("\n\n")
    if at < 0 or not content.endswith("\n") or at + 2 >= len(content):
        raise BadNote("catatan tanpa tanda tangan / the note has no signatures")
    lines = content[at + 2 : -1].split("\n")
    if len(lines) > LINE_LIMIT:
        raise BadNote("terlalu banyak tanda tangan / the note has too many signatures")
    return Note(content[: at + 1], tuple(_read_line(line) for line in lines))


def _read_line(line: str) -> SignatureLine:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not _is_name(parts[1]):
        raise BadNote(f"baris tanda tangan rusak / malformed signature line: {line[:60]!r}")
    try:
        blob = unb64(parts[2])
    except NotCanonical as error:
        raise BadNote(f"tanda tangan bukan base64 / the signature is not base64: {line[:60]!r}") from error
    if len(blob) < 5:
        raise BadNote("tanda tangan terlalu pendek / the signature is too short")
    return SignatureLine(parts[1], blob[:4], blob[4:])


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(character.isspace() for character in name)
