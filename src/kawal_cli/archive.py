"""The two archives of a closed operation: KPU's, with every event of the boxes, and Bawaslu's, which names no post.

Bawaslu's holds the log of boxes whole, and of the guarding only checkpoint and hash tiles: enough to hold anybody to
that log later, and nothing of where guards stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from kawal.ledger.checkpoint import read_checkpoint
from kawal.ledger.log_of import KOTAK, PENGAMANAN
from kawal_cli import casefile, verify
from kawal_cli.reading import Progress, Unreadable
from kawal_cli.snapshot import copy_hashes
from kawal_cli.words import say
from kawal_machine.files import write_whole

KPU, BAWASLU = "kpu", "bawaslu"
_PART = ".belum-selesai"
_README = """Arsip operasi untuk {who}. Periksa dengan: kawal verify <folder ini>
Archive of the operation for {who}. Check with: kawal verify <this folder>
"""


class ArchiveDiffers(RuntimeError):
    """An archive lies in the folder already, and is not of the log as it ends."""


@dataclass(frozen=True, slots=True)
class Archived:
    """One archive, verified. checked: what held, one sentence each; sizes: leaves by log."""

    who: str
    folder: Path
    checked: tuple[str, ...]
    sizes: dict[str, int]


def archive(logs: Path, out: Path, *, progress: Progress | None = None) -> Iterator[Archived]:
    """Write both archives into a folder, or find them there, and verify each.

    logs: the post's published logs. Raises: ArchiveDiffers, kawal_cli.verify.Wrong, Unreadable.
    """
    for who in (KPU, BAWASLU):
        folder = out / who
        if not folder.exists():
            _write(logs, folder, who, progress)
        yield _verified(logs, folder, who, progress)


def _write(logs: Path, folder: Path, who: str, progress: Progress | None) -> None:
    """An archive appears whole or not at all: what a crash left half written is thrown away."""
    part = folder.with_name(folder.name + _PART)
    if part.exists():
        rmtree(part)
    part.mkdir(parents=True)
    casefile.export(logs / KOTAK, part / KOTAK, box=None, proofs="none", progress=progress)
    if who == BAWASLU and (logs / PENGAMANAN / "checkpoint").is_file():
        copy_hashes(logs / PENGAMANAN, part / PENGAMANAN, (logs / PENGAMANAN / "checkpoint").read_bytes())
    write_whole(part / "BACA-README.txt", _README.format(who="KPU" if who == KPU else "Bawaslu").encode())
    part.rename(folder)


def _verified(logs: Path, folder: Path, who: str, progress: Progress | None) -> Archived:
    checked = tuple(f"{one.log}: {say(one.what_id, one.what_en)}" for one in verify.verify(folder, progress))
    sizes: dict[str, int] = {}
    for log in (KOTAK, PENGAMANAN):
        path = folder / log / "checkpoint"
        if not path.is_file():
            continue
        data = path.read_bytes()
        sizes[log] = read_checkpoint(data).size
        if read_checkpoint((logs / log / "checkpoint").read_bytes()).root != read_checkpoint(data).root:
            raise ArchiveDiffers(
                say(
                    f"{folder}: arsip lain sudah ada di sini, bukan dari log yang berakhir ini. Pilih folder lain.",
                    f"{folder}: another archive lies here, not of this log as it ends. Choose another folder.",
                )
            )
    if not sizes:
        raise Unreadable(f"{folder}: arsip kosong / the archive is empty")
    return Archived(who, folder, checked, sizes)
