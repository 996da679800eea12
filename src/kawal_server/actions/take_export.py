"""Take the record away: the case file of one box, or a whole log as an export, as a zip written while it is sent."""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from kawal.custody.naming import files_named
from kawal.ledger.checkpoint import read_checkpoint
from kawal.ledger.encoding import blob_name
from kawal.ledger.event import Eid, Event, Kid, read_event
from kawal.ledger.events import answers
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal.ledger.tiles import WIDTH, bundle, tile_path, tile_sizes, unbundle
from kawal_server.actions.check_leaf import LeafChecker, NoCheckpoint, read_tile
from kawal_server.actions.tell_box import leaves_about
from kawal_server.store.evidence import the_blobs
from kawal_server.store.heads import folder
from kawal_server.store.opened import the_store
from kawal_server.store.port import Leaf, Store

PIECE_BYTES = 256 * 1024
_STANDING = ("ledger.genesis", "ledger.enrol", "ledger.revoke")
_ADMITTING = ("ledger.enrol", "ledger.revoke")
# Times inside the zip tell nothing true: every file gets the same one, so the same case gives the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
_README = """Berkas perkara kotak {box}

<log>/proofs/<nomor>.jws adalah peristiwa yang ditandatangani; <nomor>.tlog-proof membuktikan bahwa peristiwa itu ada
di log yang disaksikan para saksi dalam <log>/policy. {left_id}
Periksa dengan:  kawal verify <folder ini>   atau dengan alat lain untuk c2sp.org/tlog-proof dan RFC 7515.

Case file of box {box}

<log>/proofs/<n>.jws is a signed event; <n>.tlog-proof proves that it stands in the log that the witnesses of
<log>/policy cosigned. {left_en}
Check with:  kawal verify <this folder>   or with any other tool for c2sp.org/tlog-proof and RFC 7515.
"""
File = tuple[str, bytes]


class NothingToProve(LookupError):
    """No witnessed checkpoint holds an event of this box yet."""


def case_file(box: str) -> Iterator[File]:
    """The files of a box's case: its events, what answers them, their signers' enrolments, each with its proof.

    Raises: NothingToProve, before the first file.
    """
    store = the_store()
    left, cases = 0, []
    for log in LOG_NAMES:
        checker = LeafChecker(log, store)
        about = leaves_about(store, log, box)
        if not about:
            continue
        size = 0 if checker.published is None else checker.published[1].size
        left += sum(leaf.index >= size for leaf in about)
        proven = [leaf for leaf in about if leaf.index < size]
        if proven:
            cases.append((checker, [leaf for leaf in _with_standing(store, log, proven) if leaf.index < size]))
    if not cases:
        raise NothingToProve(
            f"kotak {box} belum punya peristiwa dalam titik periksa yang disaksikan; coba lagi setelah yang berikut / "
            f"box {box} has no event in a witnessed checkpoint yet; try again after the next one"
        )
    return _case(box, cases, left)


def _case(box: str, cases: Sequence[tuple[LeafChecker, Sequence[Leaf]]], left: int) -> Iterator[File]:
    yield "BACA-README.txt", _README.format(box=box, left_id=_left(left, "id"), left_en=_left(left, "en")).encode()
    for checker, leaves in cases:
        yield from _case_of(checker, leaves)


def _left(left: int, language: str) -> str:
    if not left:
        return ""
    if language == "en":
        return f"{left} events are newer than the last checkpoint and not in here."
    return f"{left} peristiwa lebih baru dari titik periksa terakhir dan tidak ada di sini."


def _case_of(checker: LeafChecker, leaves: Sequence[Leaf]) -> Iterator[File]:
    log = checker.log
    if checker.published is None:
        raise NoCheckpoint(f"{log}: titik periksa hilang / the checkpoint is gone")
    yield f"{log}/policy", (folder(log) / "policy").read_bytes()
    yield f"{log}/checkpoint", checker.published[0]
    sent: set[str] = set()
    for leaf in leaves:
        yield f"{log}/proofs/{leaf.index}.tlog-proof", checker.proof_file(leaf.index)
        yield f"{log}/proofs/{leaf.index}.jws", leaf.jws
        for named in files_named(read_event(leaf.jws).event):
            data = the_blobs().read(named) if named not in sent else None
            if data is not None:
                sent.add(named)
                yield f"{log}/blobs/{blob_name(named)}", data


