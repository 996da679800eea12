"""The lists by the words that people call them, and what each asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal.election.lists.columns import ListKind


@dataclass(frozen=True, slots=True)
class ListWord:
    """A list of the set-up. word: in its address; number: of its step; unit: what its rows are."""

    word: str
    number: int
    kind: ListKind
    _title: str
    _needs: str
    _unit: str

    @property
    def title(self) -> str:
        """What the step is called."""
        return _(self._title)

    @property
    def needs(self) -> str:
        """What the list should hold."""
        return _(self._needs)

    @property
    def unit(self) -> str:
        """What its rows are."""
        return _(self._unit)


WORDS: Mapping[str, ListWord] = {
    one.word: one
    for one in (
        ListWord(
            "tps",
            2,
            "stations",
            gettext_noop("TPS per desa"),
            gettext_noop(
                "Lampiran keputusan KPU: kecamatan, desa atau kelurahan, dan jumlah atau nomor TPS. Judul, subtotal "
                "dan tanda tangan boleh ikut."
            ),
            gettext_noop("TPS"),
        ),
        ListWord(
            "tempat",
            3,
            "sites",
            gettext_noop("Tempat"),
            gettext_noop(
                "PPK, PPS, gudang, KPU dan Bawaslu: nama, kecamatan atau desa, dan titik koordinat bila ada. Yang "
                "tidak ada di daftar dibuat dari nama resmi wilayah dengan titik perkiraan."
            ),
            gettext_noop("tempat"),
        ),
        ListWord(
            "jadwal",
            4,
            "sessions",
            gettext_noop("Jadwal pleno"),
            gettext_noop(
                "Rapat pleno kecamatan: kecamatan, tanggal, pukul. Tanpa jadwal, keterlambatan pleno tidak dinilai."
            ),
            gettext_noop("pleno"),
        ),
        ListWord(
            "segel",
            5,
            "seal_stock",
            gettext_noop("Stok segel"),
            gettext_noop("Jenis segel, nomor seri awal dan akhir, jumlah."),
            gettext_noop("lot"),
        ),
        ListWord(
            "kendaraan",
            6,
            "vehicles",
            gettext_noop("Kendaraan dan kapal"),
            gettext_noop("Nomor polisi atau nama kapal, jenis, kapasitas dalam kotak, pemilik."),
            gettext_noop("kendaraan"),
        ),
    )
}


def list_word(word: str) -> ListWord:
    """The list of an address. Raises: Http404."""
    found = WORDS.get(word)
    if found is None:
        raise Http404(word)
    return found
