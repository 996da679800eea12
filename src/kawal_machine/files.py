"""Files as an export keeps them: written whole or not at all, never overwritten with other bytes."""

import os
import tempfile
from pathlib import Path


class WouldOverwrite(RuntimeError):
    """A file that must never change already holds other bytes."""


def write_whole(path: Path, data: bytes, *, is_durable: bool = False) -> None:
    """Write through a temporary file and a rename; durable: with fsync of the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if is_durable:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_once(path: Path, data: bytes, *, is_durable: bool = False) -> None:
    """Write a file that never changes: the same bytes again are no news, others are refused.

    Raises: WouldOverwrite.
    """
    if path.exists():
        if path.read_bytes() != data:
            raise WouldOverwrite(f"{path}: sudah ada dengan isi lain / exists with other bytes")
        return
    write_whole(path, data, is_durable=is_durable)
