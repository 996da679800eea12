"""Closing an operation: verified archives for KPU and Bawaslu, and then nothing about any person left at the post."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kawal_cli.archive import Archived, archive
from kawal_cli.reading import Progress
from kawal_cli.words import plain, say

if TYPE_CHECKING:
    from kawal_server.actions.close_operation import Erased, Remains
    from kawal_server.store.models import Operation


class NotClosed(RuntimeError):
    """The operation stays open; the message says what is in the way."""


@dataclass(frozen=True)
class Closed:
    """What closing did, and what is left."""

    name: str
    archives: tuple[Archived, ...]
    is_told: bool
    erased: "tuple[Erased, ...]"
    remains: "Remains"
    is_postgres: bool


def close(data: Path, out: Path, *, is_sure: "Callable[[Operation], bool]", progress: Progress | None = None) -> Closed:
    """Close the operation of a post that nobody serves. is_sure: asked once, before anything is done.

    The order is such that a crash anywhere is made good by closing again: nothing is erased before both archives hold.
    Raises: NotClosed, kawal_cli.archive.ArchiveDiffers, kawal_cli.verify.Wrong, Unreadable.
    """
    from django.db import connection

    from kawal_server import clock
    from kawal_server.actions import close_operation as closing
    from kawal_server.actions.open_operation import NoOperation
    from kawal_server.actions.sign import SignerBusy

    try:
        operation = closing.refuse_open(now=clock.now())
    except NoOperation as error:
        raise NotClosed(str(error)) from error
    except closing.CannotClose as error:
        raise NotClosed("\n".join(f"◆ {say(one.id, one.en)}" for one in error.ways)) from error
    if not is_sure(operation):
        raise NotClosed(say("Tidak jadi: tidak ada yang diubah.", "Not done: nothing was changed."))
    try:
        is_told = closing.publish_end(now=clock.now())
    except SignerBusy as error:
        raise NotClosed(str(error)) from error
    archives = tuple(archive(data / "logs", out, progress=progress))
    erased = closing.erase_and_mark(operation, now=clock.now())
    return Closed(
        operation.name, archives, is_told, tuple(erased), closing.remains(), connection.vendor == "postgresql"
    )


def show(done: Closed, console: Console) -> None:
    """Say what was archived, what was erased, and what is left."""
    for one in done.archives:
        sizes = ", ".join(f"{log} {size}" for log, size in one.sizes.items())
        console.print(plain(f"● {one.who}: {one.folder} ({sizes})"))
    if not done.is_told:
        console.print(
            plain(
                say(
                    "▲ Kunci Polri tidak ada di sini: penutupan tidak tertulis di log. Tulis dari ponsel komando.",
                    "▲ Polri's key does not lie here: the log was not told. Write it from the command's phone.",
                )
            )
        )
    if gone := [(one.table, _what(one)) for one in done.erased if one.rows]:
        console.print(_table(say("Dihapus", "Erased"), gone))
    else:
        console.print(plain(say("Tidak ada lagi yang perlu dihapus.", "Nothing was left to erase.")))
    left = [(name, str(count)) for name, count in done.remains.rows.items()]
    console.print(_table(say("Yang tersisa di basis data", "What the database still holds"), left))
    for log, size in done.remains.leaves.items():
        enrolled, people = done.remains.enrolled[log], done.remains.people[log]
        console.print(
            plain(
                say(
                    f"{log}: {size} peristiwa; {enrolled} pendaftaran dengan {people} tanda orang (p-…) dan komitmen "
                    "yang garamnya sudah dihapus: tidak seorang pun dapat membukanya lagi.",
                    f"{log}: {size} events; {enrolled} enrolments with {people} opaque ids (p-…) and commitments whose "
                    "salts are erased: nobody can open them any more.",
                )
            )
        )
    if done.is_postgres:
        console.print(
            plain(
                say(
                    "▲ PostgreSQL: hapus juga cadangan dan arsip WAL lama (docs/operate/close.md).",
                    "▲ PostgreSQL: delete backups and archived WAL too (docs/operate/close.md).",
                )
            )
        )


def _what(one: "Erased") -> str:
    rows = say(f"{one.rows} baris", f"{one.rows} rows")
    return f"{rows}: {', '.join(one.fields)}" if one.fields else rows


def _table(title: str, rows: list[tuple[str, str]]) -> Table:
    table = Table(title=Text(title), title_justify="left", show_header=False)
    for name, what in rows:
        table.add_row(plain(name), plain(what))
    return table
