"""The re-vote of Kutai Kartanegara, 19 April 2025: what stood for the recap lapsed, was extended, or had boxes."""

from dataclasses import replace
from datetime import date

import pytest

from kawal.command.ending import in_the_way
from kawal.command.lapsing import Bound, PostHoldsBoxes, StageEndRefused, held_boxes, moving, standings
from kawal.command.stages import Stage, on_days, usual_stages
from tests.mission.command.scene import Command, at

ZONE = "Asia/Makassar"
VOTE = date(2024, 11, 27)
RULING, RE_VOTE = at("2025-02-24", 15), at("2025-04-19", 8)
WAREHOUSE, PPK, KPU = "pos-gudang-6402", "pos-ppk-640205", "pos-kpu-6402"
BOXES = {"gudang-6402": 2_934}


def stages(*, with_re_vote: bool = True) -> list[Stage]:
    """As on the day of the ruling: the recapitulation long over, the re-vote set by the court's ruling."""
    dated = {one.stage: one for one in usual_stages(VOTE, ZONE)}
    dated["phpu"] = on_days("phpu", date(2024, 12, 18), date(2025, 2, 24), ZONE)
    if with_re_vote:
        dated["psu"] = on_days("psu", date(2025, 2, 25), date(2025, 4, 26), ZONE)
    return list(dated.values())


def recapitulation() -> Command:
    """Three posts under one order until the end of the recapitulation; two of them were extended by a new order."""
    command = Command()
    begins, ends = at("2024-11-28"), at("2024-12-07")
    sprin = command.order(begins, ends, number="Sprin/70/XI/2024", stage="rekap-kab")
    for post in (WAREHOUSE, PPK, KPU):
        command.post(post, post.removeprefix("pos-"), begins, ends, listed_at=begins)
        command.duty(command.arif, post, sprin, begins)
    command.roster([[WAREHOUSE, "p-1", begins, begins + 43_200]], listed_at=begins)
    return command


def bound_to_recap(command: Command) -> list[Bound]:
    return [replace(one, stage="rekap-kab") for one in command.bound(RE_VOTE).values()]


def test_by_the_re_vote_everything_bound_to_the_recap_has_lapsed_or_been_extended_and_posts_with_boxes_stayed() -> None:
    command = recapitulation()
    found = standings(bound_to_recap(command), stages(), now=RE_VOTE, boxes_at=BOXES)
    assert {(one.thing.kind, one.thing.name if one.thing.kind == "post" else ""): one.state for one in found} == {
        ("post", WAREHOUSE): "stays",
        ("post", PPK): "lapsed",
        ("post", KPU): "lapsed",
        ("order", ""): "lapsed",
        ("roster", ""): "lapsed",
    }


def test_a_new_order_of_the_old_one_extends_what_stood_under_it() -> None:
    command = recapitulation()
    old = command.bound(RE_VOTE)["order", "Sprin/70/XI/2024"].name
    command.order(RULING, at("2025-04-27"), number="Sprin/12/II/2025", stage="psu", of=old)
    found = standings(bound_to_recap(command), stages(), now=RE_VOTE, boxes_at=BOXES)
    assert {one.state for one in found} == {"extended"}
    assert {one.extended_by.number for one in found if one.extended_by} == {"Sprin/12/II/2025"}
    assert [one.thing.title for one in found if one.thing.kind == "order"] == ["Sprin/70/XI/2024"]
    after = standings(bound_to_recap(command), stages(), now=at("2025-04-27"), boxes_at={})
    assert {one.state for one in after} == {"lapsed"}


def test_an_extension_lives_no_longer_than_its_own_stage() -> None:
    command = recapitulation()
    old = command.bound(RE_VOTE)["order", "Sprin/70/XI/2024"].name
    command.order(RULING, at("2026-01-01"), number="Sprin/12/II/2025", stage="psu", of=old)
    [order] = [one for one in bound_to_recap(command) if one.kind == "order"]
    assert order.until({one.stage: one for one in stages()}) == at("2025-04-27")


