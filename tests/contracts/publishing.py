"""A full export made by hand: tree, tiles, bundles, log signature 0x01, cosignatures 0x04, consistency proofs."""

from __future__ import annotations

import base64
import hashlib
import itertools
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.contracts.logbook import ORIGIN
from tests.contracts.signing import b64u, leaf


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = split(len(leaves))
    return node(root(leaves[:half]), root(leaves[half:]))


def split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def inclusion(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962 section 2.1.1."""
    if len(leaves) == 1:
        return []
    half = split(len(leaves))
    if index < half:
        return [*inclusion(index, leaves[:half]), root(leaves[half:])]
    return [*inclusion(index - half, leaves[half:]), root(leaves[:half])]


def consistency(old: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    """RFC 6962 section 2.1.2."""
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    half = split(len(leaves))
    if old <= half:
        return [*consistency(old, leaves[:half], whole=whole), root(leaves[half:])]
    return [*consistency(old - half, leaves[half:], whole=False), root(leaves[:half])]


@dataclass
class Signer:
    """A key of a signed note: `kind` 1 for a log, 4 for a witness."""

    name: str
    kind: int
    key: Ed25519PrivateKey = field(init=False)
    public: bytes = field(init=False)

    def __post_init__(self) -> None:
        seed = hashlib.sha256(f"note/{self.name}/{self.kind}".encode()).digest()
        self.key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64(bytes([self.kind]) + self.public)}"

    def line(self, body: str, time: int = 0) -> str:
        """One signature line below `body`; a witness signs the time with it."""
        signed = self.key.sign(body.encode())
        if self.kind == 4:
            signed = time.to_bytes(8, "big") + self.key.sign(f"cosignature/v1\ntime {time}\n{body}".encode())
        return f"\u2014 {self.name} {b64(self.key_id + signed)}\n"


LOG = Signer(ORIGIN, 1)
WITNESSES = [Signer("saksi-satu.example/w", 4), Signer("saksi-dua.example/w", 4)]


def policy(log: Signer = LOG, quorum: str = "dua") -> str:
    listed = [f"witness w{number} {one.vkey}\n" for number, one in enumerate(WITNESSES, 1)]
    return f"log {log.vkey}\n{''.join(listed)}group dua all w1 w2\nquorum {quorum}\n"


@dataclass
class Publication:
    """Checkpoints of a growing log: `publish(lines, size, time)` for each, oldest first."""

    log: Signer = field(default_factory=lambda: LOG)
    witnesses: list[Signer] = field(default_factory=lambda: list(WITNESSES))
    notes: dict[int, str] = field(default_factory=dict)

    def publish(self, lines: list[bytes], time: int) -> list[object]:
        """Sign and cosign the tree of these lines; return the `cp` a phone would cite."""
        body, top = self.body(lines)
        signatures = self.log.line(body) + "".join(one.line(body, time) for one in self.witnesses)
        self.notes[len(lines)] = f"{body}\n{signatures}"
        return [len(lines), b64u(top)]

    def body(self, lines: list[bytes]) -> tuple[str, bytes]:
        top = root([leaf(line) for line in lines])
        return f"{self.log.name}\n{len(lines)}\n{b64(top)}\n", top

    def save(
        self, folder: Path, lines: list[bytes], blobs: dict[str, bytes], *, policy_text: str | None = None
    ) -> Path:
        """Write everything `kawal export` would, except proofs."""
        leaves = [leaf(line) for line in lines]
        sizes = sorted(self.notes)
        write(folder / "policy", (policy() if policy_text is None else policy_text).encode())
        write(folder / "checkpoint", self.notes[sizes[-1]].encode())
        for size in sizes[:-1]:
            write(folder / f"checkpoint.{size}", self.notes[size].encode())
        for old, new in itertools.pairwise(sizes):
            proof = "".join(f"{b64(one)}\n" for one in consistency(old, leaves[:new]))
            write(folder / f"cons.{old}.{new}", f"old {old}\n{proof}\n{self.notes[new]}".encode())
        save_tiles(folder, lines)
        (folder / "blobs").mkdir(exist_ok=True)
        for name, raw in blobs.items():
            write(folder / "blobs" / name, raw)
        return folder

    def save_proof(self, folder: Path, index: int, lines: list[bytes]) -> None:
        path = inclusion(index, [leaf(line) for line in lines])
        hashes = "".join(f"{b64(one)}\n" for one in path)
        text = f"c2sp.org/tlog-proof@v1\nindex {index}\n{hashes}\n{self.notes[len(lines)]}"
        write(folder / "proofs" / f"{index}.tlog-proof", text.encode())
        write(folder / "proofs" / f"{index}.jws", lines[index])


def save_tiles(folder: Path, lines: list[bytes]) -> None:
    hashes = [leaf(line) for line in lines]
    save_level(folder / "tile" / "entries", [len(line).to_bytes(2, "big") + line for line in lines])
    level = 0
    while hashes:
        save_level(folder / "tile" / str(level), hashes)
        whole = len(hashes) // 256
        hashes = [root(hashes[256 * n : 256 * (n + 1)]) for n in range(whole)]
        level += 1


def save_level(folder: Path, items: list[bytes]) -> None:
    for start in range(0, len(items), 256):
        part = items[start : start + 256]
        width = "" if len(part) == 256 else f".p/{len(part)}"
        write(folder / f"{grouped(start // 256)}{width}", b"".join(part))


def grouped(number: int) -> str:
    text = f"{number % 1000:03d}"
    while number := number // 1000:
        text = f"x{number % 1000:03d}/{text}"
    return text


def write(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
