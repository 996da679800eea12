"""One log on its way to the public: a store that can be tampered with, a folder, a signer, two log witnesses."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from kawal.ledger.checkpoint import Checkpoint
from kawal.ledger.event import Eid, leaf_id
from kawal.ledger.keys import SigningKey
from kawal.ledger.log_of import KOTAK, LogName
from kawal.ledger.note import COSIGNATURE, LOG_SIGNATURE, NoteKey
from kawal.ledger.tree import CompactRange, leaf_hash
from kawal_cli.verify import verify
from kawal_server.actions.publish import Cosigner, Publisher
from kawal_server.actions.sign import Signer
from kawal_server.store.blobs import Blobs
from kawal_server.store.checkpoint_files import CheckpointFiles
from kawal_server.store.files import DurableFolder
from kawal_server.store.port import Head, Leaf
from tests.mission.ledger.scene import DAWN, HOUR, digest_of, key_of, kotak

ORIGIN = "kpu.example/pilkada-2024/5303/kotak"
WITNESSES = ("bawaslu-1.example", "observer-1.example")
COSIGNERS = tuple(Cosigner(name, key_of(name), 2) for name in WITNESSES)


def policy_text(quorum: str = "both") -> str:
    return (
        f"log {NoteKey(ORIGIN, LOG_SIGNATURE, key_of('log').public.x).vkey()}\n"
        + "".join(f"witness {name} {NoteKey(name, COSIGNATURE, key_of(name).public.x).vkey()}\n" for name in WITNESSES)
        + f"group both all {' '.join(WITNESSES)}\nquorum {quorum}\n"
    )


@lru_cache
def lines(count: int) -> tuple[bytes, ...]:
    """The first leaves of one and the same log: who enrolled, which policies hold, and then seal checks."""
    log = kotak()
    ppk = log.enrols("ppk")
    for quorum in ("both", "none"):
        log.add(log.admins["kpu"].signs("ledger.policy", 300, mh=digest_of(policy_text(quorum))))
    log.leaves += [ppk.signs("custody.check", HOUR + number, box="GUB-1") for number in range(count - 5)]
    return tuple(log.leaves[:count])


@dataclass
class TamperedStore:
    """A store that believes what it is told: leaves by index, and a head that can be set apart from them."""

    jws: list[bytes] = field(default_factory=list)
    eids: list[str] = field(default_factory=list)
    edge: CompactRange = field(default_factory=CompactRange)

    def commit(self, *added: bytes) -> None:
        for one in added:
            self.jws.append(one)
            self.eids.append(leaf_id(one))
            self.edge.append(leaf_hash(one))

    def origin(self, log: LogName) -> str | None:
        return ORIGIN

    def head(self, log: LogName) -> Head:
        return Head(self.edge.size, self.edge.edge)

    def leaves(self, log: LogName, start: int, end: int) -> list[Leaf]:
        end = min(end, len(self.jws))
        return [Leaf(index, Eid(self.eids[index]), self.jws[index], DAWN) for index in range(start, end)]


@dataclass
class Post:
    root: Path
    store: TamperedStore = field(default_factory=TamperedStore)
    cosigners: tuple[Cosigner, ...] = COSIGNERS
    key: SigningKey = field(default_factory=lambda: key_of("log"))
    at: int = DAWN
    signer: Signer | None = None
    publisher: Publisher | None = None

    @property
    def folder(self) -> Path:
        return self.root / "logs" / KOTAK

    def made(self, quorum: str = "both") -> "Post":
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "policy").write_text(policy_text(quorum), "utf-8")
        for one in ("both", "none"):
            Blobs(self.folder).keep(policy_text(one).encode())
        return self

    def started(self) -> "Post":
        """A new process: nothing in memory."""
        self.stop()
        published = CheckpointFiles(DurableFolder(self.folder)).all_newest()
        self.signer = Signer(self.root / "signer", KOTAK, origin=ORIGIN, key=self.key, published=published)
        self.publisher = Publisher(KOTAK, self.store, self.folder, self.signer, self.cosigners)
        return self

    def stop(self) -> None:
        if self.signer is not None:
            self.signer.close()
        self.signer = self.publisher = None

    def publish(self) -> Checkpoint | None:
        if self.publisher is None:
            self.started()
        assert self.publisher is not None
        self.at += 60
        return self.publisher.publish(self.at)

    def grown(self, size: int) -> Checkpoint | None:
        """Commit up to this size, and publish."""
        self.store.commit(*lines(size)[self.store.edge.size :])
        return self.publish()

    def verified(self) -> int:
        """Verify as anyone would; gives the size that `checkpoint` proves."""
        assert list(verify(self.folder))
        return int((self.folder / "checkpoint").read_text("utf-8").split("\n")[1])


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_changing(path: str) -> bool:
    return path in ("checkpoint", "checkpoint-unwitnessed")


def nothing_overwritten(before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    return all(after[path] == data for path, data in before.items() if path in after and not is_changing(path))


class PowerCut(BaseException):
    """The machine is gone: nobody may catch this."""


# An fsync changes nothing that a process sees: a cut at one would be the cut before it over again.
STEPS = ("mkdir", "link", "replace", "unlink", "rmdir")


@dataclass
class Power:
    """Counts what is done to the disk, and each signature; at step `cut` the power fails and stays away.

    kept: the step itself was still done.
    """

    cut: int | None = None
    kept: bool = False
    step: int = 0

    def through(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.step += 1
            if self.cut is None or self.step < self.cut:
                return real(*arguments, **named)
            if self.step == self.cut and self.kept:
                with suppress(OSError):
                    real(*arguments, **named)
            raise PowerCut

        return call

    @contextmanager
    def supplied(self, post: Post) -> Iterator[None]:
        key = post.key
        with pytest.MonkeyPatch.context() as patched:
            for name in STEPS:
                patched.setattr(os, name, self.through(getattr(os, name)))
            post.key = SigningKey(key.public, self.through(key.sign))
            try:
                yield
            finally:
                post.key, self.cut = key, None