def _with_standing(store: Store, log: LogName, about: Sequence[Leaf]) -> list[Leaf]:
    """Add the genesis and whatever made or unmade the signers, and those who signed that, and so on."""
    chosen = {leaf.index: leaf for leaf in about}
    ledger = [(leaf, read_event(leaf.jws).event) for prefix in _STANDING for leaf in store.leaves_of(log, prefix)]
    kids = {read_event(leaf.jws).event.kid for leaf in about}
    chosen.update({leaf.index: leaf for leaf, event in ledger if event.t == "ledger.genesis" and leaf.index == 0})
    while kids:
        added = {leaf.index: (leaf, event) for leaf, event in _about_kids(ledger, kids) if leaf.index not in chosen}
        chosen.update({index: leaf for index, (leaf, _) in added.items()})
        kids = {event.kid for _, event in added.values()}
    return [chosen[index] for index in sorted(chosen)]


def _about_kids(ledger: Sequence[tuple[Leaf, Event]], kids: set[Kid]) -> Iterator[tuple[Leaf, Event]]:
    about = [one for one in ledger if one[1].t in _ADMITTING and one[1].payload.get("kid") in kids]
    yield from about
    eids: set[Eid] = {event.eid for _, event in about}
    for leaf, event in ledger:
        if event.t in ("ledger.enrol-ok", "ledger.revoke-ok") and eids & set(answers(event)):
            yield leaf, event


def export(logs: Iterable[LogName]) -> Iterator[File]:
    """The files of these logs as `kawal export` lays them out, up to the newest checkpoint of each.

    What is published meanwhile is left out, so the copy holds together.
    """
    for log in logs:
        where = folder(log)
        try:
            data = (where / "checkpoint").read_bytes()
        except FileNotFoundError:
            continue
        yield f"{log}/checkpoint", data
        yield f"{log}/policy", (where / "policy").read_bytes()
        size = read_checkpoint(data).size
        yield from ((f"{log}/{path.name}", path.read_bytes()) for path in _older(where, size))
        for path, read in _tiles(where, size):
            yield f"{log}/{path}", read()
        yield from ((f"{log}/blobs/{path.name}", path.read_bytes()) for path in _blobs(where))


def _older(where: Path, size: int) -> list[Path]:
    return sorted(
        path
        for pattern in ("checkpoint.*", "cons.*.*")
        for path in where.glob(pattern)
        if (last := path.name.rpartition(".")[2]).isdecimal() and int(last) <= size
    )


def _blobs(where: Path) -> list[Path]:
    return sorted(path for path in (where / "blobs").glob("*") if len(path.name) == 64)


def _tiles(where: Path, size: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for level, index, width in tile_sizes(size):
        path = tile_path(level, index, width)
        yield path, lambda path=path: read_tile(where, path)  # type: ignore[misc]
    for index in range(-(-size // WIDTH)):
        width = min(WIDTH, size - index * WIDTH)
        path = tile_path("entries", index, width)
        yield path, lambda path=path, width=width: read_bundle(where, path, width)  # type: ignore[misc]


def read_bundle(where: Path, path: str, width: int) -> bytes:
    """Read an entry bundle; of one that has grown full since, the first `width` entries."""
    try:
        return (where / path).read_bytes()
    except FileNotFoundError:
        whole, partial, _ = path.partition(".p/")
        if not partial:
            raise
        return bundle(unbundle((where / whole).read_bytes())[:width])


def zipped(files: Iterable[File]) -> Iterator[bytes]:
    """Pack files into a zip piece by piece; no more than one file is held at a time."""
    out = _Pieces()
    # Entries and hashes do not compress, and a zip that only copies is fast and simple.
    with zipfile.ZipFile(cast("IO[bytes]", out), "w", zipfile.ZIP_STORED) as archive:
        for path, data in files:
            archive.writestr(zipfile.ZipInfo(path, _DAY), data)
            if out.length >= PIECE_BYTES:
                yield out.take()
    yield out.take()


class _Pieces:
    """What zipfile writes to: bytes wait here until they are sent. It cannot seek, so the zip needs no going back."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self.length = 0

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        self.length += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def take(self) -> bytes:
        data = b"".join(self._waiting)
        self._waiting.clear()
        self.length = 0
        return data
