"""An administrator's key on their own machine, and the journal of all that was ever signed with it there.

The journal is written before anybody sees a signature: the same number is never signed twice, whatever breaks off.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kawal.ledger.event import BadEvent, Event, read_event
from kawal.ledger.keys import SigningKey
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal.ledger.sealed_key import BadSealedKey, SealedKey, WrongPassphrase, read_sealed

JOURNAL = ".journal"


class CannotSign(RuntimeError):
    """Nothing is signed; the message says why and what to do."""


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner reads; one that is there stays. Raises: CannotSign."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CannotSign(f"{path}: sudah ada; pilih nama lain / exists already; choose another name") from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_key_file(path: Path) -> SealedKey:
    """The sealed key in a file. Raises: CannotSign."""
    try:
        return read_sealed(path.read_text("ascii"))
    except (OSError, UnicodeDecodeError, BadSealedKey) as error:
        raise CannotSign(f"{path}: {error}") from error


def open_key(sealed: SealedKey, passphrase: str) -> SigningKey:
    """Open a sealed key. Raises: CannotSign."""
    try:
        return sealed.unseal(passphrase)
    except WrongPassphrase as error:
        raise CannotSign(str(error)) from error


@dataclass
class Journal:
    """What was signed here with one key, by log, in order."""

    file: IO[bytes]
    lines: dict[LogName, list[tuple[bytes, Event]]] = field(default_factory=dict)

    def events(self, log: LogName) -> list[Event]:
        """The events of a log, by number."""
        return [event for _, event in self.lines.get(log, [])]

    def keep(self, log: LogName, jws: bytes) -> None:
        """Write one signature down for good, before it goes anywhere."""
        self.file.write(json.dumps({"log": log, "jws": jws.decode("ascii")}).encode() + b"\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        self.lines.setdefault(log, []).append((jws, read_event(jws).event))

    def after(self, log: LogName, seq: int) -> list[bytes]:
        """What was signed beyond a number: what the post does not have yet."""
        return [jws for jws, event in self.lines.get(log, []) if event.seq > seq]


@contextmanager
def journal_of(key_path: Path) -> Iterator[Journal]:
    """The journal beside a key file, held so that nobody else signs meanwhile. Raises: CannotSign."""
    path = key_path.with_name(key_path.name + JOURNAL)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotSign(f"{path}: sedang dipakai / in use by another run") from error
        journal = Journal(file)
        for number, line in enumerate(file.read().splitlines(), 1):
            _take(journal, path, number, line)
        yield journal


def _take(journal: Journal, path: Path, number: int, line: bytes) -> None:
    try:
        told = json.loads(line)
        log, jws = told["log"], str(told["jws"]).encode("ascii")
        event = read_event(jws).event
    except (ValueError, KeyError, TypeError, BadEvent) as error:
        # A line that a power cut left half written was never shown to anyone: but its number may be lost, so a
        # person looks at it.
        raise CannotSign(
            f"{path}, baris {number}: tidak terbaca. Hapus baris itu hanya bila baris terakhir dan terpotong. / "
            f"{path}, line {number}: cannot be read. Delete it only if it is the last one and cut off."
        ) from error
    if log not in LOG_NAMES:
        raise CannotSign(f"{path}, baris {number}: log tidak dikenal / unknown log")
    journal.lines.setdefault(log, []).append((jws, event))
