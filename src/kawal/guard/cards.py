"""SOP cards: what a guard on this kind of post does and leaves, in versions; `guard.on` cites the card it stands under.

Citing the card acknowledges the conduct rules on it anew each duty: they are part of every card.
"""

from kawal.ledger.encoding import digest

CONDUCT: tuple[tuple[str, str], ...] = (
    (
        "Tidak mencatat, memotret atau menyebarkan hasil penghitungan suara.",
        "Record, photograph or pass on no result of the count.",
    ),
    (
        "Tidak memengaruhi pemilih, dan tidak berfoto dengan calon atau atributnya.",
        "Influence no voter, and take no picture with a candidate or their emblems.",
    ),
    (
        "Tidak masuk TPS kecuali diminta KPPS atau keadaan darurat.",
        "Enter no polling station unless its KPPS asks or in an emergency.",
    ),
    (
        "Tidak memegang kotak suara: pemegangnya KPPS, PPS, PPK atau KPU.",
        "Hold no ballot box: KPPS, PPS, PPK or KPU hold it.",
    ),
    (
        "Tidak merokok dan tidak menyalakan api dalam 10 meter dari kotak.",
        "Smoke nothing and light no fire within 10 metres of the boxes.",
    ),
    ("Tidak meninggalkan pos sebelum pengganti berjaga.", "Leave no post before the relief is on duty."),
)
"""The conduct card. Source: STR/404/VI/OPS.1.3/2018 as reported; ten metres after Lumajang 2019."""

TEXT_LIMIT = 8_000


class BadCard(ValueError):
    """A card that cannot be kept. The message says what is so and what to do."""


def write_card(title: str, duties: str, *, version: int) -> str:
    """The text of a card: title and version, the duties of the post, then the conduct card. Raises: BadCard."""
    named, told = " ".join(title.split()), duties.replace("\r\n", "\n").strip()
    if not named or not told:
        raise BadCard("Isi nama kartu dan tugas posnya. / Fill the card's name and the duties of the post.")
    lines = [f"# {named} (versi {version})", "", told, "", "## Kartu sikap / Conduct", ""]
    lines += [f"{number}. {rule[0]} / {rule[1]}" for number, rule in enumerate(CONDUCT, 1)]
    text = "\n".join(lines) + "\n"
    if len(text) > TEXT_LIMIT:
        raise BadCard(f"Kartu lebih dari {TEXT_LIMIT} huruf. Ringkas. / Over {TEXT_LIMIT} characters. Shorten it.")
    return text


def card_digest(text: str) -> str:
    """What `guard.on` cites: b64u(SHA-256) of the text in UTF-8."""
    return digest(text.encode())