def test_moving_the_end_later_lists_what_lapses_before_it_and_lengthens_nothing() -> None:
    bound = bound_to_recap(recapitulation())
    rekap = next(one for one in stages() if one.stage == "rekap-kab")
    now, new_end = at("2024-12-05"), at("2024-12-17")
    done = moving(rekap, new_end, bound, stages=stages(), now=now, boxes_at=BOXES, zone=ZONE)
    assert {one.thing.name for one in done.lapses if one.thing.kind == "post"} == {WAREHOUSE, PPK, KPU}
    assert {one.at for one in done.lapses if one.thing.kind != "roster"} == {at("2024-12-07")}
    first = done.lapses[0]
    assert first.thing.name == WAREHOUSE
    assert first.says(ZONE).id == (
        "Pos gudang-6402 menjaga 2934 kotak dan tidak dapat gugur; dasarnya habis Sab 7 Des 00.00 WITA. "
        "Terbitkan perintah baru."
    )
    assert "Hanya perintah baru yang memperpanjangnya" in done.lapses[1].says(ZONE).id
    moved = [done.after if one.stage == "rekap-kab" else one for one in stages()]
    after = standings(bound, moved, now=at("2024-12-08"), boxes_at={})
    assert {one.state for one in after} == {"lapsed"}


def test_a_post_with_boxes_cannot_lapse_because_a_stage_ends_earlier() -> None:
    bound = bound_to_recap(recapitulation())
    rekap = next(one for one in stages() if one.stage == "rekap-kab")
    move = {"stages": stages(), "now": at("2024-12-03"), "zone": ZONE}
    with pytest.raises(PostHoldsBoxes, match="Pos gudang-6402 masih menjaga 2934 kotak") as refused:
        moving(rekap, at("2024-12-04"), bound, boxes_at=BOXES, **move)  # type: ignore[arg-type]
    assert "Post gudang-6402 still guards 2934 boxes" in str(refused.value)
    assert "ppk" not in str(refused.value)
    done = moving(rekap, at("2024-12-04"), bound, boxes_at={}, **move)  # type: ignore[arg-type]
    assert {one.at for one in done.lapses if one.thing.kind != "roster"} == {at("2024-12-04")}


def test_a_post_whose_boxes_kpu_took_over_may_lapse() -> None:
    [warehouse] = [one for one in bound_to_recap(recapitulation()) if one.name == WAREHOUSE]
    assert held_boxes(warehouse, BOXES) == 2_934
    assert held_boxes(replace(warehouse, released="BA/9/2025"), BOXES) == 0


@pytest.mark.parametrize(("new_end", "says"), [("2024-11-28", "harus sesudah mulainya"), ("2024-12-01", "sudah lewat")])
def test_an_end_that_cannot_be_is_refused(new_end: str, says: str) -> None:
    rekap = next(one for one in stages() if one.stage == "rekap-kab")
    with pytest.raises(StageEndRefused, match=says):
        moving(rekap, at(new_end), [], stages=stages(), now=at("2024-12-03"), boxes_at={}, zone=ZONE)


def test_the_operation_ends_only_after_the_last_ruling() -> None:
    command = recapitulation()
    bound = bound_to_recap(command)
    running = in_the_way(stages(), bound, now=RE_VOTE, boxes_at=BOXES, zone=ZONE)
    said = [one.id for one in running]
    assert "Tahapan Pemungutan suara ulang (PSU) belum selesai: berakhir Min 27 Apr 00.00 WITA." in said
    assert "Tahapan Pelantikan belum bertanggal: isi, atau tandai tidak dilaksanakan." in said
    assert [one for one in said if "masih menjaga 2934 kotak" in one]
    done = [one if one.ends else Stage(one.stage, is_left_out=True) for one in stages()]
    assert in_the_way(done, bound, now=at("2025-05-01"), boxes_at={}, zone=ZONE) == ()


def test_an_open_order_keeps_the_operation_open() -> None:
    command = recapitulation()
    command.order(RULING, at("2025-06-01"), number="Sprin/99/II/2025")
    done = [one if one.ends else Stage(one.stage, is_left_out=True) for one in stages()]
    bound = list(command.bound(RE_VOTE).values())
    [open_order] = in_the_way(done, bound, now=at("2025-05-01"), boxes_at={}, zone=ZONE)
    assert open_order.en.startswith("Order Sprin/99/II/2025 stands until")
