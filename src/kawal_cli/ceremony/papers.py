"""What a ceremony prints: the sheet that all sign, the spare copy of a key for its envelope, the answers for phones."""

import io
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import segno

from kawal.ledger.brief import pack_brief
from kawal.ledger.event import Eid
from kawal.ledger.log_of import LogName
from kawal.ledger.qr import split_parts
from kawal.ledger.sealed_key import SealedKey, printed

ADMINS_AT_LEAST = 3
_STYLE = """
@page { size: A4; margin: 18mm }
body { font: 11pt/1.45 system-ui, sans-serif; color: #000; background: #fff; max-width: 180mm; margin: 8mm auto }
h1 { font-size: 17pt; margin: 0 0 2mm }
h2 { font-size: 12pt; margin: 7mm 0 2mm }
table { border-collapse: collapse; width: 100% }
th, td { border: .3mm solid #444; padding: 1.6mm 2mm; text-align: left; vertical-align: top }
code, .copy { font-family: ui-monospace, "Liberation Mono", monospace; overflow-wrap: anywhere }
.qr { width: 46mm; height: 46mm }
.line { height: 14mm }
ol li { margin: 1.2mm 0 }
.page { break-after: page }
.parts { display: flex; flex-wrap: wrap; gap: 6mm }
.parts figure { margin: 0 }
.parts .qr { width: 52mm; height: 52mm }
"""


class TooFewAdministrators(ValueError):
    """A ceremony needs at least three administrators, any two of different agencies."""

    def __init__(self) -> None:
        super().__init__(
            f"perlu paling sedikit {ADMINS_AT_LEAST} admin, masing-masing dari lembaga yang berbeda / "
            f"at least {ADMINS_AT_LEAST} administrators are needed, each of another agency"
        )


def sheet(
    keys: Sequence[SealedKey],
    *,
    day: str,
    place: str,
    present: Sequence[str],
    genesis: Mapping[LogName, tuple[str, Eid]],
    policies: Mapping[LogName, str],
) -> str:
    """The key ceremony sheet as one printable page. Raises: TooFewAdministrators.

    genesis: origin and eid by log; policies: the digest of each log's policy. It names offices, never persons.
    """
    if len(keys) < ADMINS_AT_LEAST or len({one.agency for one in keys}) < len(keys):
        raise TooFewAdministrators
    admins = "".join(
        f"<tr><td>{escape(one.agency.upper())}</td><td class='copy'>{_grouped(one.kid)}</td>"
        "<td class='line'></td><td class='line'></td><td class='line'></td></tr>"
        for one in keys
    )
    logs = "".join(
        f"<tr><td>{escape(log)}</td><td class='copy'>{escape(origin)}</td><td class='copy'>{_grouped(eid)}</td>"
        f"<td class='copy'>{_grouped(policies.get(log, ''))}</td></tr>"
        for log, (origin, eid) in genesis.items()
    )
    offices = "".join(f"<tr><td>{escape(one)}</td><td class='line'></td></tr>" for one in present)
    return _page(
        "Berita acara upacara kunci",
        f"<h1>Berita acara upacara kunci</h1><p>{escape(day)}, {escape(place)}. Key ceremony sheet.</p>"
        "<h2>1. Admin dan sidik kuncinya</h2><p>Dibacakan nyaring dari layar masing-masing, ditulis semua yang hadir. "
        "Amplop A: salinan cadangan kunci. Amplop B: kata sandinya. Keduanya disegel, dan disimpan di dua tempat.</p>"
        "<table><tr><th>Lembaga</th><th>Sidik kunci (kid)</th><th>Segel amplop A</th><th>Segel amplop B</th>"
        f"<th>Tanda tangan admin</th></tr>{admins}</table>"
        "<h2>2. Kedua log</h2>"
        "<table><tr><th>Log</th><th>Asal</th><th>Daun 0 (eid genesis)</th><th>Kebijakan saksi</th></tr>"
        f"{logs or '<tr><td colspan=4 class=line>belum dimulai / not begun</td></tr>'}</table>"
        "<h2>3. Yang dilakukan</h2><ol><li>☐ Setiap kunci dibuat di mesin lembaganya sendiri, tanpa jaringan.</li>"
        "<li>☐ Sidik di layar sama dengan yang tertulis di sini.</li>"
        "<li>☐ Setiap dua penanda tangan berbeda lembaga; tidak ada satu orang yang memegang dua kunci.</li>"
        "<li>☐ Kuorum kebijakan tidak dapat dipenuhi pihak pengelola sendiri.</li>"
        "<li>☐ Kunci sementara di posko dicabut di kedua log dan dihapus, juga dari cadangan.</li>"
        "<li>☐ Lembar ini difoto; masing-masing membawa pulang satu salinan.</li></ol>"
        "<h2>4. Hadir, menurut jabatan</h2><table><tr><th>Jabatan</th><th>Tanda tangan</th></tr>"
        f"{offices}{'<tr><td class=line></td><td></td></tr>' * 3}</table>",
    )


def spare(sealed: SealedKey, *, copies: int = 2) -> str:
    """The spare copies of a sealed key, one page each: a code to scan, and lines to type where no camera reads it."""
    rows = "".join(
        f"<tr><td>{number}</td><td>{escape(line)}</td><td><b>{check}</b></td></tr>"
        for number, (line, check) in enumerate(printed(sealed.text), 1)
    )
    pages = [
        f"<div class='page'><h1>Cadangan kunci admin {escape(sealed.agency.upper())} · {number}/{copies}</h1>"
        f"<p>Amplop A. Sidik: <code>{_grouped(sealed.kid)}</code></p>{_qr(sealed.text)}"
        "<p>Tertutup kata sandi: tanpa amplop B tidak dapat dibuka. Dibuka hanya di depan KPU, Bawaslu dan Polri, "
        "dan pembukaannya dicatat. Huruf di kanan memeriksa setiap baris.</p>"
        f"<table class='copy'><tr><th>Baris</th><th>Isi</th><th>Periksa</th></tr>{rows}</table>"
        "<p><small>kawal ceremony restore</small></p></div>"
        for number in range(1, copies + 1)
    ]
    return _page("Cadangan kunci admin", "".join(pages))


def answers_page(answers: Iterable[tuple[str, bytes]]) -> str:
    """The answers as codes for phones without signal, one page a phone. answers: who, the brief's file."""
    pages = []
    for who, data in answers:
        parts = split_parts(pack_brief(data))
        figures = "".join(
            f"<figure>{_qr(part, error='l')}<figcaption>{number} dari {len(parts)}</figcaption></figure>"
            for number, part in enumerate(parts, 1)
        )
        pages.append(f"<div class='page'><h1>{escape(who)}</h1><div class='parts'>{figures}</div></div>")
    return _page("Jawaban pendaftaran", "".join(pages))


def _page(title: str, body: str) -> str:
    return (
        f"<!doctype html><html lang='id'><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<style>{_STYLE}</style><body>{body}</body></html>\n"
    )


def _grouped(text: str) -> str:
    return escape(" ".join(text[at : at + 6] for at in range(0, len(text), 6)))


def _qr(text: str, *, error: str = "m") -> str:
    drawn = io.BytesIO()
    segno.make_qr(text, error=error, boost_error=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, svgclass="qr", lineclass=None, nl=False
    )
    return drawn.getvalue().decode("ascii")
