"""Entries for tests: a kecamatan of TTU, the stages of 2024, and sources as the texts name them."""

from datetime import date
from typing import Any

from kawal.risk.register import Entry

KECAMATAN = "530305"
STATION = "5303052001003"
IPKP_DAY = date(2024, 5, 23)
TPS_RAWAN_DAY = date(2024, 11, 15)


def entry(number: int = 1, **other: Any) -> Entry:
    """One entry; without more, the police's own assessment that a kecamatan is rawan."""
    said: dict[str, Any] = {
        "entry": f"{number:09d}",
        "place": KECAMATAN,
        "instrument": "local",
        "stage": "kampanye",
        "on": TPS_RAWAN_DAY,
        "source": "Intelkam Polres TTU, R/12/XI/2024",
        "value": "prone",
        **other,
    }
    return Entry(**said)
