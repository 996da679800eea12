"""Places as people say them: regions by name, units and sites by office and region."""

from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal.election.regions import UnknownRegion
from kawal_machine.regions import official_codes

PLACES = {
    "kpps": gettext_noop("Di TPS (KPPS)"),
    "pps": gettext_noop("Di PPS"),
    "jalan": gettext_noop("Dalam perjalanan"),
    "ppk": gettext_noop("Di PPK"),
    "kpu": gettext_noop("Gudang KPU"),
    "hilang": gettext_noop("Hilang"),
    "tidak diketahui": gettext_noop("Tempat tidak diketahui"),
}
_OFFICES = {
    "kpps": "KPPS",
    "pps": "PPS",
    "ppk": "PPK",
    "kpu": "KPU",
    "gudang": gettext_noop("Gudang"),
    "tps": "TPS",
    "panwascam": "Panwascam",
    "pkd": "PKD",
    "ptps": "PTPS",
    "bawaslu": "Bawaslu",
    "polda": "Polda",
    "polsek": "Polsek",
    "polres": "Polres",
    "kodim": "Kodim",
    "koramil": "Koramil",
    "linmas": "Linmas",
    "satpolpp": "Satpol PP",
    "brimob": "Satbrimob Polda",
    "ditsamapta": "Ditsamapta Polda",
    "saksi": gettext_noop("Saksi"),
    "simpang": gettext_noop("Simpang"),
    "halaman": gettext_noop("Halaman kantor"),
}


_OF_REGENCY = frozenset({"polres", "kodim"})


def place_name(kind: str) -> str:
    """Where a box is, in two words."""
    return _(PLACES.get(kind, PLACES["tidak diketahui"]))


@lru_cache(maxsize=20_000)
def region_name(code: str) -> str:
    """The name of a region; the code itself where no decree knows it."""
    try:
        return official_codes().region(code).name
    except UnknownRegion:
        return code


def unit_name(name: str) -> str:
    """A unit or site by office and region; the name itself where it is not made of these."""
    office, dash, code = name.partition("-")
    if not dash or office not in _OFFICES or not code.isdigit():
        return name
    said = _(_OFFICES[office])
    if len(code) == 13:
        return f"{said} {code[-3:]} {region_name(code[:10])}"
    region = region_name(code)
    # A Polres is named after its kabupaten without the word: Polres Timor Tengah Utara.
    return f"{said} {region.removeprefix('Kabupaten ') if office in _OF_REGENCY else region}"
