"""Signatures, a full check of a log, and appending with tiles, each against raw verification or hashing."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl import bindings

from bench.timing import alternate
from kawal.ledger.event import read_event
from kawal.ledger.events import read_enrol, read_genesis
from kawal.ledger.reading import LogReader
from kawal.ledger.tiles import TileWriter
from kawal.ledger.tree import Tree
from kawal_cli.reading import entries
from kawal_cli.verify import check_log
from kawal_machine.cores import verify_on_all_cores

Row = tuple[str, str, str]


def rows(log: Path, size: int) -> list[Row]:
    """Measure over the first `size` events of an exported log."""
    lines = list(entries(log, size))
    signed = _signed(lines)

    def raw_sodium() -> None:
        for key, message, signature in signed:
            bindings.crypto_sign_open(signature + message, key)

    def raw_cryptography() -> None:
        for key, message, signature in signed:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)

    def full_on_one_core() -> None:
        _check(_read(lines, LogReader("kotak")))

    def full_on_all_cores() -> None:
        _check(_read(lines, LogReader("kotak", verify_on_all_cores)))

    works = (raw_sodium, raw_cryptography, full_on_one_core, full_on_all_cores)
    sodium, other, one, every = alternate(works)
    count = len(lines)
    return [
        ("raw Ed25519 verification, PyNaCl", _rate(count, sodium.wall), "1.00, the yardstick"),
        ("raw Ed25519 verification, cryptography", _rate(count, other.wall), f"{sodium.wall / other.wall:.2f} x"),
        (
            "full check (signatures, chains, tree), one thread",
            _rate(count, one.wall),
            f"{sodium.wall / one.wall:.2f} x",
        ),
        ("full check, threads on all cores", _rate(count, every.wall), f"{sodium.wall / every.wall:.2f} x"),
        *_tiles(lines),
    ]


def _tiles(lines: Sequence[bytes]) -> list[Row]:
    many = list(lines) * max(1, 100_000 // len(lines))

    def leaves_alone() -> None:
        for line in many:
            sha256(b"\x00" + line).digest()

    def append() -> None:
        writer = TileWriter()
        for line in many:
            writer.append(line)
        writer.partial()
        writer.root()

    bare, whole = alternate((leaves_alone, append))
    return [
        ("leaf hashes alone (SHA-256)", _rate(len(many), bare.wall), "the yardstick of the next line"),
        ("append, tree and tiles, in memory", _rate(len(many), whole.wall), f"{bare.wall / whole.wall:.2f} x"),
    ]


def _check(reader: LogReader) -> bytes:
    """Everything that `kawal verify` checks of events: signatures, chains, what the phones saw, and the root."""
    content = reader.finish()
    check_log("kotak", content)
    return Tree(content.leaves).root()


def _rate(count: int, seconds: float) -> str:
    return f"{count / seconds:,.0f} events/s"


def _read(lines: Sequence[bytes], reader: LogReader) -> LogReader:
    for line in lines:
        reader.take(line)
    return reader


def _signed(lines: Sequence[bytes]) -> list[tuple[bytes, bytes, bytes]]:
    keys = {}
    signed = []
    for line in lines:
        envelope = read_event(line)
        if envelope.event.t == "ledger.genesis":
            keys.update({admin.kid: admin.key.x for admin in read_genesis(envelope.event).admins})
        if envelope.event.t == "ledger.enrol":
            enrol = read_enrol(envelope.event)
            keys[enrol.kid] = enrol.key.x
        signed.append((keys[envelope.event.kid], envelope.signing_input, envelope.signature))
    return signed
