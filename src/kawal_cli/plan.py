"""`kawal plan`: rosters and BKO from files, planned in a process of their own, and what is short in words."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kawal_cli.reading import CannotPlan
from kawal_cli.words import plain, say

if TYPE_CHECKING:
    from kawal_machine.solving import Solving

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Rencana jaga dan BKO / rosters and BKO.")
_REPORT = Console(stderr=True)
SecondsOption = Annotated[float, typer.Option("--seconds", help="Waktu mencari / time to search", min=1.0, max=3600.0)]


@app.command(name="roster", short_help="Jadwal jaga dari berkas / a roster from files")
def roster_command(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Satu soal JSON, atau daftar personel lalu daftar pos / one JSON, or people then posts",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder hasil / folder of the results")] = Path("roster"),
    seconds: SecondsOption = 60.0,
    seed: Annotated[int, typer.Option("--seed", help="Angka awal / seed")] = 0,
    rest: Annotated[
        int, typer.Option("--rest", help="Istirahat, jam (daftar saja) / rest in hours, of lists", min=8)
    ] = 16,
    zone: Annotated[str, typer.Option("--zone", help="Zona daftar / zone of the lists")] = "Asia/Makassar",
    year: Annotated[
        int | None, typer.Option("--year", help="Tahun bila daftar tidak menyebut / where none is said")
    ] = None,
) -> None:
    """Susun jadwal jaga (plan a roster): jadwal terbaik, celahnya, dan mengapa ada jam yang kurang.

    Ctrl-C memberi yang terbaik sejauh ini. Menulis roster.json, roster.csv (manifes), roster.xlsx dan kalender .ics.
    Ctrl-C gives the best so far. Writes roster.json, roster.csv (the manifest), roster.xlsx and .ics calendars.
    Keluar 0 bila semua jam terisi, 1 bila ada yang kurang. Exits 0 where every hour is filled, 1 where some are short.
    """
    from kawal.guard.roster.as_json import read_plan
    from kawal_cli import plan_files, planned
    from kawal_machine.solving import start_roster

    asked, names = plan_files.problem_of(files, out, rest_hours=rest, zone=zone, year=year, console=_REPORT)
    job = start_roster(asked, seconds=seconds, seed=seed)
    plan = read_plan(_awaited(job, seconds))
    if job.was_killed:
        _REPORT.print(plain(say("▲ Dihentikan paksa; ini hasil terakhir.", "▲ Killed; this is its last result.")))
    plan_files.write_out(out, asked, plan, names)
    is_full = planned.tell(asked, plan, Console())
    raise typer.Exit(0 if is_full else 1)


@app.command(name="bko", short_help="Bagi BKO antar satuan / distribute BKO")
def bko_command(
    file: Annotated[
        Path,
        typer.Argument(metavar="PROBLEM", help="JSON: sources, needs, hours, most_hours", exists=True, dir_okay=False),
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Berkas hasil / file of the result")] = None,
    seconds: SecondsOption = 30.0,
) -> None:
    """Bagi kekuatan BKO (distribute BKO): kekurangan terberat dulu, lalu jumlahnya, lalu perjalanannya.

    Keluar 0 bila terbukti terbaik dan semua terpenuhi, 1 bila ada yang kurang. Exits 1 where somebody stays short.
    """
    from kawal_machine.solving import start_bko

    plan = _awaited(start_bko(_json(file), seconds=seconds), seconds)
    text = json.dumps(plan, ensure_ascii=False, indent=1)
    if out is not None:
        out.write_text(text, encoding="utf-8")
    console = Console()
    for move in plan["moves"]:
        console.print(plain(f"{move['source']} → {move['to']}: {move['n']}"))
    for unit, n in plan["shortfall"].items():
        console.print(plain(say(f"▲ {unit} masih kurang {n} orang", f"▲ {unit} is still {n} people short")))
    proven = say("terbukti terbaik", "proven optimal") if plan["is_optimal"] else say("belum terbukti", "not proven")
    worst, travel = plan["worst"], plan["travel"]
    console.print(
        plain(
            say(f"Kekurangan terberat {worst:.3f}; ", f"Worst shortfall {worst:.3f}; ") + f"{travel:,.0f} h; {proven}."
        )
    )
    raise typer.Exit(1 if plan["shortfall"] else 0)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CannotPlan(f"{path}: bukan JSON / no JSON: {error}") from error


def _awaited(job: "Solving", seconds: float) -> dict[str, Any]:
    """Show how far it is; the first Ctrl-C asks for the best so far. Raises: CannotPlan."""
    from kawal_machine.solving import SolvingFailed

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_REPORT, transient=True, disable=not _REPORT.is_terminal) as bar:
        task = bar.add_task(say("merencanakan", "planning"), total=seconds)
        told = job.told()
        while True:
            try:
                one = next(told, None)
            except KeyboardInterrupt:
                job.cancel()
                told = job.told()
                bar.update(task, description=say("berhenti, mengambil yang terbaik", "stopping, taking the best"))
                continue
            if one is None:
                break
            bar.update(task, completed=one.seconds)
            if one.progress is not None:
                bar.update(task, description=_shown(one.progress.cost, one.progress.bound))
    try:
        return job.result()
    except SolvingFailed as error:
        raise CannotPlan(str(error)) from error


def _shown(cost: float, bound: float | None) -> str:
    if bound is None or cost <= 0:
        return say(f"biaya {cost:,.0f}", f"cost {cost:,.0f}")
    return say(
        f"biaya {cost:,.0f}, celah {(cost - bound) / cost:.2%}", f"cost {cost:,.0f}, gap {(cost - bound) / cost:.2%}"
    )
