"""People of the operation: who they are, in what rank and unit, and what may be shown of them. They go into no log."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from kawal.election.lists.names import upper

Force = Literal["polri", "tni", "linmas", "satpolpp", "pemda"]
FORCES: tuple[Force, ...] = get_args(Force)
RANKS: Mapping[str, tuple[str, ...]] = {
    "polri": (
        "Bharada", "Bharatu", "Bharaka", "Abripda", "Abriptu", "Abrip", "Bripda", "Briptu", "Brigpol", "Bripka",
        "Aipda", "Aiptu", "Ipda", "Iptu", "AKP", "Kompol", "AKBP", "Kombes Pol", "Brigjen Pol", "Irjen Pol",
        "Komjen Pol", "Jenderal Pol",
    ),
    "tni": (
        "Prada", "Pratu", "Praka", "Kopda", "Koptu", "Kopka", "Serda", "Sertu", "Serka", "Serma", "Pelda", "Peltu",
        "Letda", "Lettu", "Kapten", "Mayor", "Letkol", "Kolonel", "Brigjen", "Mayjen", "Letjen", "Jenderal",
    ),
}  # fmt: skip
"""The ranks of Polri and of the army, lowest first. Linmas, Satpol PP and civil servants have none here."""
_OTHER_WORDS: Mapping[str, str] = {"BRIGADIR": "Brigpol", "BRIGADIR POLISI": "Brigpol", "KOMBES": "Kombes Pol"}
_NRP = re.compile(r"\d{5,18}")
_PHONE = re.compile(r"\+?\d{8,15}")
_SHOWN_DIGITS = 3


class PersonRefused(ValueError):
    """What was typed is no person. fields: field -> what is so and what to do, in both languages."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = dict(fields)


@dataclass(frozen=True, slots=True)
class Leave:
    """Days on which somebody is not there, both inside."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Person:
    """One person. who: the opaque id that the log knows; skills: words of the roster; home_district: 6 digits or ""."""

    who: str
    name: str
    rank: str
    nrp: str
    unit: str
    agency: Force
    skills: tuple[str, ...] = ()
    phone: str = ""
    home_district: str = ""
    leave: tuple[Leave, ...] = ()

    def is_away(self, day: date) -> bool:
        """Whether this day falls in a leave."""
        return any(one.first <= day <= one.last for one in self.leave)


def read_person(who: str, form: Mapping[str, str]) -> Person:
    """Read what somebody typed: name, rank, nrp, unit, agency, skills (by comma), phone, home_district.

    Raises: PersonRefused.
    """
    wrong: dict[str, str] = {}
    agency = _agency(form.get("agency", ""), wrong)
    person = Person(
        who,
        _name(form.get("name", ""), wrong),
        _rank(form.get("rank", ""), agency, wrong),
        _digits("nrp", form.get("nrp", ""), wrong),
        form.get("unit", "").strip(),
        agency,
        tuple(dict.fromkeys(word for one in form.get("skills", "").split(",") if (word := one.strip().lower()))),
        _digits("phone", form.get("phone", ""), wrong),
        _district(form.get("home_district", ""), wrong),
    )
    if wrong:
        raise PersonRefused(wrong)
    return person


def rank_order(rank: str, agency: str) -> int:
    """How high a rank stands, from 1; 0 where the agency has none or the rank is not known."""
    ranks = RANKS.get(agency, ())
    return ranks.index(rank) + 1 if rank in ranks else 0


def masked(number: str) -> str:
    """A service or phone number as lists show it: the last three digits. The first of an NRP tell a day of birth."""
    hidden = max(0, len(number) - _SHOWN_DIGITS)
    return "•" * hidden + number[hidden:]


def _name(text: str, wrong: dict[str, str]) -> str:
    name = " ".join(text.split())
    if not 2 <= len(name) <= 120:
        wrong["name"] = "Tulis namanya, 2 sampai 120 huruf. / Write the name, 2 to 120 characters."
    return name[:120]


def _agency(text: str, wrong: dict[str, str]) -> Force:
    for one in FORCES:
        if text == one:
            return one
    wrong["agency"] = "Pilih instansinya. / Choose the agency."
    return "polri"


def _rank(text: str, agency: Force, wrong: dict[str, str]) -> str:
    asked = upper(" ".join(text.replace(".", " ").split()))
    ranks = RANKS.get(agency, ())
    if not asked and not ranks:
        return ""
    known = {upper(one): one for one in ranks}
    found = known.get(asked) or known.get(asked.removesuffix(" POL")) or _OTHER_WORDS.get(asked)
    if found is None or found not in ranks:
        shown = ", ".join(ranks) or "—"
        wrong["rank"] = f"Pangkat tidak dikenal. Pilih salah satu: {shown}. / Unknown rank. Choose one of: {shown}."
        return ""
    return found


def _digits(field: str, text: str, wrong: dict[str, str]) -> str:
    plain = re.sub(r"[\s.-]", "", text)
    pattern = _NRP if field == "nrp" else _PHONE
    if plain and pattern.fullmatch(plain) is None:
        wrong[field] = (
            "NRP hanya angka, 5 sampai 18. / The NRP is digits only, 5 to 18."
            if field == "nrp"
            else "Nomor telepon hanya angka, 8 sampai 15. / The phone number is digits only, 8 to 15."
        )
    return plain[:18]


def _district(text: str, wrong: dict[str, str]) -> str:
    code = text.replace(".", "").strip()
    if code and not (code.isascii() and code.isdecimal() and len(code) == 6):
        wrong["home_district"] = (
            "Kecamatan tempat tinggal ditulis dengan kodenya, 6 angka. / "
            "The kecamatan of the home is its code, 6 digits."
        )
    return code[:6]


def read_leave(first: str, last: str) -> Leave:
    """Read a leave as typed: ISO dates. Raises: PersonRefused."""
    try:
        leave = Leave(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
    except ValueError as error:
        raise PersonRefused({"leave": "Isi kedua tanggal cuti. / Fill both dates of the leave."}) from error
    if leave.last < leave.first:
        raise PersonRefused({"leave": "Cuti berakhir sebelum mulai. / The leave ends before it begins."})
    return leave
