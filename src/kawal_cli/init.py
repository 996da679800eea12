"""Setting an operation up from the terminal: lists are read, doubted and refused as on the page Operasi."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kawal_cli.words import plain, say

if TYPE_CHECKING:
    from kawal.election.lists.columns import ListKind
    from kawal_server.actions.keep_lists import Doubt
    from kawal_server.actions.read_lists import Preview
    from kawal_server.actions.set_operation import Asked
    from kawal_server.store.models import Operation

MOST_PROBLEMS = 40
BY = "kawal init"


class CannotInit(RuntimeError):
    """The operation cannot be set up with this; the message says why and what to do."""


class NotSure(RuntimeError):
    """A list leaves doubts that nobody confirmed."""


def describe(asked: "Asked") -> "Operation":
    """Keep which operation this is; one that is open stays as it is. Raises: CannotInit."""
    from kawal_server.actions.set_operation import OperationRefused, is_fixed, set_operation
    from kawal_server.store.models import Operation

    held = Operation.objects.first()
    if held is not None and (is_fixed(held) or not asked.name):
        return held
    try:
        return set_operation(asked)
    except OperationRefused as refused:
        raise CannotInit("; ".join(refused.fields.values())) from refused


def take_list(kind: "ListKind", path: Path, *, decree: int | None, yes: bool, console: Console) -> None:
    """Read a list, show it, and accept it when nothing is in doubt. Raises: CannotInit, NotSure."""
    from kawal_server.actions.keep_lists import change_of, doubts_of, keep, remember_columns
    from kawal_server.actions.open_lists import ListRefused, open_list
    from kawal_server.actions.read_lists import Choice, EmptyList, read_list, setting_of
    from kawal_server.store.models import Operation

    operation = Operation.objects.get()
    choice = Choice(decree={} if decree is None else {"": decree})
    try:
        preview = read_list(kind, open_list(path.read_bytes()), choice, setting_of(operation, kind))
    except (ListRefused, EmptyList) as error:
        raise CannotInit(f"{path}: {error}") from error
    doubts = doubts_of(preview, change_of(kind, preview.rows, operation))
    _show(preview, doubts, path, console)
    if preview.missing or preview.errors or not preview.rows:
        raise CannotInit(preview.missing or _rows_wrong(path))
    if (doubts or preview.warnings) and not yes:
        raise NotSure(
            say(
                f"{path}: ada yang perlu dipastikan. Perbaiki daftarnya, atau ulangi dengan --yes.",
                f"{path}: something needs to be confirmed. Correct the list, or repeat with --yes.",
            )
        )
    keep(kind, preview.rows, file_name=path.name, confirmed=[one.says for one in doubts], by=BY)
    remember_columns(preview)


def go_live() -> Mapping[str, int]:
    """Open the operation, or register what its lists add to an open one; gives rows by kind. Raises: CannotInit."""
    from kawal_server import clock
    from kawal_server.actions.open_operation import open_operation
    from kawal_server.actions.register_lists import MANIFESTS, NoStations, OutsideArea, register_changes, registered
    from kawal_server.store.models import Operation

    operation = Operation.objects.get()
    try:
        if operation.opened_at is None:
            open_operation(at=clock.now())
        else:
            register_changes(operation, at=clock.now())
    except (NoStations, OutsideArea) as error:
        raise CannotInit(str(error)) from error
    return {kind: len(registered(kind)) for kind in MANIFESTS}


def say_what_next(data: Path, console: Console) -> None:
    """Say how the operation goes on in the browser."""
    lines = [
        say(f"1. Jalankan: kawal serve --data {data}", f"1. Run: kawal serve --data {data}"),
        say("2. Buka alamat yang dicetak, masuk sebagai operator.", "2. Open the address it prints, sign in."),
        say(
            "3. Buka halaman Operasi dan ikuti kedelapan langkahnya: unggah daftar TPS, lalu buka operasi.",
            "3. Open the page Operation and follow its eight steps: upload the stations, then open the operation.",
        ),
    ]
    for line in lines:
        console.print(plain(line))


def _rows_wrong(path: Path) -> str:
    return say(
        f"{path}: ada baris yang tidak terbaca. Perbaiki, lalu ulangi.",
        f"{path}: rows could not be read. Correct them and repeat.",
    )


def _show(preview: "Preview", doubts: "Sequence[Doubt]", path: Path, console: Console) -> None:
    language = say("id", "en")
    summed = Table(title=Text(f"{path.name} · {preview.kind}"), title_justify="left")
    summed.add_column(say("yang terbaca", "what was read"))
    summed.add_column(say("jumlah", "count"), justify="right")
    for name, count in (
        (say("baris diterima", "rows taken"), len(preview.rows)),
        (say("baris tidak terbaca", "rows not read"), len(preview.errors)),
        (say("perlu dilihat", "to be looked at"), len(preview.warnings)),
        (say("nama dibaca sebagai", "names read as others"), len(preview.read_as)),
        (say("baris dilewati", "rows passed over"), len(preview.skipped)),
    ):
        summed.add_row(name, str(count))
    console.print(summed)
    for problem in preview.problems[:MOST_PROBLEMS]:
        shape = "◆" if problem.severity == "error" else "▲"
        where = f"{say('baris', 'row')} {problem.row_number} {problem.column}".strip() if problem.row_number else ""
        console.print(plain(f"{shape} {where}{': ' if where else ''}{problem.says[language]}"))
    for one in doubts:
        console.print(plain(f"▲ {one.says[language]}"))
