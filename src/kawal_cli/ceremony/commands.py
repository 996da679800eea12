"""The commands of the ceremony and of a muster without signal: what they ask, and what they say."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core
from rich.console import Console

from kawal.ledger.encoding import is_digest
from kawal.ledger.enrolling import ADMIN_AGENCIES
from kawal.ledger.event import Kid
from kawal_cli.ceremony.key_file import CannotSign, open_key, read_key_file, write_private
from kawal_cli.words import plain, say

if TYPE_CHECKING:
    from kawal.ledger.keys import SigningKey
    from kawal_cli.ceremony.signing import Done

ceremony = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Upacara kunci: kunci admin dibuat, dicadangkan, diserahterimakan (make, spare and hand over admin keys).",
)
_SAID = Console(stderr=True)
KeyOption = Annotated[Path, typer.Option("--key", help="Berkas kunci admin / the administrator's key file")]
KitOption = Annotated[Path, typer.Option("--kit", help="Bekal terbaru dari posko / the newest kit from the post")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder atau berkas hasil / folder or file to write")]
WordsOption = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="Baca kata sandi dari berkas, bukan ditanya / read it, do not ask"),
]
AdoptOption = Annotated[
    bool,
    typer.Option("--adopt-head", help="Percaya posko bila lebih maju dari jurnal di sini / trust a post that is ahead"),
]
DataOption = Annotated[Path, typer.Option("--data", help="Folder posko / the post's folder", envvar="KAWAL_DATA")]


@ceremony.command(name="make-key")
def make_key(
    agency: Annotated[str, typer.Option("--agency", help="kpu, bawaslu, polri")],
    out: OutOption,
    who: Annotated[str, typer.Option("--who", help="Kode orang, misalnya p-7f3a / the person's code")],
    passphrase_file: WordsOption = None,
    cost: Annotated[int, typer.Option("--cost", hidden=True)] = 17,
) -> None:
    """Buat kunci admin di mesin lembaga sendiri (make an administrator's key on the agency's own machine).

    Menulis OUT (tertutup kata sandi), OUT.permintaan (untuk didaftarkan) dan OUT.cadangan.html (dua lembar amplop A).
    Writes the sealed key, the request to be enrolled, and two spare sheets for envelope A.
    """
    import secrets

    from kawal.ledger.enrol_request import BadRequest, write_request
    from kawal.ledger.sealed_key import BadSealedKey, seal
    from kawal_cli.ceremony.papers import spare

    if agency not in ADMIN_AGENCIES:
        raise typer.BadParameter(", ".join(ADMIN_AGENCIES), param_hint="--agency")
    words = _passphrase(passphrase_file, is_new=True)
    try:
        sealed = seal(
            secrets.token_bytes(32),
            agency=agency,
            passphrase=words,
            salt=secrets.token_bytes(16),
            nonce=secrets.token_bytes(12),
            cost=cost,
        )
        request = write_request(sealed.unseal(words), asked_for=who, made_at=_now(), nonce=secrets.token_bytes(16))
    except (BadSealedKey, BadRequest) as error:
        raise CannotSign(str(error)) from error
    write_private(out, sealed.text + "\n")
    write_private(out.with_name(out.name + ".permintaan"), request + "\n")
    write_private(out.with_name(out.name + ".cadangan.html"), spare(sealed))
    typer.echo(sealed.kid)
    _SAID.print(
        plain(
            say(
                "Bacakan sidik di atas. Cetak .cadangan.html, masukkan amplop A; kata sandinya ke amplop B; lalu hapus "
                "berkas .cadangan.html.",
                "Read the fingerprint above aloud. Print .cadangan.html for envelope A, the passphrase for envelope B; "
                "then delete the .cadangan.html file.",
            )
        )
    )


@ceremony.command()
def request(
    key: KeyOption,
    who: Annotated[str, typer.Option("--who", help="Kode orang / the person's code")],
    passphrase_file: WordsOption = None,
) -> None:
    """Cetak permintaan pendaftaran baru bila yang lama lewat 24 jam (print a fresh request to be enrolled)."""
    import secrets

    from kawal.ledger.enrol_request import write_request

    opened = _opened(key, passphrase_file)
    typer.echo(write_request(opened, asked_for=who, made_at=_now(), nonce=secrets.token_bytes(16)))


@ceremony.command()
def restore(out: OutOption) -> None:
    """Ketik ulang kunci dari lembar cadangan (type a key from its spare sheet): setiap baris, spasi, dua huruf periksa.

    Dibaca dari stdin. Menyebut baris yang salah ketik. Reads stdin; names the line that is mistyped.
    """
    from kawal.ledger.sealed_key import BadSealedKey, SlipOfThePen, read_sealed, typed

    lines = [line.split() for line in sys.stdin.read().splitlines() if line.strip()]
    try:
        text = typed([("".join(groups[:-1]), groups[-1]) for groups in lines])
        sealed = read_sealed(text)
    except (SlipOfThePen, BadSealedKey, IndexError) as error:
        raise CannotSign(str(error)) from error
    write_private(out, sealed.text + "\n")
    typer.echo(sealed.kid)


@ceremony.command()
def sheet(
    keys: Annotated[list[Path], typer.Argument(metavar="KEYS", help="Berkas kunci semua admin / all key files")],
    out: OutOption,
    day: Annotated[str, typer.Option("--day", help="Hari dan tanggal / date")],
    place: Annotated[str, typer.Option("--place", help="Tempat / place")],
    present: Annotated[
        list[str] | None, typer.Option("--present", help="Jabatan yang hadir, diulang / offices present, repeated")
    ] = None,
    kit: Annotated[Path | None, typer.Option("--kit", help="Bekal dari posko / kit from the post")] = None,
) -> None:
    """Tulis berita acara upacara kunci untuk dicetak (write the key ceremony sheet, to be printed and signed)."""
    from kawal.ledger.events import read_genesis
    from kawal_cli.ceremony.papers import TooFewAdministrators
    from kawal_cli.ceremony.papers import sheet as written
    from kawal_cli.ceremony.signing import read_kit

    known = read_kit(kit) if kit is not None else {}
    told = {log: read_genesis(one.genesis) for log, one in known.items()}
    try:
        page = written(
            [read_key_file(path) for path in keys],
            day=day,
            place=place,
            present=present or [],
            genesis={log: (told[log].origin, one.genesis.eid) for log, one in known.items()},
            policies={log: one.policy for log, one in told.items()},
        )
    except TooFewAdministrators as error:
        raise CannotSign(str(error)) from error
    out.write_text(page, "utf-8")
    typer.echo(out)


@ceremony.command()
def kit(out: OutOption, data: DataOption = Path("data")) -> None:
    """Tulis bekal admin dari posko: genesis, pendaftaran admin, kepala rantai (write the administrators' kit)."""
    from kawal_cli import serve

    serve.prepare(data)
    from kawal_server.actions.muster_kit import kit as made

    out.write_bytes(made())
    typer.echo(out)


@ceremony.command(name="hand-over")
def hand_over(
    agency: Annotated[str, typer.Option("--agency", help="kpu, bawaslu, polri")],
    request: Annotated[Path, typer.Option("--request", help="Berkas .permintaan kunci baru / the new key's request")],
    who: Annotated[str, typer.Option("--who", help="Kode orang / the person's code")],
    unit: Annotated[str, typer.Option("--unit", help="Satuan, misalnya polres-5303 / unit")],
    days: Annotated[int, typer.Option("--days", min=1, max=400, help="Berlaku berapa hari / valid for days")],
    out: OutOption,
    data: DataOption = Path("data"),
) -> None:
    """Ganti kunci admin sementara di posko dengan kunci baru lembaga itu (replace the post's temporary key).

    Aman diulang: setiap langkah melihat dulu apa yang sudah ada di kedua log. Keluar 1 selama masih ada yang kurang.
    Safe to repeat: each step looks first at what both logs hold. Exits 1 while something is missing.
    """
    from kawal_cli import serve

    serve.prepare(data)
    from kawal.ledger.keys import BadKey, BadSignature
    from kawal_server import clock
    from kawal_server.actions.admin_chain import AGENCIES, NotBegun, NotTaken
    from kawal_server.actions.hand_over import hand_over as done_at_post

    found = next((one for one in AGENCIES if one == agency), None)
    if found is None:
        raise typer.BadParameter(", ".join(AGENCIES), param_hint="--agency")
    at = clock.now()
    text = request.read_text("ascii").strip()
    try:
        done = done_at_post(found, text, who=who, unit=unit, until=at + days * 86_400, at=at)
    except (ValueError, BadKey, BadSignature, NotBegun, NotTaken) as error:
        raise CannotSign(str(error)) from error
    for log, lines in done.waiting.items():
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{log}.jws").write_bytes(b"".join(line + b"\n" for line in lines))
    for sentence in done.says:
        typer.echo(sentence)
    raise typer.Exit(0 if done.is_finished else 1)


class _TakesKid(typer.core.TyperCommand):
    """A command whose argument is a kid: one in sixty-four begins with a dash, and is no option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        kids = [one for one in args if one.startswith("-") and is_digest(one)]
        rest = [one for one in args if one not in kids]
        return super().parse_args(ctx, [*rest, "--", *kids] if kids else rest)


@ceremony.command(cls=_TakesKid)
def revoke(
    kid: Annotated[str, typer.Argument(metavar="KID", help="Kunci yang dicabut / the key to withdraw")],
    key: KeyOption,
    kit: KitOption,
    out: OutOption,
    why: Annotated[str, typer.Option("--why", help="lost, stolen, role-end, compromised")] = "role-end",
    passphrase_file: WordsOption = None,
    adopt_head: AdoptOption = False,
) -> None:
    """Tanda tangani pencabutan kunci, tanpa jaringan (sign a withdrawal offline); kepala baik: yang disebut bekal.

    Yang kedua: kawal sign-enrolments --confirm. The second signature: kawal sign-enrolments --confirm.
    """
    from kawal_cli.ceremony import signing

    if why not in signing.WHYS:
        raise typer.BadParameter(", ".join(signing.WHYS), param_hint="--why")
    opened = _opened(key, passphrase_file)
    done = signing.revoke(
        Kid(kid), why=why, good={}, key_path=key, key=opened, kit=kit, out=out, at=_now(), adopts=adopt_head
    )
    _say_done(done)


def sign_enrolments(
    given: Annotated[
        Path,
        typer.Argument(
            metavar="LIST", help="Daftar apel (JSONL), atau folder usulan dengan --confirm / list or folder"
        ),
    ],
    key: KeyOption,
    kit: KitOption,
    out: OutOption,
    is_confirming: Annotated[
        bool, typer.Option("--confirm", help="Tanda tangan kedua atas usulan lembaga lain / the second signature")
    ] = False,
    passphrase_file: WordsOption = None,
    adopt_head: AdoptOption = False,
    yes: Annotated[bool, typer.Option("--yes", help="Jangan tanya lagi / do not ask again")] = False,
) -> None:
    """Tanda tangani pendaftaran banyak ponsel di apel tanpa sinyal (sign many enrolments at a muster, offline).

    Menulis OUT/kotak.jws dan OUT/pengamanan.jws untuk `kawal intake`; dengan --confirm juga OUT/jawaban untuk ponsel.
    Aman diulang: yang sudah ditandatangani tidak ditandatangani dua kali. Keluar 1 bila ada yang ditolak.
    Writes lines for `kawal intake`, with --confirm also answers for the phones. Safe to repeat. Exits 1 on refusals.
    """
    from kawal_cli.ceremony import signing
    from kawal_cli.ceremony.papers import answers_page

    _show(given, is_confirming=is_confirming)
    if not yes and not typer.confirm(say("Tanda tangani?", "Sign?"), err=True):
        raise typer.Exit(1)
    opened = _opened(key, passphrase_file)
    work = signing.confirm if is_confirming else signing.propose
    done = work(given, key_path=key, key=opened, kit=kit, out=out, at=_now(), adopts=adopt_head)
    answers = [path for path in done.written if path.suffix == ".kawal"]
    if answers:
        page = out / "jawaban.html"
        page.write_text(answers_page((path.stem, path.read_bytes()) for path in answers), "utf-8")
    _say_done(done)


def _show(given: Path, *, is_confirming: bool) -> None:
    """What is about to be signed, so that nobody signs a number: one line a phone."""
    from kawal.ledger.brief import BadBrief, event_bytes
    from kawal.ledger.events import BadShape, read_enrol
    from kawal.ledger.log_of import LOG_NAMES
    from kawal.ledger.proposing import read_proposals
    from kawal_cli.ceremony.signing import read_lines

    if not is_confirming:
        good, _ = read_proposals(given.read_text("utf-8").splitlines(), at=_now())
        for one in good:
            _say_one(one.duty.who, one.duty.role, one.duty.unit, one.duty.agency, one.request.kid)
        return
    shown: set[str] = set()
    for log in LOG_NAMES:
        try:
            events = event_bytes(read_lines(given / f"{log}.jws"))
        except BadBrief as error:
            raise CannotSign(str(error)) from error
        for _, event in events:
            if event.t == "ledger.revoke" and event.eid not in shown:
                _say_one(
                    say("CABUT", "WITHDRAW"), str(event.payload.get("why")), log, "", str(event.payload.get("kid"))
                )
            try:
                enrol = read_enrol(event) if event.t == "ledger.enrol" else None
            except BadShape:
                continue
            if enrol is not None and enrol.kid not in shown:
                shown.add(enrol.kid)
                _say_one(enrol.who, enrol.role, enrol.unit, enrol.agency, enrol.kid)


def _say_one(*texts: str) -> None:
    _SAID.print(plain("  ".join(text for text in texts if text)))


def _say_done(done: "Done") -> None:
    for path in done.written:
        if path.suffix != ".kawal":
            typer.echo(path)
    _SAID.print(
        plain(
            say(
                f"{done.signed} ditandatangani, {done.already} sudah sebelumnya, {len(done.refused)} ditolak, "
                f"{len(done.counted)} ponsel berlaku.",
                f"{done.signed} signed, {done.already} had been before, {len(done.refused)} refused, "
                f"{len(done.counted)} phones count.",
            )
        )
    )
    for where, reason in done.refused:
        _SAID.print(plain(f"◆ {where}: {reason}"))
    raise typer.Exit(1 if done.refused else 0)


def _opened(path: Path, passphrase_file: Path | None) -> "SigningKey":
    return open_key(read_key_file(path), _passphrase(passphrase_file))


def _passphrase(path: Path | None, *, is_new: bool = False) -> str:
    if path is not None:
        return path.read_text("utf-8").rstrip("\n")
    asked: str = typer.prompt(
        say("Kata sandi kunci", "The key's passphrase"), hide_input=True, confirmation_prompt=is_new, err=True
    )
    return asked


def _now() -> int:
    return int(time.time())
