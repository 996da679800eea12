"""On the road: transit, `custody.two-places`, `early`, `overdue`, `order`, and the second log."""

from pathlib import Path

import pytest

from tests.contracts.auditing import Answer, audit
from tests.contracts.conftest import Audited
from tests.contracts.logbook import ORIGIN
from tests.contracts.scene import BOX, DAWN, DAY, HOUR, PPK, PPS, TPS, WAREHOUSE, Cast, Scene
from tests.contracts.signing import Json

START = DAWN + DAY
LOADED = f"{BOX},S1 S2"
PPK_BOX = "PPK-530305-1"
FAR = "kupang"  # 125 km from the station: 20 minutes by the rule


def sealed() -> Scene:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    return scene


def planned(log: Cast) -> None:
    columns = "convoy,vehicle,route,from_site,to_site,depart,arrive,min_escort"
    row = f"K1,V1,R1,{TPS},{PPK},{DAWN + 11 * HOUR},{DAWN + 12 * HOUR},2"
    log.register("convoys", columns, row, ts=DAWN + 8 * HOUR)


def both(folder: Path, boxes: Cast, guarding: Cast, now: int) -> Answer:
    boxes.save(folder / "kotak")
    guarding.save(folder / "pengamanan")
    return audit(folder, "--at", now)


@pytest.mark.parametrize("how", ["depart", "move"])
def test_on_the_road_a_box_is_seen_anywhere(audited: Audited, how: str) -> None:
    scene = sealed()
    if how == "depart":
        scene.travel("depart", DAWN + 11 * HOUR, TPS, LOADED)
        scene.check(scene.guard, DAWN + 12 * HOUR, site=PPS)
        scene.travel("arrive", DAWN + 13 * HOUR, PPK, LOADED)
    else:
        ends: dict[str, Json] = {"from": TPS, "to": PPK}
        scene.write(scene.guard, "custody.move", DAWN + 11 * HOUR, boxes=[BOX], why="banjir", **ends)
    scene.check(scene.guard, DAWN + 14 * HOUR, site=PPK)
    assert audited(scene, now=DAWN + 15 * HOUR).findings == []


@pytest.mark.parametrize("who", ["kpps", "guard"])
@pytest.mark.parametrize(("seconds", "judged"), [(60, True), (1500, False)])
def test_a_box_is_not_at_two_places_at_once(audited: Audited, who: str, seconds: int, judged: bool) -> None:
    scene = sealed()
    scene.check(getattr(scene, who), DAWN + 9 * HOUR + seconds, site=FAR)
    answer = audited(scene)
    assert [one["severity"] for one in answer.of("custody.two-places", BOX)] == ["alarm"] * judged
    assert bool(answer.of("custody.gap")) == (who == "guard")


def test_two_places_are_judged_on_the_road_too(audited: Audited) -> None:
    scene = sealed()
    ends: dict[str, Json] = {"from": TPS, "to": FAR}
    scene.write(scene.guard, "custody.move", DAWN + 9 * HOUR + 30, boxes=[BOX], why="x", **ends)
    scene.check(scene.guard, DAWN + 9 * HOUR + 60, site=FAR)
    assert "custody.two-places" in audited(scene).codes


# --- Early ---------------------------------------------------------------------------------------------------------


def in_session(*elections: str, box: str = BOX) -> Scene:
    scene = Scene(boxes=(box,))
    if box == BOX:
        scene.carried_to_office()
    else:
        scene.seal(scene.ppk, DAWN + 12 * HOUR, box, PPK, (f"{box}/a", f"{box}/b"))
    for election in elections:
        scene.session(START, START + DAY, election=election)
    return scene


def leave(scene: Scene, ts: int, box: str = BOX, site: str = WAREHOUSE) -> None:
    scene.hand_over(scene.ppk, scene.kpu, ts, [(box, (f"{box}/a", f"{box}/b"))], site=site)


@pytest.mark.parametrize(("hours", "codes"), [(-3, ["custody.early"]), (2, ["custody.early"]), (4, [])])
@pytest.mark.parametrize("how", ["accept", "depart"])
def test_a_box_waits_for_its_pleno_to_close(audited: Audited, hours: int, codes: list[str], how: str) -> None:
    scene = in_session("BUP")
    scene.pleno("open", START)
    scene.pleno("close", START + 3 * HOUR)
    ts = START + hours * HOUR
    if how == "accept":
        leave(scene, ts)
    else:
        scene.travel("depart", ts, PPK, f"{BOX},{BOX}/a {BOX}/b")
    found = audited(scene, now=START + 5 * HOUR).findings
    assert [one["code"] for one in found if one["code"] != "custody.missing"] == codes
    assert all(one["severity"] == "warn" for one in found if one["code"] == "custody.early")


