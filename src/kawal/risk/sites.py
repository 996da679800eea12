"""Strategic sites (titik strategis): where guarding comes first, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kawal.risk.classes import RiskClass, gravity, weight_of
from kawal.risk.register import is_region, is_site

SiteKind = Literal["warehouse", "kpu", "bawaslu", "ppk", "pleno", "jetty", "crossing", "bridge", "other"]
SITE_KINDS: tuple[SiteKind, ...] = get_args(SiteKind)
Priority = Literal[1, 2, 3]
PRIORITIES: tuple[Priority, ...] = get_args(Priority)
_USUAL: Mapping[str, tuple[Priority, str, str]] = {
    "warehouse": (1, "semua kotak berakhir di sini", "all boxes end here"),
    "pleno": (1, "kotak dibuka di sini", "boxes are opened here"),
    "kpu": (1, "dokumen hasil dan keputusan ada di sini", "the documents and decisions are here"),
    "ppk": (2, "kotak kecamatan disimpan di sini", "the boxes of the kecamatan are stored here"),
    "bawaslu": (2, "laporan dan bukti ada di sini", "reports and evidence are here"),
    "jetty": (2, "kotak berpindah ke kapal di sini", "boxes change to a boat here"),
}


class BadSite(ValueError):
    """A site cannot stand in the register of strategic sites; the message says why."""


@dataclass(frozen=True, slots=True)
class Strategic:
    """One strategic site. priority: 1 first; area: region code; lat_e6, lon_e6: microdegrees where they are known."""

    site: str
    kind: SiteKind
    name: str
    area: str
    priority: Priority
    reason: str
    lat_e6: int | None = None
    lon_e6: int | None = None


def check(site: Strategic) -> Strategic:
    """Give a site back where it may stand in the register. Raises: BadSite."""
    if not site.name.strip():
        raise BadSite("Isi nama titik itu. / Fill the name of the site.")
    if not is_site(site.site):
        raise BadSite(
            "Nama di daftar resmi ditulis seperti ppk-530305. Perbaiki atau kosongkan. / "
            "The name in the official list is written like ppk-530305. Correct it or leave it empty."
        )
    if not is_region(site.area):
        raise BadSite("Pilih kecamatannya dari daftar. / Choose the kecamatan from the list.")
    if site.kind not in SITE_KINDS:
        raise BadSite("Pilih jenis titik dari daftar. / Choose the kind of site from the list.")
    if site.priority not in PRIORITIES:
        raise BadSite("Prioritas adalah 1, 2 atau 3; 1 yang pertama. / A priority is 1, 2 or 3; 1 comes first.")
    if len(site.reason.strip()) < 5:
        raise BadSite(
            "Isi alasannya: mengapa titik ini didahulukan. / Fill the reason: why this site comes before others."
        )
    return site


def usual(kind: str) -> tuple[Priority, str, str]:
    """The priority that a registered place of a kind has until somebody sets another, and why, in two languages."""
    return _USUAL.get(kind, (3, "belum dinilai", "not assessed yet"))


def in_order(sites: Iterable[Strategic], risk_of: Mapping[str, RiskClass | None]) -> Sequence[Strategic]:
    """By priority, then the graver kecamatan first, then by name. risk_of: region code -> class now."""

    def key(one: Strategic) -> tuple[int, int, int, str]:
        grave, unknown = gravity(risk_of.get(one.area[:6]))
        return one.priority, -grave, -unknown, one.name

    return sorted(sites, key=key)


def patrol_weight(risk: RiskClass | None, priority: Priority | None = None) -> int:
    """How much more often a patrol passes: 3, 2 or 1 by class, and never less than the priority asks."""
    return max(weight_of(risk), 4 - priority if priority is not None else 1)
