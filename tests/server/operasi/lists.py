"""Messy lists of a small real area, as its offices would hand them in: three kecamatan of Timor Tengah Utara."""

from collections.abc import Sequence

from kawal.election.regions import below
from kawal_machine.regions import official_codes
from tests.server.lists.files import Row, xlsx

AREAS = ("530305", "530308", "530310")
COUNTS = {"530305": 66, "530308": 35, "530310": 7}
TOTAL = 108
BOXES = 2 * TOTAL + 2 * 3
ORDER = {"name": "Operasi Mantap Praja Turangga", "code_name": "Turangga 2024"}


def shares(district: str, counts: dict[str, int] = COUNTS) -> list[tuple[str, str, int]]:
    """(code, name, stations) of each village, adding up to the kecamatan's number."""
    villages = below(official_codes(), district, "village")
    number = counts[district]
    return [
        (one.code, one.name, number // len(villages) + (at < number % len(villages))) for at, one in enumerate(villages)
    ]


def decree_rows(*, without: Sequence[str] = (), counts: dict[str, int] = COUNTS) -> list[Row]:
    """Title rows, a numbered header, floats, spellings of KPU, subtotals, a total and a signature."""
    rows: list[Row] = [
        ("LAMPIRAN KEPUTUSAN KPU KABUPATEN TIMOR TENGAH UTARA", None, None, None, None),
        ("JUMLAH TPS PADA PEMILIHAN TAHUN 2024", None, None, None, None),
        (None, None, None, None, None),
        ("NO", "KECAMATAN", "DESA/KELURAHAN", "JUMLAH TPS", "KET."),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
    ]
    total = 0
    for district in AREAS:
        name = official_codes().region(district).name.upper()
        own = [(code, village, count) for code, village, count in shares(district, counts) if code not in without]
        rows += [
            (float(at), name if at == 1 else None, village.upper(), float(count), None)
            for at, (_, village, count) in enumerate(own, 1)
        ]
        subtotal = sum(count for *_, count in own)
        rows.append((None, f"JUMLAH KEC. {name}", None, float(subtotal), None))
        total += subtotal
    rows.append((None, "JUMLAH SELURUHNYA", None, float(total), None))
    rows.append((None, None, None, None, None))
    rows.append((None, None, "Kefamenanu, 20 Oktober 2024", None, None))
    return rows


def decree(*, without: Sequence[str] = (), counts: dict[str, int] = COUNTS) -> bytes:
    """The decree as a workbook with merged titles."""
    return xlsx(decree_rows(without=without, counts=counts), "A1:E1", "A2:E2")


def offices() -> bytes:
    """PPK with and without positions, and the warehouse."""
    return xlsx(
        [
            ("DAFTAR SEKRETARIAT PPK", None, None, None, None),
            ("No", "Nama Tempat", "Kecamatan", "Alamat", "Titik Koordinat"),
            (1, "Sekretariat PPK Kota Kefamenanu", "Kota Kefamenanu", "Jl. Sudirman", "-9,4460, 124,4780"),
            (2, "Sekretariat PPK Insana", "Insana", "Oelolok", None),
            (3, "Gudang Logistik KPU", None, "Jl. Kartini", "-9.4500, 124.4800"),
        ],
        "A1:E1",
    )


def schedule() -> bytes:
    """The plenos, dates as people write them."""
    return xlsx(
        [
            ("JADWAL RAPAT PLENO REKAPITULASI TINGKAT KECAMATAN", None, None, None),
            ("No", "Kecamatan", "Tanggal", "Pukul"),
            (1, "KOTA KEFAMENANU", "29 s.d. 30 November 2024", "09.00 WITA"),
            (2, "INSANA", "Sabtu, 30 Nov 2024", "09.00 WITA"),
            (3, official_codes().region("530310").name, "30 November 2024", "10.00"),
        ],
        "A1:D1",
    )


def seals() -> bytes:
    return xlsx(
        [("Jenis Segel", "Nomor Seri Awal", "Nomor Seri Akhir", "Jumlah"), ("Kabel ties", "A0001", "A0500", 500)]
    )


def vehicles() -> bytes:
    return xlsx([("Nomor Polisi", "Jenis", "Kapasitas", "Pemilik"), ("DH 1234 AB", "Truk", "60 kotak", "Polres")])
