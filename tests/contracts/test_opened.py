"""`custody.opened`: by a permitted reason, before those who must be there, inside an open session."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.scene import BOX, DAWN, DAY, HOUR, PPK, Scene

START = DAWN + DAY
PRESENT = ("ppk", "pps", "supervisor", "witness")
BOXES = tuple(f"BUP-5303052001{number:03d}" for number in range(3, 9))


def stored(boxes: tuple[str, ...] = (BOX,)) -> Scene:
    scene = Scene(boxes=boxes)
    scene.carried_to_office(boxes)
    scene.session(START, START + DAY)
    pleno(scene, "open", START)
    return scene


def pleno(scene: Scene, word: str, ts: int) -> None:
    scene.write(scene.observer, f"pleno.{word}", ts, level="district", area="530305", election="BUP", site=PPK)


def opened(scene: Scene, ts: int, box: str = BOX, why: str = "pleno", present: tuple[str, ...] = PRESENT) -> None:
    scene.write(scene.ppk, "custody.open", ts, boxes=[box], why=why, doc="d-1", present=list(present), site=PPK)
    scene.seal(scene.ppk, ts + 300, box, PPK, (f"{box}/new",))


def test_a_box_opened_in_its_session_before_all_is_in_order(audited: Audited) -> None:
    scene = stored()
    opened(scene, START + HOUR)
    pleno(scene, "close", START + 3 * HOUR)
    assert audited(scene, now=START + 4 * HOUR).findings == []


@pytest.mark.parametrize("absent", PRESENT)
def test_whoever_must_be_there_is_missed(audited: Audited, absent: str) -> None:
    scene = stored()
    opened(scene, START + HOUR, present=tuple(one for one in PRESENT if one != absent))
    found = audited(scene, now=START + 2 * HOUR).only("custody.opened", BOX)
    assert found["severity"] == "alarm"
    assert absent in found["says"]["en"]


def test_a_reason_that_nobody_permits_is_none(audited: Audited) -> None:
    scene = stored()
    opened(scene, START + HOUR, why="photo")
    assert "photo" in audited(scene, now=START + 2 * HOUR).only("custody.opened", BOX)["says"]["en"]


@pytest.mark.parametrize("minutes", [-50, -30, -10, 190, 220])
def test_every_box_opened_outside_the_session_is_an_alarm_however_many_they_are(audited: Audited, minutes: int) -> None:
    scene = stored(BOXES)
    for number, box in enumerate(BOXES):
        scene.opened(START + minutes * 60 + number, box)
    for number, box in enumerate(BOXES):
        scene.seal(scene.ppk, START + minutes * 60 + 300 + number, box, PPK, (f"{box}/new",))
    pleno(scene, "close", START + 3 * HOUR)
    answer = audited(scene, now=START + 5 * HOUR)
    assert [one["subject"] for one in answer.of("custody.opened")] == list(BOXES)
    assert answer.code == 1


def test_who_opened_it_is_who_signed_it(audited: Audited) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    scene.write(scene.guard, "custody.open", DAWN + 10 * HOUR, boxes=[BOX], why="photo", doc="", present=[])
    said = audited(scene).of("custody.opened", BOX)[0]["says"]["en"]
    assert "opened by kpps" not in said
