"""Reading what an audit is given: full exports or bare `events.jws`, of one log or of both."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kawal.ledger.checkpoint import Checkpoint, read_checkpoint
from kawal.ledger.encoding import NotCanonical, blob_name, digest
from kawal.ledger.log_of import KOTAK, LOG_NAMES
from kawal.ledger.note import BadNote
from kawal.ledger.policy import BadPolicy, NoQuorum, read_policy
from kawal.ledger.reading import LogContent, LogReader, Problem, Witnessed
from kawal.ledger.tiles import WIDTH, BadBundle, tile_path, unbundle
from kawal.ledger.tree import CompactRange
from kawal_machine.cores import verify_on_all_cores

Progress = Callable[[str, int, int], None]
BLOB_LIMIT = 64 * 1024 * 1024


class CannotPlan(RuntimeError):
    """There is nothing to plan with, or no plan came of it; the message says why."""


class Unreadable(RuntimeError):
    """What was given is no log. The message says what is so and what to do."""


@dataclass(frozen=True, slots=True)
class FolderBlobs:
    """Manifests by hash, from the `blobs/` of the logs read; a file whose bytes do not match its name is not there."""

    folders: tuple[Path, ...]

    def holds(self, named: str) -> bool:
        """Whether the bytes behind a hash are here and are those."""
        return self.read(named) is not None

    def read(self, named: str) -> bytes | None:
        """The bytes behind a hash, checked; None where no folder holds them."""
        try:
            name = blob_name(named)
        except NotCanonical:
            return None
        for folder in self.folders:
            path = folder / "blobs" / name
            if path.is_file() and path.stat().st_size <= BLOB_LIMIT:
                data = path.read_bytes()
                if digest(data) == named:
                    return data
        return None


@dataclass(frozen=True, slots=True)
class Given:
    """What a folder holds. notes: what could not be used, though the rest was; is_broken: an export does not hold."""

    logs: tuple[LogContent, ...]
    blobs: FolderBlobs
    notes: tuple[str, ...]
    is_broken: bool = False


def log_folders(folder: Path) -> dict[str, Path]:
    """Find the logs in a folder: `kotak/` and `pengamanan/`, or the folder itself as one log. Raises: Unreadable."""
    if not folder.is_dir():
        raise Unreadable(f"{folder}: tidak ada / no such folder")
    both: dict[str, Path] = {name: folder / name for name in LOG_NAMES if is_log(folder / name)}
    if both:
        return both
    if is_log(folder):
        return {folder.name if folder.name in LOG_NAMES else KOTAK: folder}
    raise Unreadable(
        f"{folder}: bukan ekspor Kawal. Harus berisi `checkpoint` dan `tile/`, atau `events.jws`, atau folder `kotak` "
        "dan `pengamanan` / not a Kawal export: `checkpoint` and `tile/`, or `events.jws`, or the folders `kotak` and "
        "`pengamanan` are looked for"
    )


def is_log(folder: Path) -> bool:
    """Tell whether a folder holds a log."""
    return (folder / "events.jws").is_file() or (folder / "checkpoint").is_file()


def read_given(folder: Path, progress: Progress | None = None, *, as_of: int | None = None) -> Given:
    """Read every log of a folder. A bad line or file is noted and takes nothing else down.

    as_of: UNIX seconds; then each log is read as its witnesses had seen it by that time. Raises: Unreadable.
    """
    logs: list[LogContent] = []
    notes: list[str] = []
    folders = log_folders(folder)
    is_broken = False
    for name, path in folders.items():
        content, said, holds = _read_log(name, path, progress, as_of)
        is_broken |= not holds
        if not content.events and as_of is not None:
            raise Unreadable(f"{path}: saat itu belum ada yang disaksikan / nothing was witnessed by then")
        if not content.events:
            raise Unreadable(f"{path}: log kosong, bukan log tanpa temuan / the log is empty, which proves nothing")
        logs.append(content)
        notes.extend(f"{path}: {one}" for one in said)
        notes.extend(f"{path}: daun {one.index} / leaf {one.index}: {one.reason}" for one in content.problems)
    return Given(tuple(logs), FolderBlobs(tuple(folders.values())), tuple(notes), is_broken)


def _read_log(
    name: str, folder: Path, progress: Progress | None, as_of: int | None
) -> tuple[LogContent, list[str], bool]:
    reader = LogReader(name, verify_on_all_cores)
    if (folder / "checkpoint").is_file():
        heads = read_heads(folder)
        witnessed = [one for one in heads.witnessed if as_of is None or one.at <= as_of]
        take = heads.newest.size if as_of is None else max((one.size for one in witnessed), default=0)
        for count, entry in enumerate(islice(entries(folder, heads.newest.size), take), 1):
            reader.take(entry)
            if progress is not None and count % 512 == 0:
                progress(name, count, take)
        content = reader.finish(witnessed)
        false = _false_heads(content, heads.newest)
        if false:
            # A tree that the entries do not give proves no time and no view: the phones are not to blame for it.
            content = replace(content, witnessed=(), has_tree=False)
        return content, [*heads.notes, *false], heads.holds and not false
    if as_of is not None:
        raise Unreadable(f"{folder}: tanpa titik periksa, masa lalu tidak terbukti / no checkpoints: no proven past")
    total = (folder / "events.jws").stat().st_size
    done = 0
    with (folder / "events.jws").open("rb") as file:
        for line in file:
            done += len(line)
            entry = line[:-1] if line.endswith(b"\n") else line
            if entry:
                reader.take(entry)
            if progress is not None and done % 512 < len(line):
                progress(name, done, total)
    return reader.finish(), [], True


def entries(folder: Path, size: int) -> Iterator[bytes]:
    """Yield the entries of an exported log in order. Raises: Unreadable where a bundle is absent or damaged."""
    for index in range(-(-size // WIDTH)):
        width = min(WIDTH, size - index * WIDTH)
        path = folder / tile_path("entries", index, width)
        if not path.is_file() and width < WIDTH:
            path = folder / tile_path("entries", index)
        try:
            found = unbundle(path.read_bytes())
        except (OSError, BadBundle) as error:
            raise Unreadable(f"{path}: tidak terbaca / cannot be read: {error}") from error
        if len(found) < width:
            raise Unreadable(f"{path}: {len(found)} entri, harus {width} / entries missing")
        yield from found[:width]


@dataclass(frozen=True, slots=True)
class Heads:
    """The checkpoints of an export. witnessed: those with a quorum; holds: none is false, and a policy is there."""

    newest: Checkpoint
    witnessed: tuple[Witnessed, ...]
    notes: tuple[str, ...]
    holds: bool


def read_heads(folder: Path) -> Heads:
    """Read the checkpoints of an export under its policy. Raises: Unreadable where the newest is no checkpoint."""
    try:
        newest = read_checkpoint((folder / "checkpoint").read_bytes())
    except (OSError, BadNote) as error:
        raise Unreadable(f"{folder / 'checkpoint'}: {error}") from error
    notes: list[str] = []
    try:
        policy = read_policy((folder / "policy").read_bytes())
    except (OSError, BadPolicy) as error:
        return Heads(newest, (), (f"policy: {error}",), holds=False)
    witnessed, older = [], list(older_checkpoints(folder, notes))
    holds = not notes
    for name, checkpoint in [("checkpoint", newest), *older]:
        try:
            at = policy.check(checkpoint)
        except (BadNote, NoQuorum) as error:
            # A quorum that is not met is one tick instead of two; a false signature is a false file.
            holds &= isinstance(error, NoQuorum)
            notes.append(f"{name}: {error}")
            continue
        if at is not None:
            witnessed.append(Witnessed(checkpoint.size, checkpoint.root, at))
    return Heads(newest, tuple(witnessed), tuple(notes), holds)


def _false_heads(content: LogContent, newest: Checkpoint) -> list[str]:
    """Checkpoints whose root the entries do not give."""
    heads = {(one.size, one.root) for one in content.witnessed} | {(newest.size, newest.root)}
    wanted = {size for size, _ in heads}
    tree = CompactRange()
    roots = {0: tree.root()}
    for leaf in content.leaves:
        tree.append(leaf)
        if tree.size in wanted:
            roots[tree.size] = tree.root()
    false = sorted(size for size, root in heads if size in roots and roots[size] != root)
    return [f"checkpoint {size}: akar bukan dari entri ini / the entries do not give its root" for size in false[:3]]


def older_checkpoints(folder: Path, notes: list[str]) -> Iterator[tuple[str, Checkpoint]]:
    """Yield the older checkpoints of an export by size; an unreadable one is noted."""
    named = [path for path in folder.glob("checkpoint.*") if path.suffix[1:].isascii() and path.suffix[1:].isdigit()]
    for path in sorted(named, key=lambda one: int(one.suffix[1:])):
        try:
            yield path.name, read_checkpoint(path.read_bytes())
        except (OSError, BadNote) as error:
            notes.append(f"{path.name}: {error}")


__all__ = [
    "FolderBlobs",
    "Given",
    "Problem",
    "Unreadable",
    "entries",
    "is_log",
    "log_folders",
    "older_checkpoints",
    "read_given",
    "read_heads",
]
