"""A copy of a log's folder as one checkpoint covers it, taken while the post goes on publishing."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kawal.ledger.checkpoint import read_checkpoint
from kawal.ledger.tiles import WIDTH, bundle, tile_path, tile_sizes, unbundle
from kawal_cli.reading import Unreadable
from kawal_machine.files import write_whole

HASH_BYTES = 32
_OLDER = re.compile(r"checkpoint\.(\d+)|cons\.\d+\.(\d+)")


def copy_published(folder: Path, target: Path, checkpoint: bytes) -> None:
    """Copy what belongs to this checkpoint: its tiles and entries, everything older, the policy and the blobs.

    Partial tiles come first, because they are the only files that a running post ever takes away.
    Raises: Unreadable where a file is missing.
    """
    size = read_checkpoint(checkpoint).size
    _copy(folder, target, _tiles(size), size)
    for path in sorted((folder / "blobs").glob("*")):
        write_whole(target / "blobs" / path.name, path.read_bytes())
    write_whole(target / "checkpoint", checkpoint)


def copy_hashes(folder: Path, target: Path, checkpoint: bytes) -> None:
    """Copy what belongs to this checkpoint without a single event: hash tiles, older checkpoints, the policy.

    Raises: Unreadable where a file is missing.
    """
    size = read_checkpoint(checkpoint).size
    _copy(folder, target, tile_sizes(size), size)
    write_whole(target / "checkpoint", checkpoint)


def _copy(folder: Path, target: Path, tiles: Iterable[tuple[int | str, int, int]], size: int) -> None:
    for level, index, width in sorted(tiles, key=lambda tile: tile[2] == WIDTH):
        write_whole(target / tile_path(level, index, width), _tile(folder, level, index, width))
    for path in sorted(folder.iterdir()):
        older = _OLDER.fullmatch(path.name)
        if path.name == "policy" or (older is not None and int(older[1] or older[2]) <= size):
            write_whole(target / path.name, path.read_bytes())


def _tiles(size: int) -> Iterator[tuple[int | str, int, int]]:
    yield from tile_sizes(size)
    for index in range(-(-size // WIDTH)):
        yield "entries", index, min(WIDTH, size - index * WIDTH)


def _tile(folder: Path, level: int | str, index: int, width: int) -> bytes:
    """The bytes of a tile; of a partial one that is gone, the beginning of the full one that took its place."""
    try:
        return (folder / tile_path(level, index, width)).read_bytes()
    except OSError:
        full = folder / tile_path(level, index)
    try:
        data = full.read_bytes()
    except OSError as error:
        raise Unreadable(f"{full}: tidak terbaca / cannot be read: {error}") from error
    return bundle(unbundle(data)[:width]) if level == "entries" else data[: width * HASH_BYTES]
