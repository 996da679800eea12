"""Bawaslu's indicators of a vulnerable TPS (TPS rawan, Pilkada 2024), by key, in both languages.

The wording is reconstructed from a regional release, not the official text; it gives 26 of the 28 that Bawaslu counts.
KNOWN GAP: the two others are not invented here; what falls under none of these is kept as the variable's own key.
Source: Bawaslu, 10 to 15 November 2024, as told by bengkuluekspress and flores.tribunnews (design/domain.md 4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OFFICIAL_COUNT = 28
IS_WORDING_RECONSTRUCTED = True


@dataclass(frozen=True, slots=True)
class Variable:
    """One of the eight variables. indicators: key -> its words in Indonesian and English."""

    key: str
    indonesian: str
    english: str
    indicators: Mapping[str, tuple[str, str]]


VARIABLES: tuple[Variable, ...] = (
    Variable("voting-rights", "Hak pilih", "Right to vote", {
        "ineligible-on-list": ("pemilih tidak memenuhi syarat masih di DPT", "ineligible voters still on the list"),
        "additional-list": ("pemilih tambahan (DPTb)", "additional voters (DPTb)"),
        "potential-unlisted": ("potensi pemilih tidak terdaftar", "eligible people not on any list"),
        "officers-from-elsewhere": ("penyelenggara bertugas di luar domisili", "officials serving away from home"),
        "voters-with-disability": ("pemilih penyandang disabilitas", "voters with a disability"),
        "noken-misused": ("riwayat noken tidak sesuai ketentuan", "a history of noken against the rules"),
        "revote-before": ("riwayat PSU atau PSSU", "a history of re-vote or recount"),
    }),
    Variable("security", "Keamanan", "Security", {
        "violence-before": ("riwayat kekerasan", "a history of violence"),
        "intimidation-before": ("riwayat intimidasi", "a history of intimidation"),
        "refusal-before": ("riwayat penolakan penyelenggaraan", "a history of refusing the election"),
    }),
    Variable("money", "Politik uang", "Money politics", {
        "money-near-station": ("riwayat politik uang di sekitar TPS", "a history of vote buying around the station"),
    }),
    Variable("identity", "Politisasi SARA", "Identity politics", {
        "hate-speech": ("riwayat ujaran kebencian atau isu SARA", "a history of hate speech or identity issues"),
    }),
    Variable("neutrality", "Netralitas", "Neutrality", {
        "officers-campaigned": ("penyelenggara berkampanye", "officials campaigned"),
        "state-officers-sided": ("ASN, TNI, Polri, kades atau perangkat memihak", "state or village staff took sides"),
    }),
    Variable("logistics", "Logistik", "Logistics", {
        "goods-damaged": ("riwayat logistik rusak", "a history of damaged goods"),
        "goods-miscounted": ("riwayat logistik kurang, lebih atau tertukar", "a history of wrong or swapped goods"),
        "goods-late": ("riwayat logistik terlambat", "a history of late goods"),
    }),
    Variable("location", "Lokasi TPS", "Location", {
        "hard-to-reach": ("sulit dijangkau", "hard to reach"),
        "conflict-area": ("rawan konflik", "area prone to conflict"),
        "disaster-area": ("rawan bencana", "area prone to disaster"),
        "near-school": ("dekat lembaga pendidikan", "near a place of education"),
        "near-plant": ("dekat pabrik atau tambang", "near a plant or mine"),
        "near-candidate": ("dekat rumah pasangan calon atau posko", "near a candidate's house or post"),
        "special-location": ("lokasi khusus", "special location"),
    }),
    Variable("network", "Jaringan", "Network", {
        "no-power": ("tanpa atau kurang listrik", "no or little electricity"),
        "no-internet": ("tanpa atau kurang internet", "no or little internet"),
    }),
)  # fmt: skip

VARIABLE_OF: Mapping[str, str] = {key: one.key for one in VARIABLES for key in (one.key, *one.indicators)}
"""Indicator, or a variable whose indicator is not named -> its variable."""


class UnknownIndicator(ValueError):
    """No indicator has this key."""


def variables_of(indicators: Iterable[str]) -> frozenset[str]:
    """The variables that some indicators belong to. Raises: UnknownIndicator."""
    found = set()
    for key in indicators:
        if key not in VARIABLE_OF:
            raise UnknownIndicator(
                f"Indikator {key[:40]!r} tidak dikenal. Pilih dari daftar Bawaslu. / "
                f"The indicator {key[:40]!r} is not known. Choose one of Bawaslu's list."
            )
        found.add(VARIABLE_OF[key])
    return frozenset(found)


def words_of(key: str, language: str = "id") -> str:
    """An indicator or a variable in words; the key itself where it is not known."""
    for one in VARIABLES:
        if key == one.key:
            return one.english if language == "en" else one.indonesian
        if key in one.indicators:
            indonesian, english = one.indicators[key]
            return english if language == "en" else indonesian
    return key
