"""The one command line: the post (`demo`, `serve`, `init`, `rebuild`, `intake`) and the tools that need none."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import click
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from kawal_cli import audit as auditing
from kawal_cli import board, casefile, doctor, plan, verify
from kawal_cli.ceremony.commands import ceremony, sign_enrolments
from kawal_cli.ceremony.key_file import CannotSign
from kawal_cli.close_command import close
from kawal_cli.init_command import init
from kawal_cli.reading import CannotPlan, Unreadable
from kawal_cli.reading import Progress as Report
from kawal_cli.words import plain, say

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Kawal: setiap kotak suara terhitung, setiap jam terjaga, dan siapa pun dapat memeriksa.\n\n"
    "Every ballot box accounted for, every hour guarded, and anyone can check.",
)
_REPORT = Console(stderr=True)

FolderArgument = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="Folder ekspor atau `events.jws` / folder of an export or of `events.jws`"),
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at", help="Waktu yang dianggap sekarang: detik UNIX atau ISO 8601 dengan zona / the time taken as now"
    ),
]


DataOption = Annotated[Path, typer.Option("--data", help="Folder posko / the post's folder", envvar="KAWAL_DATA")]
PortOption = Annotated[int | None, typer.Option("--port", help="Port; lain: PORT, lalu 8000 / else PORT, then 8000")]
HostOption = Annotated[str, typer.Option("--host", help="Alamat / address")]


@app.command(short_help="Di mana setiap kotak, apa yang salah / where boxes are, what is wrong")
def audit(
    folder: FolderArgument,
    as_json: Annotated[
        bool, typer.Option("--json", help="Satu temuan satu baris JSON / one finding a line, JSON")
    ] = False,
    at: AtOption = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Hanya yang sudah di log saat itu / only what the log held then")
    ] = None,
    boxes: Annotated[bool, typer.Option("--boxes", help="Tampilkan semua kotak / show every box")] = False,
    svg: Annotated[
        Path | None, typer.Option("--svg", help="Simpan papan sebagai gambar / keep the board as a picture")
    ] = None,
) -> None:
    """Audit: di mana setiap kotak, dan apa yang salah (where every box is, and what is wrong).

    Keluar 0 tanpa bahaya, 1 dengan bahaya, 2 bila ada yang tidak terbaca.
    Exits 0 without an alarm, 1 with one, 2 where something cannot be read.
    """
    with _progress() as report:
        done = auditing.audit(folder, at=_moment(at, "--at"), as_of=_moment(as_of, "--as-of"), progress=report)
    if svg is not None:
        svg.write_text(board.picture(done, _names()), encoding="utf-8")
    if as_json:
        for finding in done.findings:
            typer.echo(json.dumps(finding.as_json(), ensure_ascii=False, separators=(",", ":")))
        for note in done.notes:
            _REPORT.print(plain(f"! {note}"))
    else:
        board.show(done, _console(), _names(), all_boxes=boxes)
    raise typer.Exit(done.exit_code)


@app.command(name="verify", short_help="Periksa tanda tangan, pohon, bukti / check signatures, tree, proofs")
def verify_command(
    folder: FolderArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Hasil sebagai JSON / the result as JSON")] = False,
) -> None:
    """Periksa tanda tangan, rantai, pohon, kuorum, dan setiap bukti (check signatures, chains, tree, quorum, proofs).

    Menyebut hal pertama yang salah. Keluar 0 bila semua benar, 1 bila ada yang salah, 2 bila tidak terbaca.
    Names the first thing wrong. Exits 0 where all holds, 1 where something is wrong, 2 where it cannot be read.
    """
    held: list[verify.Checked] = []
    wrong = ""
    try:
        with _progress() as report:
            held.extend(verify.verify(folder, report))
    except verify.Wrong as error:
        wrong = str(error)
    if as_json:
        checked = [{"log": one.log, "checked": one.what_en} for one in held]
        typer.echo(json.dumps({"ok": not wrong, "wrong": wrong or None, "checked": checked}, ensure_ascii=False))
    else:
        _say_verified(held, wrong)
    raise typer.Exit(1 if wrong else 0)


def _say_verified(held: list[verify.Checked], wrong: str) -> None:
    console = _console()
    for one in held:
        console.print(Text.assemble(("✓ ", "green"), (f"{one.log}  ", "bold"), say(one.what_id, one.what_en)))
    if wrong:
        console.print(Text.assemble(("◆ ", "red"), (say("SALAH: ", "WRONG: "), "bold red"), plain(wrong)))
    else:
        console.print(Text(say("Semua benar.", "All holds."), style="bold green"))


@app.command(short_help="Operasi tiruan dengan gangguan / a played operation with faults")
def simulate(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder baru / a new folder")],
    area: Annotated[
        str,
        typer.Option("--area", help="Kode provinsi, kabupaten/kota, atau kecamatan, dipisah koma / region codes"),
    ],
    seed: Annotated[
        int, typer.Option("--seed", help="Angka awal: sama berarti hasil sama / same seed, same bytes")
    ] = 1,
    faults: Annotated[str, typer.Option("--faults", help="all, none, atau nama dipisah koma / names by comma")] = "all",
    scale: Annotated[float, typer.Option("--scale", help="Bagian TPS yang dipakai, 0-1 / share of the stations")] = 1.0,
) -> None:
    """Simulasikan operasi suatu daerah dengan gangguan yang diketahui (simulate an area, with known faults).

    Menulis OUT/kotak, OUT/pengamanan, dan OUT/truth.jsonl. Demonstrasi: bukan data sungguhan.
    Writes two full exports and the truth about the faults. A demonstration: no real people, no real events.
    """
    from kawal_cli import simulate as simulating

    with _progress() as report:
        done = simulating.run(out, area=area.split(","), seed=seed, faults=faults, scale=scale, progress=report)
    _console().print(plain(str(done)))


@app.command(short_help="Salinan dengan bukti, berkas perkara / copies with proofs, case files")
def export(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="Folder baru / a new folder")],
    source: Annotated[
        Path | None, typer.Option("--from", help="Ekspor asal; tanpa ini posko di --data / else the post in --data")
    ] = None,
    data: DataOption = Path("data"),
    box: Annotated[
        str | None, typer.Option("--box", help="Hanya berkas perkara satu kotak / one box's case file")
    ] = None,
    proofs: Annotated[
        str, typer.Option("--proofs", help="all, none, atau nomor daun dipisah koma / leaf indexes by comma")
    ] = "all",
) -> None:
    """Buat salinan ekspor dengan bukti, atau berkas perkara satu kotak (copy an export with proofs, or one box's case).

    Posko boleh tetap berjalan. The post may go on running.
    Berkas perkara memuat peristiwa kotak itu, buktinya, pendaftaran penandatangannya, genesis, kebijakan, dan lampiran.
    A case file holds the box's events, their proofs, their signers' enrolments, the genesis, the policy and the blobs.
    """
    with _progress() as report:
        written = casefile.export(source or data / "logs", out, box=box, proofs=proofs, progress=report)
    _console().print(plain(say(f"{written} bukti ditulis ke {out}.", f"{written} proofs written to {out}.")))


@app.command(name="doctor", short_help="Siapkah mesin ini / is this machine fit")
def doctor_command() -> None:
    """Periksa apakah mesin ini siap (is this machine fit, and what is missing)."""
    console = _console()
    is_ill = False
    for sign in doctor.examine():
        shape, style = ("●", "green") if sign.is_well else (("◆", "red") if sign.is_needed else ("▲", "yellow"))
        console.print(Text.assemble((f"{shape} ", style), (f"{sign.name:<12}", "bold"), sign.says))
        is_ill |= sign.is_needed and not sign.is_well
    raise typer.Exit(1 if is_ill else 0)


@app.command(short_help="Peragaan di Timor Tengah Utara / a demonstration on a real district")
def demo(
    data: Annotated[
        Path, typer.Option("--data", help="Folder posko peragaan / the demonstration post's folder")
    ] = Path("out/demo"),
    port: PortOption = None,
    host: HostOption = "127.0.0.1",
    seed: Annotated[int, typer.Option("--seed", help="Angka awal / seed")] = 3,
) -> None:
    """Jalankan posko peragaan (run a demonstration post): operasi Timor Tengah Utara, dimainkan, berjam cepat.

    The operation of Timor Tengah Utara is played into a real post, on a clock faster than life.
    """
    from kawal_cli import demonstrate, serve

    serve.stop_cleanly()
    taken = serve.bind(host, serve.default_port() if port is None else port)
    with serve.hold(data):
        with _progress() as report:
            password = serve.prepare(data, is_demo=True)
            play = demonstrate.simulated(data / "played", seed=seed, progress=report)
            demonstrate.begin(play, seed=seed, progress=report)
        _say_where(serve.address(taken), password, data)
        with demonstrate.feeding(play, serve.address(taken)):
            serve.serve(taken)


@app.command(name="serve", short_help="Jalankan posko / run the post")
def serve_command(
    data: DataOption = Path("data"),
    port: PortOption = None,
    host: HostOption = "127.0.0.1",
) -> None:
    """Jalankan posko: halaman, penerimaan peristiwa, dan kedua log (run the post: pages, intake, both logs).

    Basis data SQLite di folder itu, atau PostgreSQL lewat DATABASE_URL. Berhenti rapi pada SIGTERM atau Ctrl-C.
    SQLite in that folder, or PostgreSQL by DATABASE_URL. Stops cleanly on SIGTERM or Ctrl-C.
    """
    from kawal_cli import serve

    serve.stop_cleanly()
    taken = serve.bind(host, serve.default_port() if port is None else port)
    with serve.hold(data):
        password = serve.prepare(data)
        _say_where(serve.address(taken), password, data)
        serve.serve(taken)


@app.command(short_help="Susun ulang papan dari log / rebuild the board from the logs")
def rebuild(
    data: DataOption = Path("data"),
    is_check: Annotated[
        bool, typer.Option("--check", help="Hanya bandingkan, jangan tulis / only compare, write nothing")
    ] = False,
) -> None:
    """Buang semua proyeksi dan putar ulang dari log (drop every projection and replay it from the logs).

    Dengan --check: bandingkan saja; keluar 1 bila berbeda. With --check: only compare; exits 1 where they differ.
    """
    from kawal_cli import rebuilding, serve

    serve.prepare(data)
    with _progress() as report:
        differing = rebuilding.compare(report) if is_check else rebuilding.rebuild(report)
    if differing:
        _REPORT.print(plain("◆ " + say("berbeda: ", "differing: ") + ", ".join(differing)))
        raise typer.Exit(1)
    _console().print(Text(say("Proyeksi sama dengan log.", "The projections are what the logs say."), style="green"))


@app.command(short_help="Masukkan peristiwa dari berkas / take events in from a file")
def intake(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JWS, satu per baris; - untuk stdin / one a line")],
    log: Annotated[str, typer.Option("--log", help="kotak atau pengamanan / kotak or pengamanan")] = "kotak",
    data: DataOption = Path("data"),
) -> None:
    """Masukkan peristiwa yang dibawa kurir atau USB (take in events that a courier or a USB stick brought).

    Aman diulang. Mencetak satu baris JSON untuk tiap baris. Keluar 1 bila ada yang ditolak.
    Safe to repeat. Prints one line of JSON for each line. Exits 1 where any was refused.
    """
    from kawal.ledger.log_of import LOG_NAMES
    from kawal_cli import bringing, serve

    if log not in LOG_NAMES:
        raise typer.BadParameter("kotak atau pengamanan / kotak or pengamanan", param_hint="--log")
    serve.prepare(data)
    refused = 0
    with click.open_file(str(file), "rb") as lines:
        for answer in bringing.bring(log, lines):
            refused += "reason" in answer
            typer.echo(json.dumps(answer, ensure_ascii=False))
    raise typer.Exit(1 if refused else 0)


def _say_where(address: str, password: str | None, data: Path) -> None:
    if password is not None:
        typer.echo(say(f"Masuk sebagai operator, sandi: {password}", f"Sign in as operator, password: {password}"))
        typer.echo(say("Sandi ini dicetak sekali saja.", "This password is printed only once."))
    else:
        typer.echo(
            say(
                f"Operator sudah ada (folder {data}); lupa sandi: kawal password --data {data}",
                f"The operator exists already (folder {data}); lost password: kawal password --data {data}",
            )
        )
    typer.echo(address)
    sys.stdout.flush()


@app.command(short_help="Sandi baru untuk seorang petugas / a new password for an officer")
def password(
    name: Annotated[str, typer.Argument(help="Nama akun / account")] = "operator",
    data: DataOption = Path("data"),
    is_factor_lost: Annotated[
        bool, typer.Option("--lost-factor", help="Hapus juga faktor kedua / take the second factor away too")
    ] = False,
) -> None:
    """Buat sandi baru dan cetak sekali (make a new password and print it once). Sesi lama akun itu berakhir.

    Dengan --lost-factor akun itu mendaftarkan faktor kedua lagi saat masuk (the account enrols a second factor anew).
    """
    from kawal_cli import serve

    typer.echo(serve.new_password(data, name, is_factor_lost=is_factor_lost))


@contextmanager
def _progress() -> Iterator[Report]:
    """Show progress on a terminal's error stream; elsewhere stay silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_REPORT, transient=True, disable=not _REPORT.is_terminal) as bar:
        tasks = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield report


def _console() -> Console:
    """A console as wide as the terminal, and wide enough for the board where there is none."""
    console = Console()
    return console if console.is_terminal else Console(width=140)


def _names() -> board.NameOf:
    from kawal.election.regions import UnknownRegion
    from kawal_machine.regions import official_codes

    codes = official_codes()

    def name(code: str) -> str:
        try:
            return codes.region(code).name
        except UnknownRegion:
            return ""

    return name


def _moment(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("detik UNIX atau ISO 8601 / UNIX seconds or ISO 8601", param_hint=option) from error
    if moment.tzinfo is None:
        raise typer.BadParameter("zona waktu harus disebut, misalnya +08:00 / name the zone", param_hint=option)
    return int(moment.timestamp())


app.add_typer(ceremony, name="ceremony", short_help="Upacara kunci / the key ceremony")
app.command(name="sign-enrolments", short_help="Tanda tangani apel tanpa sinyal / sign a muster offline")(
    sign_enrolments
)
app.command(name="init", short_help="Siapkan operasi dari daftar / set an operation up from lists")(init)
app.command(name="close", short_help="Tutup operasi, arsipkan, hapus data pribadi / close, archive, erase")(close)
app.add_typer(plan.app, name="plan", short_help="Jadwal jaga, pembagian BKO / rosters, BKO")


def main() -> None:
    """Run the command line; what cannot be read ends with 2 and says what to do."""
    from kawal_cli.init import CannotInit
    from kawal_cli.serve import CannotServe
    from kawal_cli.simulate import CannotSimulate

    try:
        app()
    except (Unreadable, CannotInit, CannotPlan, CannotSign, CannotSimulate, CannotServe, OSError) as error:
        _REPORT.print(plain(f"◆ {error}"))
        sys.exit(auditing.UNREADABLE)


if __name__ == "__main__":
    main()
