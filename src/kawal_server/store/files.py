"""Files that survive a crash: written whole or not at all, on disk before the call returns, never changed unasked."""

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kawal_machine.files import WouldOverwrite

INCOMING = ".incoming"


class DurableFolder:
    """A folder whose files appear whole: temporary file, fsync, link or rename, fsync of the folder.

    Temporary files stand in `.incoming` beside the folder, not in it: whoever copies or serves the folder never meets
    one, and what a killed process leaves there, `sweep` takes away.
    """

    def __init__(self, top: Path) -> None:
        self.top = top
        self._incoming = top.parent / INCOMING
        self._settled: set[Path] = set()

    def read(self, path: str) -> bytes | None:
        """The bytes of a file below the folder; None where there is none."""
        try:
            return (self.top / path).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, path: str, data: bytes) -> None:
        """Write a file that never changes: the same bytes again are no news. Raises: WouldOverwrite."""
        target = self.top / path
        if not target.exists():
            with self._written([data], target.parent) as name, suppress(FileExistsError):
                os.link(name, target)
        if target.read_bytes() != data:
            raise WouldOverwrite(
                f"{target}: sudah ada dengan isi lain, dan tidak ditimpa; bandingkan dengan salinan cermin / "
                "exists with other bytes and is not overwritten; compare it with a mirror's copy"
            )
        self._settle(target.parent)

    def replace(self, path: str, chunks: Iterable[bytes]) -> None:
        """Write a file, or put other bytes in its place in one step; readers see the old or the new file.

        What `chunks` raises leaves the old file as it was.
        """
        target = self.top / path
        with self._written(chunks, target.parent) as name:
            os.replace(name, target)
        self._settle(target.parent)

    def remove(self, path: str) -> None:
        """Take a file away, where it is there."""
        target = self.top / path
        if target.exists():
            os.unlink(target)
            self._settle(target.parent)

    def sweep(self) -> None:
        """Take away what killed processes left in `.incoming`; nothing happens while anyone is writing there."""
        if not self._incoming.is_dir():
            return
        with _opened(self._incoming) as folder:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            for left in self._incoming.iterdir():
                left.unlink()

    @contextmanager
    def _written(self, chunks: Iterable[bytes], folder: Path) -> Iterator[str]:
        _make(self._incoming)
        _make(folder)
        # The shared lock on `.incoming` is what keeps `sweep` away from files that are still being written.
        with _opened(self._incoming) as incoming:
            fcntl.flock(incoming, fcntl.LOCK_SH)
            handle, name = tempfile.mkstemp(dir=self._incoming)
            try:
                with os.fdopen(handle, "wb") as file:
                    for chunk in chunks:
                        file.write(chunk)
                    os.fchmod(file.fileno(), 0o644)
                    file.flush()
                    os.fsync(file.fileno())
                yield name
            finally:
                Path(name).unlink(missing_ok=True)

    def _settle(self, folder: Path) -> None:
        """Bring a folder's names to disk; the first time also those of the folders above it."""
        _sync(folder)
        while folder not in self._settled and folder != self.top.parent:
            self._settled.add(folder)
            folder = folder.parent
            _sync(folder)


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)


def _sync(folder: Path) -> None:
    with _opened(folder) as handle:
        os.fsync(handle)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)
