"""The command `kawal init`: what it is asked, and in which order it does it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from kawal.election.lists.columns import ListKind
from kawal_cli.words import plain, say


def init(
    data: Annotated[Path, typer.Option("--data", help="Folder posko / the post's folder", envvar="KAWAL_DATA")] = Path(
        "data"
    ),
    name: Annotated[str, typer.Option("--name", help="Nama operasi / the operation's name")] = "",
    code_name: Annotated[str, typer.Option("--code-name", help="Sandi / code name")] = "",
    area: Annotated[str, typer.Option("--area", help="Kode wilayah dipisah koma / region codes by comma")] = "",
    elections: Annotated[
        str, typer.Option("--elections", help="GUB,BUP,WAKO; tanpa ini menurut wilayah / else as the area votes")
    ] = "",
    vote_day: Annotated[str, typer.Option("--vote-day", help="Hari pemungutan suara / day of the election")] = "",
    domain: Annotated[str, typer.Option("--domain", help="Domain kedua log / domain of both logs")] = "",
    stations: Annotated[
        Path | None, typer.Option("--stations", help="Daftar TPS / stations", exists=True, dir_okay=False)
    ] = None,
    sites: Annotated[
        Path | None, typer.Option("--sites", help="Daftar tempat / places", exists=True, dir_okay=False)
    ] = None,
    sessions: Annotated[
        Path | None, typer.Option("--sessions", help="Jadwal pleno / plenos", exists=True, dir_okay=False)
    ] = None,
    decree: Annotated[
        int | None, typer.Option("--decree", help="Jumlah TPS menurut keputusan / stations by the decree")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Terima peringatan dan selisih / accept warnings and differences")
    ] = False,
) -> None:
    """Siapkan posko, dan dengan daftar TPS buka operasinya (prepare a post, and with a list of stations open it).

    Tanpa daftar: hanya menyiapkan folder dan menyebut langkah di peramban. Baris yang salah selalu ditolak.
    Without lists: only prepares the folder and says what to do in the browser. Rows in error are always refused.
    Keluar 1 bila ada yang perlu dipastikan (--yes), 2 bila tidak dapat. Exits 1 for doubts (--yes), 2 where it cannot.
    """
    from kawal_cli import init as setting_up
    from kawal_cli import serve

    console = Console(width=None if Console().is_terminal else 140)
    _say_password(serve.prepare(data), console)
    from kawal_server.actions.set_operation import Asked
    from kawal_server.store.models import Operation

    asked = Asked(name, code_name, _parts(area), _parts(elections), vote_day=vote_day, domain=domain)
    if name or area or any((stations, sites, sessions)):
        setting_up.describe(asked)
    lists: tuple[tuple[ListKind, Path | None], ...] = (
        ("stations", stations),
        ("sites", sites),
        ("sessions", sessions),
    )
    try:
        for kind, path in lists:
            if path is not None:
                setting_up.take_list(kind, path, decree=decree, yes=yes, console=console)
    except setting_up.NotSure as error:
        console.print(plain(f"▲ {error}"))
        raise typer.Exit(1) from error
    if stations is None and not Operation.objects.filter(opened_at__isnull=False).exists():
        setting_up.say_what_next(data, console)
        return
    _say_open(setting_up.go_live(), data, console)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _say_password(password: str | None, console: Console) -> None:
    if password is not None:
        console.print(
            plain(
                say(
                    f"Masuk sebagai operator, sandi: {password} (dicetak sekali saja)",
                    f"Sign in as operator, password: {password} (printed only once)",
                )
            )
        )


def _say_open(rows: Mapping[str, int], data: Path, console: Console) -> None:
    counts = ", ".join(f"{kind} {count}" for kind, count in rows.items())
    console.print(Text(say(f"Operasi terbuka: {counts}.", f"The operation is open: {counts}."), style="green"))
    console.print(
        plain(
            say(
                "Tiga kunci admin ada di folder keys/: serahkan dalam upacara kunci (docs/operate/keys.md).",
                "Three administrator keys lie in keys/: hand them over in a key ceremony (docs/operate/keys.md).",
            )
        )
    )
    console.print(plain(say(f"Jalankan: kawal serve --data {data}", f"Run: kawal serve --data {data}")))
