"""The tiles of a log on disk: going on from the right edge, writing what is new, and clearing partial ones."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kawal.ledger.tile_tree import BadTile, TileTree
from kawal.ledger.tiles import WIDTH, BadBundle, TileFile, TileWriter, tile_path, unbundle
from kawal.ledger.tree import leaf_hash
from kawal_server.store.files import DurableFolder

_PARTIAL = ".p"


class NoTile(LookupError):
    """A tile that the published tree needs is not on disk."""


class TileFolder:
    """The `tile/` of one log's folder."""

    def __init__(self, folder: DurableFolder) -> None:
        self._folder = folder

    def tree(self, size: int) -> TileTree:
        """The tree of `size` leaves as its tiles give it; reading it raises NoTile where one is absent."""
        return TileTree(size, self._read)

    def writer(self, size: int) -> TileWriter:
        """Go on behind `size` leaves, from the partial tiles alone: O(log size) files. Raises: NoTile, BadTile."""
        if not size:
            return TileWriter()
        entries: list[bytes] = []
        levels = []
        for path, width in _right_edge(size):
            data = self._read(path) if width else b""
            if path.startswith("tile/entries"):
                entries = _entries(path, data)
            elif len(data) == 32 * width:
                levels.append([data[at : at + 32] for at in range(0, len(data), 32)])
            else:
                raise BadTile(f"{self._folder.top / path}: ubin rusak / the tile is damaged")
        if levels[0] != [leaf_hash(entry) for entry in entries]:
            raise BadTile(f"{self._folder.top}: entri bukan milik ubinnya / the entries are not those of their tile")
        return TileWriter(size, entries, levels)

    def write(self, files: Iterable[TileFile]) -> None:
        """Write tiles durably, never over other bytes. Raises: WouldOverwrite."""
        for file in files:
            self._folder.keep(file.path, file.data)

    def superseded(self) -> list[Path]:
        """The folders of partial tiles whose full tile is there, found by looking through all."""
        return [one for one in (self._folder.top / "tile").rglob(f"*{_PARTIAL}") if one.with_suffix("").is_file()]

    def clear(self, folders: Iterable[Path], *, published: Iterable[int]) -> list[Path]:
        """Delete partial tiles, but none that the tree of a published size needs; gives the folders that stay."""
        needed = {self._folder.top / path for size in published for path, _ in _right_edge(size)}
        stay = []
        for folder in folders:
            if any(path.parent == folder for path in needed):
                stay.append(folder)
            elif folder.is_dir():
                for path in folder.iterdir():
                    path.unlink()
                folder.rmdir()
        return stay

    def partial_folder(self, path: str) -> Path:
        """Where the partial forms of a full tile stand."""
        return self._folder.top / f"{path}{_PARTIAL}"

    def _read(self, path: str) -> bytes:
        data = self._folder.read(path)
        if data is None:
            raise NoTile(f"{self._folder.top / path}: ubin tidak ada / the tile is not there")
        return data


def _entries(path: str, data: bytes) -> list[bytes]:
    try:
        return unbundle(data)
    except BadBundle as error:
        raise BadTile(f"{path}: {error}") from error


def _right_edge(size: int) -> Iterator[tuple[str, int]]:
    """Path and width of the partial bundle, and of the partial tile of each level; width 0: there is none to read."""
    yield tile_path("entries", size // WIDTH, size % WIDTH), size % WIDTH
    level = 0
    while size:
        yield tile_path(level, size // WIDTH, size % WIDTH), size % WIDTH
        size, level = size // WIDTH, level + 1
