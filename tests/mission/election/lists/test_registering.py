"""What was read becomes manifests the ledger can name, and a list read again never drops a box with a history."""

from dataclasses import replace

from kawal.election.boxes import ElectionKind
from kawal.election.lists.registering import box_rows, compare, manifest_rows, session_rows, site_rows
from kawal.election.lists.sessions import SessionRow
from kawal.election.lists.sites import SiteRow
from kawal.election.manifests import read_boxes, read_sessions, read_sites, write_rows
from tests.mission.election.lists.decree import HEAD, read


def both(_: str) -> tuple[ElectionKind, ...]:
    return ("GUB", "BUP")


def boxes(count: int) -> list[tuple[str, ...]]:
    return box_rows(read([HEAD, [1, "Kota Kefamenanu", "Aplasi", count]]).stations, both)


def test_two_boxes_a_station_and_two_of_the_ppk_are_expected() -> None:
    expected = read_boxes(write_rows("boxes", boxes(2)))
    assert [one.box for one in expected] == [
        "GUB-5303051002001",
        "BUP-5303051002001",
        "GUB-5303051002002",
        "BUP-5303051002002",
        "PPK-530305-1",
        "PPK-530305-2",
    ]


def test_a_list_read_again_shows_what_it_would_change() -> None:
    old = manifest_rows("boxes", write_rows("boxes", boxes(3)))
    change = compare("boxes", old, boxes(4))
    assert [row[0] for row in change.added] == ["GUB-5303051002004", "BUP-5303051002004"]
    assert (change.removed, change.kept_with_history, change.changed) == ((), (), ())
    assert compare("boxes", old, boxes(3)).is_nothing


def test_a_box_with_a_history_stays_and_one_without_goes() -> None:
    change = compare("boxes", boxes(3), boxes(2), {"GUB-5303051002003", "PPK-530305-1"})
    assert [row[0] for row in change.kept_with_history] == ["GUB-5303051002003"]
    assert [row[0] for row in change.removed] == ["BUP-5303051002003"]
    assert {row[0] for row in change.rows} == {row[0] for row in boxes(2)} | {"GUB-5303051002003"}


def test_sites_and_plenos_fit_their_manifests_and_a_moved_site_is_a_change() -> None:
    site = SiteRow("ppk-530305", "ppk", "530305", "PPK", "Jl. A", -9_450_000, 124_480_000, 250, False, 2)
    session = SessionRow("530305", 1732928400, 1732957200, None, "Aula", "Asia/Makassar", 2)
    sites = site_rows([site], lambda _: "Asia/Makassar")
    sessions = session_rows([session], both, deadline=1733241599)
    assert read_sites(write_rows("sites", sites))[0].lat_e6 == -9_450_000
    assert [(one.election, one.site, one.deadline) for one in read_sessions(write_rows("sessions", sessions))] == [
        ("GUB", "ppk-530305", 1733241599),
        ("BUP", "ppk-530305", 1733241599),
    ]
    moved = [tuple("-9460000" if field == "-9450000" else field for field in row) for row in sites]
    assert [one.key for one in compare("sites", sites, moved).changed] == ["ppk-530305"]
    assert [one.key for one in compare("sessions", sessions, [(*row[:6], "0") for row in sessions]).changed] == [
        "district/530305/GUB",
        "district/530305/BUP",
    ]


def test_an_estimated_point_is_no_fence_that_could_accuse_a_guard() -> None:
    site = SiteRow("ppk-530305", "ppk", "530305", "PPK", "", -9_450_000, 124_480_000, 250, False, 2)
    given, estimated = site_rows([site, replace(site, is_estimated=True)], lambda _: "Asia/Makassar")
    assert (given[5], estimated[5]) == ("250", "0")
