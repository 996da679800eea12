"""The plenos of the kecamatan: how many are done, and how far each of the others is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kawal_server.command_post.komando.links import to_boxes
from kawal_server.command_post.places import region_name
from kawal_server.store.models import DistrictLine

NAMED = 8
_ORDER = ("diskors", "berlangsung", "belum")


@dataclass(frozen=True, slots=True)
class Pleno:
    """One kecamatan that is not done."""

    name: str
    state: str
    done: int
    stations: int
    url: str

    @property
    def state_name(self) -> str:
        """The state in a word."""
        return pleno_name(self.state)

    @property
    def look(self) -> str:
        """A suspension asks for attention."""
        return "perhatian" if self.state == "diskors" else "aman" if self.state == "berlangsung" else "keterangan"


@dataclass(frozen=True, slots=True)
class Plenos:
    """All of them. `open`: those not done, as many as are named; `unnamed`: the rest of these."""

    done: int
    total: int
    open: Sequence[Pleno]
    unnamed: int


def plenos() -> Plenos:
    """Read how far the kecamatan are."""
    districts = list(DistrictLine.objects.all())
    unfinished = [one for one in districts if one.pleno != "selesai"]
    unfinished.sort(key=lambda one: (_ORDER.index(one.pleno) if one.pleno in _ORDER else 9, -_share(one), one.code))
    named = [
        Pleno(region_name(one.code), one.pleno, one.stations_done, one.stations, to_boxes(kecamatan=one.code))
        for one in unfinished[:NAMED]
    ]
    return Plenos(len(districts) - len(unfinished), len(districts), named, len(unfinished) - len(named))


def pleno_name(state: str) -> str:
    """A pleno's state in a word."""
    words = {
        "belum": _("belum mulai"),
        "berlangsung": _("berlangsung"),
        "diskors": _("diskors"),
        "selesai": _("selesai"),
    }
    return words.get(state, _("tidak diketahui"))


def _share(one: DistrictLine) -> float:
    return one.stations_done / one.stations if one.stations else 0.0
