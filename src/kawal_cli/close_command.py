"""The command `kawal close`: what it is asked, and whom it asks back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from kawal_cli.words import plain, say

if TYPE_CHECKING:
    from kawal_server.store.models import Operation


def close(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="Folder untuk kedua arsip / folder of both archives")],
    data: Annotated[Path, typer.Option("--data", help="Folder posko / the post's folder", envvar="KAWAL_DATA")] = Path(
        "data"
    ),
    yes: Annotated[bool, typer.Option("--yes", help="Tanpa bertanya / do not ask")] = False,
) -> None:
    """Tutup operasi sesudah putusan terakhir (close the operation after the last ruling).

    Menolak selama ada tahapan yang berjalan, pos yang menjaga kotak, atau perintah yang berlaku, dan menyebut semuanya.
    Menulis arsip untuk KPU dan Bawaslu dan memeriksanya, lalu menghapus data pribadi dan garamnya untuk selamanya.
    Aman diulang. Keluar 0 bila selesai, 1 bila ditolak atau arsipnya salah, 2 bila tidak terbaca.

    Refuses while a stage runs, a post guards boxes or an order stands, and names each.
    Writes the archives for KPU and Bawaslu and verifies them, then erases personal data and salts for good.
    Safe to repeat. Exits 0 when done, 1 where refused or an archive is wrong, 2 where something cannot be read.
    """
    from kawal_cli import closing, serve
    from kawal_cli.archive import ArchiveDiffers
    from kawal_cli.verify import Wrong

    console = Console(width=None if Console().is_terminal else 140)
    with serve.hold(data):
        serve.prepare(data, with_operator=False)
        try:
            done = closing.close(data, out, is_sure=lambda operation: yes or _asks(operation))
        except (closing.NotClosed, ArchiveDiffers, Wrong) as error:
            for line in str(error).splitlines():
                Console(stderr=True).print(plain(line))
            raise typer.Exit(1) from error
    closing.show(done, console)


def _asks(operation: "Operation") -> bool:
    name = operation.code_name or operation.name
    typed = typer.prompt(
        say(
            f"Data pribadi di posko ini dihapus untuk selamanya. Ketik nama operasinya ({name})",
            f"Personal data at this post is erased for good. Type the operation's name ({name})",
        )
    )
    return " ".join(str(typed).split()).casefold() == name.casefold()
