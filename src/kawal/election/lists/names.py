"""Names of regions as people write them: what two spellings share, and how far they are apart."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11}
_WORD_NUMBERS = {"SATU": "1", "DUA": "2", "TIGA": "3", "EMPAT": "4", "LIMA": "5", "ENAM": "6"}
_TELLING_WORDS = (
    "UTARA SELATAN TIMUR BARAT TENGAH TENGGARA HULU ULU HILIR ILIR ATAS BAWAH DALAM LUAR LAMA BARU"
    " DARAT LAUT KECIL BESAR KOTA MUARA KIRI KANAN UDIK TUA MUDA"
)
_TELLING = frozenset(re.split(" ", _TELLING_WORDS))
_TYPES = {
    "village": "KELURAHAN|KEL|DESA|DS|KAMPUNG|KAMPONG|KP|NAGARI|GAMPONG|PEKON|LEMBANG|TIYUH|TIUH|OHOI|NEGERI|FINUA",
    "district": "KECAMATAN|KEC|DISTRIK|DIST|DIS|KAPANEWON|KEMANTREN",
}
_PREFIX = {level: re.compile(rf"^(?:{names})\b[.:]?\s*(?=\S)") for level, names in _TYPES.items()}
_NUMBERED = re.compile(r"^(?:\d{1,4}|[A-Z]|[IVXL]{1,6})[.)]\s+(?=\D)")
_SOUNDS = (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("NJ", "NY"), ("SJ", "SY"), ("PH", "F"), ("V", "F"), ("Y", "I"))


@lru_cache(maxsize=50_000)
def upper(text: str) -> str:
    """Capitals without accents, one space between words, apostrophes gone."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub(r"['’‘`´\"“”]", "", plain.upper())
    return re.sub(r"\s+", " ", plain).strip()


@lru_cache(maxsize=50_000)
def name_key(text: str) -> str:
    """Letters and digits only: MA'U BELI, Maubeli and MAU-BELI are one; a closing numeral is written as a digit."""
    return "".join(_tokens(text))


def _tokens(text: str) -> list[str]:
    tokens = re.findall(r"[A-Z0-9]+", upper(text))
    if len(tokens) > 1:
        last = tokens[-1].lstrip("0") or "0"
        tokens[-1] = str(_ROMAN[last]) if last in _ROMAN else _WORD_NUMBERS.get(last, last)
    return tokens


def bare(text: str, level: str) -> str:
    """A name without "KEC.", "DESA", "KEL." or a list number before it; never nothing."""
    stripped = _PREFIX[level].sub("", _NUMBERED.sub("", upper(text)))
    return stripped.strip(" .:-")


def village_type(text: str) -> str:
    """`kelurahan` or `desa` where a text says so; "" where it does not."""
    plain = upper(text)
    if re.match(r"(KELURAHAN|KEL)\b", plain):
        return "kelurahan"
    return "desa" if re.match(r"(DESA|DS|KAMPUNG|NAGARI|GAMPONG|PEKON)\b", plain) else ""


@lru_cache(maxsize=50_000)
def sound_key(text: str) -> str:
    """A key that KPU's and the ministry's spellings share: single letters for doubled, U for OE, C for TJ."""
    key = name_key(text)
    for old, new in _SOUNDS:
        key = key.replace(old, new)
    return re.sub(r"([A-Z])\1+", r"\1", key)


def is_near(one: str, other: str) -> bool:
    """Whether two names may be one with a slip: one letter in 5 to 7, two in 8 or more, never in a telling word.

    Words and numbers that tell neighbours apart (UTARA and SELATAN, 1 and 2, LAMA and BARU) must be the same.
    """
    if _telling(one) != _telling(other):
        return False
    left, right = name_key(one), name_key(other)
    shorter = min(len(left), len(right))
    slips = 0 if shorter < 5 else 1 if shorter < 8 else 2
    return slips > 0 and distance(left, right, most=slips) <= slips


def _telling(text: str) -> tuple[str, ...]:
    return tuple(sorted(token for token in _tokens(text) if token in _TELLING or token.isdigit()))


def distance(one: Sequence[str], other: Sequence[str], *, most: int) -> int:
    """Letters changed, lost, added or swapped between two texts; `most` + 1 as soon as there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    line = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, line = before, line, [i]
        for j, b in enumerate(other, 1):
            cost = min(line[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
    return line[-1]
