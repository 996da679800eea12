"""`custody.seal-mismatch` and `custody.seal-reused`."""

import pytest

from tests.contracts.conftest import Audited
from tests.contracts.scene import BOX, DAWN, HOUR, OTHER, SEALS, TPS, Scene, numbered
from tests.contracts.signing import Json


def sealed(boxes: tuple[str, ...] = (BOX,)) -> Scene:
    scene = Scene(boxes=boxes)
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    return scene


def stickers(number: int) -> Json:
    return {"k": "sticker", "s": None, "n": number}


@pytest.mark.parametrize("seen", [("S1", "S9"), ("S1",), ("S1", "S2", "S3")])
def test_another_set_of_serials_is_a_mismatch(audited: Audited, seen: tuple[str, ...]) -> None:
    scene = sealed()
    looked = scene.check(scene.guard, DAWN + 10 * HOUR, seals=seen)
    answer = audited(scene)
    found = answer.only("custody.seal-mismatch", BOX)
    assert (found["severity"], found["from"], answer.code) == ("alarm", looked.ts, 1)
    assert looked.eid in found["evidence"]


@pytest.mark.parametrize("seen", [("S2", "S1"), ()], ids=["in another order", "not looked at"])
def test_the_same_set_or_none_is_no_mismatch(audited: Audited, seen: tuple[str, ...]) -> None:
    scene = sealed()
    scene.check(scene.guard, DAWN + 10 * HOUR, seals=seen)
    assert audited(scene).findings == []


@pytest.mark.parametrize(
    ("seen", "codes"), [([stickers(24)], []), ([stickers(23)], ["custody.seal-mismatch"]), ([], [])]
)
def test_seals_without_a_serial_are_compared_where_both_count_them(
    audited: Audited, seen: list[Json], codes: list[str]
) -> None:
    scene = Scene()
    tie = numbered("S1")
    sides: list[list[Json]] = [[*tie, stickers(24)], [*tie, *seen]]
    scene.write(scene.kpps, "custody.seal", DAWN + 9 * HOUR, box=BOX, seals=sides[0], why="tutup", site=TPS)
    scene.write(scene.guard, "custody.check", DAWN + 10 * HOUR, box=BOX, seals=sides[1], ok=True, site=TPS)
    answer = audited(scene)
    assert answer.codes == codes
    assert all("23" in one["says"]["en"] and "24" in one["says"]["en"] for one in answer.findings), "the reason"


def test_a_hand_over_lists_serials_only(audited: Audited) -> None:
    scene = Scene()
    both = [*numbered("S1"), stickers(24)]
    scene.write(scene.kpps, "custody.seal", DAWN + 9 * HOUR, box=BOX, seals=both, why="tutup", site=TPS)
    scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR, [(BOX, ("S1",))])
    assert audited(scene).findings == []


@pytest.mark.parametrize(("row", "codes"), [("S1 S2", []), ("S1 S7", ["custody.seal-mismatch"])])
@pytest.mark.parametrize("inline", [True, False])
def test_the_list_of_an_offer_is_compared(audited: Audited, row: str, codes: list[str], inline: bool) -> None:
    scene = sealed()
    if inline:
        scene.hand_over(scene.kpps, scene.pps, DAWN + 10 * HOUR, [(BOX, tuple(row.split()))])
    else:
        mh, n = scene.table("box,seals", f"{BOX},{row}")
        offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR, mh=mh, n=n)
        accepted = scene.accept(scene.pps, offered, DAWN + 10 * HOUR + 60)
        scene.attest(scene.escort, DAWN + 10 * HOUR + 150, accepted)
        scene.attest(scene.witness, DAWN + 10 * HOUR + 160, accepted)
    assert audited(scene).codes == codes


def test_the_receiver_may_say_that_the_seals_differ(audited: Audited) -> None:
    scene = sealed()
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 10 * HOUR)
    differs: list[Json] = [[BOX, "seal", ["S1", "S8"]]]
    scene.accept(scene.pps, offered, DAWN + 10 * HOUR + 60, res="diff", diff=differs)
    assert audited(scene).only("custody.seal-mismatch", BOX)["severity"] == "alarm"


def test_the_last_seals_recorded_are_the_measure(audited: Audited) -> None:
    scene = sealed()
    scene.seal(scene.kpps, DAWN + 10 * HOUR, seals=("S3", "S4"))
    scene.check(scene.guard, DAWN + 11 * HOUR, seals=("S3", "S4"))
    assert audited(scene).findings == []
    scene.check(scene.guard, DAWN + 12 * HOUR, seals=SEALS)
    assert audited(scene).only("custody.seal-mismatch", BOX)


@pytest.mark.parametrize(("replaced", "codes"), [(False, ["custody.seal-reused"]), (True, [])])
def test_one_serial_is_active_on_one_box(audited: Audited, replaced: bool, codes: list[str]) -> None:
    scene = sealed((BOX, OTHER))
    if replaced:
        scene.seal(scene.kpps, DAWN + 10 * HOUR, seals=("S5",))
    scene.seal(scene.kpps, DAWN + 11 * HOUR, OTHER, seals=("S2", "S3"))
    answer = audited(scene)
    assert answer.codes == codes
    assert all((one["subject"], one["severity"]) == (OTHER, "alarm") for one in answer.findings)
