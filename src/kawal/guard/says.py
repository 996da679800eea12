"""The sentences of guard findings: each names the post, the time, the reason, and what to do next; never a name."""

from collections.abc import Mapping

from kawal.ledger.clock import clock, duration
from kawal.ledger.finding import Says

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "uncovered": (
        "Pos {post}{site}: kurang penjaga sejak {since}: paling sedikit {least} dari {wanted} yang wajib. {end}",
        "Post {post}{site}: too few guards from {since}: at the least {least} of the {wanted} required. {end}",
    ),
    "relief-gap": (
        "Pos {post}{site}: tidak ada penjaga sejak {since}, saat penjaga terakhir turun sebelum pengganti naik. {end}",
        "Post {post}{site}: nobody on duty from {since}, when the last guard left before a relief came on. {end}",
    ),
    "silent": (
        "Pos {post}{site}: tidak ada kabar sejak {heard}; tanda jaga seharusnya masuk paling lambat {since}. {end}",
        "Post {post}{site}: not heard since {heard}; a sign of life was due by {since} at the latest. {end}",
    ),
    "fatigue": (
        (
            "Petugas {who}: selesai jaga {since} dan mulai lagi {until}: istirahat {rest}, kurang dari {limit}. "
            "Ganti sekarang dan beri istirahat."
        ),
        (
            "Guard {who}: off duty {since} and on again {until}: {rest} of rest, less than {limit}. "
            "Relieve them now and let them rest."
        ),
    ),
    "count": (
        "Pos {post}{site}: hitungan saat aplusan {since} tidak sama: penyerah {given}, penerima {taken}. {end}",
        "Post {post}{site}: the counts at the relief {since} differ: giver {given}, receiver {taken}. {end}",
    ),
    "away": (
        "Pos {post}{site}: sejak {since} dilaporkan dari sedikitnya {metres} m jauhnya, radius {radius} m. {end}",
        "Post {post}{site}: from {since} reported from at least {metres} m away, its radius is {radius} m. {end}",
    ),
}
_LASTS: Mapping[str, tuple[str, str]] = {
    "uncovered": ("Belum pulih: kirim pengganti sekarang.", "It lasts: send a replacement now."),
    "relief-gap": ("Belum ada pengganti: kirim sekarang.", "No relief yet: send one now."),
    "silent": ("Belum terdengar: hubungi pos sekarang.", "Still not heard: call the post now."),
    "count": ("Hitung ulang bersama sekarang.", "Count again together now."),
    "away": ("Belum kembali: hubungi dan periksa.", "Not back yet: call and look."),
}
_OVER: Mapping[str, tuple[str, str]] = {
    "uncovered": ("Berakhir {until}; tanyakan sebabnya.", "It ended {until}; ask why it was so."),
    "relief-gap": (
        "Berakhir {until}; periksa segel dan hitung kotak.",
        "It ended {until}; check seals and count boxes.",
    ),
    "silent": ("Berakhir {until}; tanyakan sebabnya.", "It ended {until}; ask why it was so."),
    "count": ("Cocok lagi pada aplusan {until}.", "They agreed again at the relief {until}."),
    "away": ("Berakhir {until}; tanyakan sebabnya.", "It ended {until}; ask why it was so."),
}
_NOT_SEEN = ("tidak dihitung", "not counted")


def ended(name: str, until: int | None, zone: str) -> tuple[str, str]:
    """The last words of a sentence: what to do while it lasts, or when it was over and what to ask."""
    if until is None:
        return _LASTS[name]
    words = _OVER[name]
    return words[0].format(until=clock(until, zone)), words[1].format(until=clock(until, zone, language="en"))


def counted(boxes: int | None) -> tuple[str, str]:
    """A count of boxes in words."""
    return _NOT_SEEN if boxes is None else (str(boxes), str(boxes))


def sentence(
    name: str,
    zone: str,
    *,
    times: Mapping[str, int],
    spans: Mapping[str, int] | None = None,
    site: str = "",
    **words: str | tuple[str, str],
) -> Says:
    """Fill a sentence. times: UNIX seconds; spans: seconds; words: a pair where the languages differ (id, en)."""
    made = []
    for place, language in enumerate(("id", "en")):
        filled = {key: value[place] if isinstance(value, tuple) else value for key, value in words.items()}
        filled |= {key: clock(at, zone, language=language) for key, at in times.items()}
        filled |= {key: duration(span, language=language) for key, span in (spans or {}).items()}
        filled["site"] = f" ({site})" if site else ""
        made.append(_SENTENCES[name][place].format(**filled))
    return Says(made[0], made[1])
