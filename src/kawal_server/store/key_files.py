"""Signing keys on disk: a 32-byte seed as base64url text, readable by nobody but the post."""

import os
import stat
from pathlib import Path

from kawal.ledger.encoding import NotCanonical, b64u, unb64u
from kawal.ledger.keys import SigningKey, ed25519_from_seed

SEED_BYTES = 32
_READ_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyReadByOthers(RuntimeError):
    """A key file that other accounts of this machine can read."""


class NoKeyFile(RuntimeError):
    """The key file is not there, or is no key."""


def read_key(path: Path) -> SigningKey:
    """Read a signing key. Raises: KeyReadByOthers, NoKeyFile."""
    try:
        with path.open("rb") as file:
            mode, text = os.fstat(file.fileno()).st_mode, file.read(100)
    except OSError as error:
        raise NoKeyFile(f"{path}: kunci tidak terbaca / the key cannot be read: {error.strerror}") from error
    if mode & _READ_BY_OTHERS:
        raise KeyReadByOthers(
            f"{path}: kunci dapat dibaca akun lain; jalankan chmod 600, dan ganti kunci bila mungkin sudah dibaca / "
            f"other accounts can read the key; run chmod 600 {path}, and replace the key if it may have been read"
        )
    try:
        seed = unb64u(text.removesuffix(b"\n"))
    except NotCanonical as error:
        raise NoKeyFile(f"{path}: bukan kunci base64url / not a key in base64url") from error
    if len(seed) != SEED_BYTES:
        raise NoKeyFile(f"{path}: kunci harus {SEED_BYTES} bita / the key must be {SEED_BYTES} bytes")
    return ed25519_from_seed(seed)


def make_key(path: Path, seed: bytes) -> SigningKey:
    """Write a new key that only the post's account can read; a key that is there stays as it is.

    seed: 32 bytes from a good source. Raises: FileExistsError.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(b64u(seed).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return read_key(path)
