"""Lists of people and posts as offices write them: good rows are kept, bad ones are named by their row."""

from datetime import date

import pytest

from kawal.election.lists.cells import Cell, Sheet
from kawal.guard.roster.lists import NoSuchColumns, read_people, read_posts
from kawal.guard.roster.problem import DAY, Span
from tests.mission.guard.roster.scene import SATURDAY

ZONE = "Asia/Makassar"


def sheet(*rows: tuple[Cell, ...]) -> tuple[Sheet, ...]:
    return (Sheet("Lembar1", rows),)


PEOPLE = sheet(
    ("DAFTAR PERSONEL PAM PILKADA",),
    (
        "No",
        "NAMA LENGKAP",
        "PANGKAT",
        "NRP",
        "KESATUAN",
        "JABATAN",
        "CUTI/SAKIT",
        "MULAI BKO",
        "SELESAI BKO",
        "DOMISILI",
    ),
    (1, "AIPTU Made", "AIPTU", 81010001, "Polsek Marang Kayu", "Danru", None, None, None, "64.02.17"),
    (
        2,
        "Andi",
        "BRIPKA",
        "8101-0002",
        "Ditsamapta Polda",
        "Anggota",
        "30 Nov 2024; 2 s.d. 3 Desember 2024",
        None,
        None,
        None,
    ),
    (3, "Wati", "BRIPDA", "8101", "Polres", "Anggota", None, None, None, None),
    (4, "Made lagi", "BRIPDA", "81010001", "Polres", None, None, None, None, None),
    (5, "Joko", "BRIPDA", "81010004", "Brimob", None, "besok", None, None, None),
    (6, "Slamet", "PRATU", "31990012345", "Kodim 0908", None, None, None, None, None),
    (7, "Rina", "BRIPDA", "81010007", "Polda", None, None, date(2024, 11, 29), date(2024, 12, 2), None),
    (None, None, None, None, None, None, None, None, None, None),
)


def who_of(nrp: str, name: str) -> str:
    return f"p-{nrp or name}"


def test_good_rows_are_kept() -> None:
    made, andi, slamet, rina = read_people(PEOPLE, who_of, zone=ZONE).rows
    assert (made.person.who, made.name, made.nrp) == ("p-81010001", "AIPTU Made", "81010001")
    assert (made.person.home, made.person.skills) == ("640217", frozenset({"leader"}))
    assert andi.person.leave == (Span(SATURDAY, SATURDAY + DAY), Span(SATURDAY + 2 * DAY, SATURDAY + 4 * DAY))
    assert (slamet.person.agency, made.person.agency) == ("tni", "polri")
    assert (rina.person.since, rina.person.until) == (SATURDAY - DAY, SATURDAY + 3 * DAY)


def test_bad_rows_are_named_by_their_row_and_column() -> None:
    found = [(one.row_number, one.column, one.severity) for one in read_people(PEOPLE, who_of, zone=ZONE).problems]
    assert found == [(5, "D", "error"), (6, "", "error"), (7, "G", "error")]


def test_a_list_without_people_says_which_column_is_missing() -> None:
    with pytest.raises(NoSuchColumns) as refused:
        read_people(sheet(("Desa", "Jumlah"), ("Santan", 4)), who_of, zone=ZONE)
    assert "nrp" in str(refused.value)


POSTS = sheet(
    ("Nama Pos", "Kode", "Kerawanan", "Jumlah Personel", "Pola", "Komandan", "Min Polri", "Mulai", "Selesai"),
    ("Pos PPK Marang Kayu", "640217", "Sangat Rawan", 4, "3x8", "ya", 2, date(2024, 11, 30), date(2024, 12, 1)),
    ("Gudang KPU Bontang", "6474", "kurang rawan", "6", "1x24", "", None, "30 November 2024", "30 November 2024"),
    ("Pos Tanpa Kekuatan", "6474", "rawan", "banyak", "3x8", "", None, date(2024, 11, 30), date(2024, 12, 1)),
    ("Pos Pola Lain", "6474", "rawan", 3, "4x6", "", None, date(2024, 11, 30), date(2024, 12, 1)),
    ("Pos Terbalik", "6474", "rawan", 3, "2x12", "", None, date(2024, 12, 5), date(2024, 12, 1)),
)


def test_posts_bring_their_hours() -> None:
    ppk, store = read_posts(POSTS, zone=ZONE, zone_hours=8).rows
    assert (ppk.post.post, ppk.post.risk, ppk.post.place) == ("pos-ppk-marang-kayu", "high", "storage")
    assert [(slot.starts, slot.need, slot.leader, slot.core) for slot in ppk.slots][:1] == [(SATURDAY, 4, True, 2)]
    assert len(ppk.slots) == 6
    assert [(slot.ends - slot.starts) // DAY for slot in store.slots] == [1]
    assert store.post.risk == "less"


def test_posts_that_cannot_be_read_are_named() -> None:
    found = [(one.row_number, one.column) for one in read_posts(POSTS, zone=ZONE, zone_hours=8).problems]
    assert found == [(4, "D"), (5, "E"), (6, "I")]