def test_where_no_session_is_known_nothing_is_early(audited: Audited) -> None:
    scene = in_session()
    leave(scene, START)
    assert audited(scene).findings == []


def test_a_box_that_kpu_accepts_at_the_ppk_has_not_left_yet(audited: Audited) -> None:
    scene = in_session("BUP")
    leave(scene, START - 3 * HOUR, site=PPK)
    assert audited(scene).findings == []


def test_a_box_waits_for_the_session_of_its_own_election_only(audited: Audited) -> None:
    scene = in_session("BUP", "GUB")
    for election in ("BUP", "GUB"):
        scene.pleno("open", START, election=election)
    scene.pleno("close", START + 3 * HOUR)
    leave(scene, START + 4 * HOUR)
    assert audited(scene).findings == []


@pytest.mark.parametrize(("hours", "codes"), [(4, ["custody.early"]), (7, [])])
def test_the_boxes_of_the_ppk_wait_for_all_sessions(audited: Audited, hours: int, codes: list[str]) -> None:
    scene = in_session("BUP", "GUB", box=PPK_BOX)
    for word, election, hour in (("open", "BUP", 0), ("open", "GUB", 0), ("close", "BUP", 3), ("close", "GUB", 6)):
        scene.pleno(word, START + hour * HOUR, election=election)
    leave(scene, START + hours * HOUR, PPK_BOX)
    assert audited(scene, now=START + 8 * HOUR).codes == codes


# --- Overdue -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "codes"), [(89, []), (91, ["custody.overdue"]), (150, ["custody.overdue"])])
@pytest.mark.parametrize("arrived", [True, False])
def test_a_convoy_has_half_its_plan_in_hand(audited: Audited, minutes: int, codes: list[str], arrived: bool) -> None:
    scene = sealed()
    planned(scene)
    scene.travel("depart", DAWN + 11 * HOUR, TPS, LOADED)
    end = DAWN + 11 * HOUR + minutes * 60
    if arrived:
        scene.travel("arrive", end, PPK, LOADED)
    answer = audited(scene, now=end)
    assert answer.codes == codes
    for found in answer.findings:
        assert (found["subject"], found["severity"], found["from"]) == (BOX, "warn", DAWN + 12 * HOUR + 30 * 60)
        assert found["to"] == (end if arrived else None)


# --- Two logs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("travelled", [True, False])
def test_a_departure_in_the_second_log_puts_the_box_on_the_road(tmp_path: Path, travelled: bool) -> None:
    boxes, guarding = sealed(), Cast(origin=f"{ORIGIN}/pengamanan")
    if travelled:
        guarding.travel("depart", DAWN + 11 * HOUR, TPS, LOADED)
        guarding.travel("arrive", DAWN + 13 * HOUR, PPK, LOADED)
    boxes.check(boxes.guard, DAWN + 12 * HOUR, site=PPS)
    boxes.check(boxes.guard, DAWN + 14 * HOUR, site=PPK)
    answer = both(tmp_path, boxes, guarding, DAWN + 15 * HOUR)
    assert set(answer.codes) == (set() if travelled else {"custody.gap"})


def test_a_convoy_of_the_second_log_is_overdue(tmp_path: Path) -> None:
    boxes, guarding = sealed(), Cast(origin=f"{ORIGIN}/pengamanan")
    planned(guarding)
    guarding.travel("depart", DAWN + 11 * HOUR, TPS, LOADED)
    assert both(tmp_path, boxes, guarding, DAWN + 14 * HOUR).only("custody.overdue", BOX)["severity"] == "warn"


@pytest.mark.parametrize("origin", [f"{ORIGIN}/pengamanan", ORIGIN], ids=["its own genesis", "the same genesis"])
def test_a_device_has_one_chain_in_each_log(tmp_path: Path, origin: str) -> None:
    boxes, guarding = sealed(), Cast(origin=origin)
    boxes.check(boxes.guard, DAWN + 10 * HOUR)
    guarding.write(guarding.guard, "guard.on", DAWN + 10 * HOUR, post="p-1", order="o-1")
    told = set(both(tmp_path, boxes, guarding, DAWN + 11 * HOUR).codes)
    assert not {"ledger.fork", "ledger.chain-gap", "ledger.unenrolled"} & told
