"""Manifests and photos, kept under the hash that stands in the event which names them."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from hashlib import file_digest, sha256
from pathlib import Path

from kawal.ledger.encoding import b64u, blob_name, is_digest
from kawal.ledger.encoding import digest as own_digest
from kawal_server.store.files import DurableFolder

BLOB_LIMIT_BYTES = 16 * 1024 * 1024
_FOLDER = "blobs"
_HEX = re.compile(r"[0-9a-f]{64}")


class WrongBlob(ValueError):
    """The bytes are not those that the hash names."""


class BlobTooLarge(ValueError):
    """More bytes than a manifest or photo may have."""


class Blobs:
    """The `blobs/` of one log's folder. A file whose bytes do not match its name counts as not there."""

    def __init__(self, folder: Path) -> None:
        """folder: the log's folder; the files are `blobs/<sha256 hex>` in it."""
        self._folder = DurableFolder(folder)

    def keep(self, data: bytes, expected_hex: str | None = None) -> str:
        """Keep bytes durably, once; gives the hash as events name it. Raises: WrongBlob, BlobTooLarge."""
        _check_size(len(data))
        return self.keep_stream([data], sha256(data).hexdigest() if expected_hex is None else expected_hex)

    def keep_stream(self, chunks: Iterable[bytes], expected_hex: str) -> str:
        """Keep what arrives in pieces, holding one piece at a time; every piece is read even if the blob is there.

        expected_hex: lower-case SHA-256 of the whole. Raises: WrongBlob, BlobTooLarge; then nothing is kept.
        """
        if _HEX.fullmatch(expected_hex) is None:
            raise WrongBlob(f"bukan SHA-256 heksadesimal / not a SHA-256 in hexadecimal: {expected_hex[:70]!r}")
        named = b64u(bytes.fromhex(expected_hex))
        arriving = _checked(chunks, expected_hex)
        if self.holds(named):
            deque(arriving, maxlen=0)
        else:
            # Should a file stand there, it is damaged, for it does not match its name: the right bytes may replace it.
            self._folder.replace(f"{_FOLDER}/{expected_hex}", arriving)
        return named

    def holds(self, digest: str) -> bool:
        """Whether the bytes behind a hash (b64u, as events name it) are here and are those."""
        path = self._path(digest)
        if path is None:
            return False
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == path.name

    def read(self, digest: str) -> bytes | None:
        """The bytes behind a hash (b64u, as events name it), checked; None where they are not here."""
        path = self._path(digest)
        data = None if path is None else path.read_bytes()
        return data if data is not None and own_digest(data) == digest else None

    def _path(self, digest: str) -> Path | None:
        """Where the bytes would be; None where nothing of an allowed size is there."""
        if not is_digest(digest):
            return None
        path = self._folder.top / _FOLDER / blob_name(digest)
        return path if path.is_file() and path.stat().st_size <= BLOB_LIMIT_BYTES else None


def _checked(chunks: Iterable[bytes], expected_hex: str) -> Iterator[bytes]:
    """Pass the pieces on; raise before the last is out where they are too many or not the ones expected."""
    seen, size = sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        _check_size(size)
        seen.update(chunk)
        yield chunk
    if seen.hexdigest() != expected_hex:
        raise WrongBlob(
            "isi tidak cocok dengan nomor SHA-256-nya; kirim lagi berkas aslinya / "
            "the bytes do not match their SHA-256; send the original file again"
        )


def _check_size(size_bytes: int) -> None:
    if size_bytes > BLOB_LIMIT_BYTES:
        raise BlobTooLarge(
            f"lampiran lebih dari {BLOB_LIMIT_BYTES // 1024 // 1024} MiB; kecilkan fotonya / "
            "the attachment is larger than that; make the photo smaller"
        )
