"""What is signed stays for ever, so people are kept out of it before anybody signs."""

import pytest

from kawal.command.personal import personal_signs

NAMES = ["Maria Goreti Neno", "Yos", "Anton Seran"]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("hubungi 0812-3456-7890", [("phone", "0812-3456-7890")]),
        ("hubungi +62 812 3456 7890.", [("phone", "+62 812 3456 7890")]),
        ("NRP 85041234 sebagai padal", [("number", "85041234")]),
        ("Padal NRP 85041234.", [("number", "85041234")]),
        ("NIP 198504122010011005", [("number", "198504122010011005")]),
        ("ditunjuk maria  goreti neno", [("name", "Maria Goreti Neno")]),
        ("Anton Seran dan Anton Serang", [("name", "Anton Seran")]),
    ],
)
def test_somebody_in_a_text_is_pointed_at(text: str, signs: list[tuple[str, str]]) -> None:
    assert personal_signs(text, NAMES) == signs


@pytest.mark.parametrize(
    "text",
    [
        "Sprin/1523/XI/PAM.3.2./2024 tanggal 27-11-2024",
        "40 orang di 423 TPS, 1.266 seluruhnya, pukul 08.00 sampai 16.00 WITA",
        "kode desa 6474012001, kode TPS 6474012001003",
        "Yos saja terlalu pendek untuk dicari",
        "Antonius Seranti",
    ],
)
def test_numbers_of_orders_places_and_hours_are_nobody(text: str) -> None:
    assert personal_signs(text, NAMES) == []
