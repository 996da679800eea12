"""The operation as data: windows of real operations, and the titles of those who lead them."""

import pytest

from kawal.command.operation import Operation, PhasesRefused, read_phases
from kawal.command.roles import Assignment, title, vacant
from kawal.command.task_forces import USUAL

WINDOWS = [
    # place, phases, days as the press printed them
    ("Balangan", {"exec": ("2024-08-23", "2024-12-31")}, 131),
    ("Mojokerto", {"exec": ("2024-08-19", "2024-12-31")}, 135),
    ("Metro Jaya", {"exec": ("2024-08-14", "2024-12-31")}, 140),
    (
        "Kepulauan Sula",
        {
            "pre": ("2024-07-01", "2024-08-22"),
            "exec": ("2024-08-23", "2025-04-19"),
            "post": ("2025-04-20", "2025-07-20"),
        },
        385,
    ),
]


@pytest.mark.parametrize(("place", "typed", "days"), WINDOWS)
def test_an_operation_lasts_as_long_as_its_plan_says(place: str, typed: dict[str, tuple[str, str]], days: int) -> None:
    operation = Operation(f"Operasi Mantap Praja {place}", place, "polres", "Asia/Jakarta", read_phases(typed))
    assert operation.days == days


def test_guarding_outlives_the_year_where_there_is_a_re_vote() -> None:
    sula = read_phases(WINDOWS[3][1])
    phases = [Operation("Operasi", "", "polres", "Asia/Jayapura", sula).phase(one.last) for one in sula]
    assert [one.name for one in phases if one] == ["pre", "exec", "post"]
    assert Operation("Operasi", "", "polres", "Asia/Jayapura", sula).phase(sula[0].first.replace(year=2023)) is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"exec": ("2024-12-31", "2024-08-23")}, "berakhir sebelum mulai"),
        ({"exec": ("2024-08-23", "")}, "isi kedua tanggalnya"),
        ({"exec": ("23 Agustus", "2024-12-31")}, "isi kedua tanggalnya"),
        (
            {"pre": ("2024-08-01", "2024-08-23"), "exec": ("2024-08-23", "2024-12-31")},
            "sebelum fase praoperasi selesai",
        ),
    ],
)
def test_days_that_are_no_phase_are_refused(typed: dict[str, tuple[str, str]], says: str) -> None:
    with pytest.raises(PhasesRefused, match=says):
        read_phases(typed)


def test_a_title_ends_with_the_level_it_is_held_at() -> None:
    assert title("kaops", "mabes") == "Kaopspus"
    assert title("kaops", "polda") == "Kaopsda"
    assert title("kasetops", "polres") == "Kasetopsres"
    assert title("karendalops", "polres", suffix="resta") == "Karendalopsresta"
    assert title("padal", "polres") == "Padal"


def test_a_role_that_nobody_holds_is_named() -> None:
    held = [Assignment("kaops", "p-1"), Assignment("kasetops", "p-2"), Assignment("kasatgas", "p-3", "humas")]
    assert vacant(held, ["humas", "gakkum"]) == [("karendalops", ""), ("kasatgas", "gakkum")]
    assert vacant([]) == [("kaops", ""), ("karendalops", ""), ("kasetops", "")]


def test_the_usual_task_forces_are_the_seven_of_a_polda() -> None:
    assert [one.key for one in USUAL] == [
        "preemtif",
        "preventif",
        "kamseltibcar",
        "gakkum",
        "tindak",
        "humas",
        "banops",
    ]
