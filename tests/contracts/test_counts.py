"""`custody.count`, `custody.missing` and `custody.unknown`."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.scene import BOX, DAWN, DAY, HOUR, OTHER, PPK, SEALS, TPS, WAREHOUSE, Scene, box_row
from tests.contracts.signing import Json

START = DAWN + DAY
LATER = "BUP-5303052001004"
STRANGE = "GUB-5303052001009"
OTHER_SEALS = ("S3", "S4")
BOTH = [(BOX, SEALS), (OTHER, OTHER_SEALS)]


def two_boxes() -> Scene:
    scene = Scene(boxes=(BOX, OTHER))
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.seal(scene.kpps, DAWN + 9 * HOUR, OTHER, seals=OTHER_SEALS)
    return scene


@pytest.mark.parametrize(
    ("counted", "subject"),
    [
        ({"boxes": [BOX, OTHER], "n": 2}, None),
        ({"n": 2}, None),
        ({"boxes": [BOX], "n": 1}, OTHER),
        ({"n": 1}, TPS),
        ({"boxes": [BOX, OTHER], "n": 3}, TPS),
    ],
)
def test_a_stock_take_is_compared_with_what_is_held_there(
    audited: Audited, counted: dict[str, Json], subject: str | None
) -> None:
    scene = two_boxes()
    scene.write(scene.kpps, "custody.count", DAWN + 10 * HOUR, site=TPS, **counted)
    answer = audited(scene)
    assert [one["subject"] for one in answer.findings] == ([] if subject is None else [subject])
    assert all((one["code"], one["severity"]) == ("custody.count", "alarm") for one in answer.findings)


@pytest.mark.parametrize(("n", "codes"), [(1, []), (2, ["custody.count"])])
def test_the_number_of_an_offer_is_that_of_its_list(audited: Audited, n: int, codes: list[str]) -> None:
    scene = two_boxes()
    mh, _ = scene.table("box,seals", f"{BOX},S1 S2")
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR, mh=mh, n=n)
    scene.accept(scene.pps, offered, DAWN + 10 * HOUR + 60)
    assert audited(scene).codes == codes


def test_a_box_listed_as_missing_stays_with_the_giver(audited: Audited) -> None:
    scene = two_boxes()
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR, BOTH)
    lacking: list[Json] = [[OTHER, "missing", []]]
    scene.accept(scene.pps, offered, DAWN + 10 * HOUR + 60, res="diff", diff=lacking)
    scene.check(scene.kpps, DAWN + 11 * HOUR, OTHER, seals=OTHER_SEALS)
    scene.check(scene.pps, DAWN + 11 * HOUR)
    assert audited(scene).only("custody.count", OTHER)["severity"] == "alarm"


def test_a_box_too_many_is_told(audited: Audited) -> None:
    scene = two_boxes()
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    extra: list[Json] = [[OTHER, "extra", list(OTHER_SEALS)]]
    scene.accept(scene.pps, offered, DAWN + 10 * HOUR + 60, res="diff", diff=extra)
    assert audited(scene).only("custody.count", OTHER)


@pytest.mark.parametrize(("who", "codes"), [("kpps", []), ("pps", ["custody.gap"])])
def test_a_refusal_passes_nothing(audited: Audited, who: str, codes: list[str]) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    scene.accept(scene.pps, offered, DAWN + 10 * HOUR + 60, res="no")
    scene.check(getattr(scene, who), DAWN + 11 * HOUR)
    assert audited(scene, now=DAWN + 12 * HOUR).codes == codes


def test_a_convoy_that_arrives_with_less_than_it_left_with(audited: Audited) -> None:
    scene = two_boxes()
    rows = (f"{BOX},S1 S2", f"{OTHER},S3 S4")
    scene.travel("depart", DAWN + 11 * HOUR, TPS, *rows)
    scene.travel("arrive", DAWN + 12 * HOUR, PPK, rows[0])
    assert audited(scene).only("custody.count", OTHER)["severity"] == "alarm"


# --- Expected ------------------------------------------------------------------------------------------------------


def test_a_second_list_of_boxes_adds_to_the_first(audited: Audited) -> None:
    scene = Scene()
    scene.register("boxes", "box,election,station,area", box_row(LATER))
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.check(scene.guard, DAWN + 10 * HOUR, LATER)
    assert audited(scene).findings == []


def test_only_kpu_says_which_boxes_are_expected(audited: Audited) -> None:
    scene = Scene()
    mh, n = scene.table("box,election,station,area", box_row(LATER))
    scene.write(scene.ppk, "register.manifest", DAWN - 9 * DAY, kind="boxes", mh=mh, n=n)
    scene.check(scene.guard, DAWN + 10 * HOUR, LATER)
    assert audited(scene).only("custody.unknown", LATER)["severity"] == "alarm"


@pytest.mark.parametrize("how", ["seal", "check", "count", "offer"])
def test_a_box_that_nobody_expects_is_unknown(audited: Audited, how: str) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    if how == "seal":
        scene.seal(scene.kpps, DAWN + 10 * HOUR, STRANGE, seals=("Z1",))
    elif how == "check":
        scene.check(scene.guard, DAWN + 10 * HOUR, STRANGE, seals=("Z1",))
    elif how == "count":
        scene.write(scene.kpps, "custody.count", DAWN + 10 * HOUR, site=TPS, boxes=[BOX, STRANGE], n=2)
    else:
        scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR, [(BOX, SEALS), (STRANGE, ("Z1",))])
    assert audited(scene).only("custody.unknown", STRANGE)["severity"] == "alarm"


def test_an_unknown_box_under_other_seals_is_no_slip_of_the_hand(audited: Audited) -> None:
    scene = two_boxes()
    scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR, [(BOX, SEALS), (STRANGE, ("Z1",))])
    assert audited(scene).only("custody.unknown", STRANGE)["severity"] == "alarm"


# --- Missing -------------------------------------------------------------------------------------------------------


def awaited(*boxes: str) -> Scene:
    scene = Scene(boxes=boxes)
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.session(START, START + DAY)
    scene.hand_over(scene.kpps, scene.ppk, DAWN + 12 * HOUR, site=PPK)
    return scene


def test_before_the_session_nothing_is_missing_at_the_ppk(audited: Audited) -> None:
    assert audited(awaited(BOX, LATER), now=START - HOUR).findings == []


def test_when_its_session_opens_a_box_not_at_the_ppk_is_missing(audited: Audited) -> None:
    scene = awaited(BOX, LATER)
    begun = scene.pleno("open", START)
    found = audited(scene, now=START + HOUR).only("custody.missing", LATER)
    assert (found["severity"], found["from"]) == ("alarm", START)
    assert begun.eid in found["evidence"]


def test_the_session_of_another_election_awaits_other_boxes(audited: Audited) -> None:
    scene = awaited(BOX, OTHER)
    scene.pleno("open", START)
    assert audited(scene, now=START + HOUR).findings == []


def test_a_box_seen_at_its_station_is_missing_at_the_ppk(audited: Audited) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.session(START, START + DAY)
    scene.pleno("open", START)
    scene.check(scene.kpps, START + HOUR)
    assert audited(scene, now=START + 2 * HOUR).only("custody.missing", BOX)["severity"] == "alarm"


@pytest.mark.parametrize(("hours", "codes"), [(23, []), (25, ["custody.missing"])])
@pytest.mark.parametrize("brought", [False, True])
def test_a_day_after_its_session_a_box_is_at_the_warehouse(
    audited: Audited, hours: int, codes: list[str], brought: bool
) -> None:
    scene = awaited(BOX)
    scene.pleno("open", START)
    scene.opened(START + HOUR)
    scene.seal(scene.ppk, START + 2 * HOUR, site=PPK, seals=("N1", "N2"))
    scene.pleno("close", START + 3 * HOUR)
    if brought:
        scene.hand_over(scene.ppk, scene.kpu, START + 5 * HOUR, [(BOX, ("N1", "N2"))], site=WAREHOUSE)
    assert audited(scene, now=START + (3 + hours) * HOUR).codes == ([] if brought else codes)
