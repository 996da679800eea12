"""Every hour guarded: posts with zones, mixed teams with their rest, co-signed reliefs, visitors, cards, machines."""

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from kawal_cli.simulate import Simulated
from tests.simulation.record import Record

HOUR_S = 3600
RELIEF_S = 180
SLACK_S = 400
"""So much of sixteen hours of rest may go into signing a post over, and into clocks of phones."""


@pytest.fixture(scope="module")
def record(clean: Simulated) -> Record:
    return Record(clean.out)


@pytest.fixture(scope="module", name="polres_bontang")
def of_bontang(bontang: Simulated) -> Record:
    return Record(bontang.out)


def first_rows(record: Record) -> dict[str, list[dict[str, str]]]:
    """The rows of each post as it was first registered."""
    found: dict[str, list[dict[str, str]]] = {}
    for _, rows in record.rows("posts"):
        grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            grouped[row["post"]].append(row)
        found = grouped | found
    return found


def test_there_are_posts_at_warehouse_kpu_bawaslu_and_every_ppk_and_pleno(record: Record) -> None:
    posts = first_rows(record)
    assert {"pos-gudang-5303", "pos-kpu-5303", "pos-bawaslu-5303", "kamera-gudang-5303"} <= set(posts)
    ppk = {post.rpartition("-")[2] for post in posts if post.startswith("pos-ppk-")}
    assert len(ppk) == 8
    assert {post.rpartition("-")[2] for post in posts if post.startswith("pos-pleno-")} == ppk


def test_a_post_has_a_zone_for_the_room_and_one_outside_each_with_its_strength(record: Record) -> None:
    for post, rows in first_rows(record).items():
        if post.startswith("kamera-"):
            assert {row["min_strength"] for row in rows} == {"0"}
            continue
        rings = {row["ring"]: int(row["min_strength"]) for row in rows}
        assert set(rings) in ({"1", "2"}, {"1", "2", "3"})
        assert all(rings.values())


def test_how_prone_a_place_is_and_how_strong_its_post_stands_nowhere_in_the_log_of_boxes(record: Record) -> None:
    assert not [one for one in record.events["kotak"] if one.t.startswith(("guard.", "order.", "bko.", "command."))]
    kinds = {one.payload["kind"] for one in record.of("register.manifest", "kotak")}
    assert kinds == {"boxes", "sites", "sessions"}
    strengths = {post: sum(int(row["min_strength"]) for row in rows) for post, rows in first_rows(record).items()}
    assert len({many for post, many in strengths.items() if post.startswith("pos-ppk-")}) > 1


def test_heartbeats_are_due_by_the_post_and_silence_is_expected_where_there_is_no_signal(record: Record) -> None:
    due = {post: {int(row["beat_s"]) for row in rows} for post, rows in first_rows(record).items()}
    assert due["pos-gudang-5303"] == {1800}
    assert {0} < set().union(*due.values()) <= {0, 1800, 2700, 3600}
    assert any(0 in many for post, many in due.items() if post.startswith("pos-ppk-"))


def test_teams_are_of_several_agencies_and_the_leader_is_of_polri(record: Record) -> None:
    agencies: dict[str, set[str]] = defaultdict(set)
    for event in record.of("guard.on"):
        agencies[str(event.payload["post"])].add(str(record.enrolled[event.kid]["agency"]))
    assert all(len(many) > 1 for many in agencies.values())
    assert set().union(*agencies.values()) == {"polri", "tni", "linmas", "satpolpp"}
    leading = {record.enrolled[one.kid]["agency"] for one in record.of("guard.beat")}
    assert leading == {"polri", "post"}


def test_everybody_rests_sixteen_hours_between_two_duties(record: Record) -> None:
    duties: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for event in sorted((*record.of("guard.on"), *record.of("guard.off")), key=lambda one: one.seq):
        who = record.who(event)
        if event.t == "guard.on":
            duties[who].append((event.ts, 0))
        else:
            duties[who][-1] = (duties[who][-1][0], event.ts)
    rests = [later[0] - earlier[1] for many in duties.values() for earlier, later in pairwise(many)]
    assert len(rests) > 100
    assert min(rests) >= 16 * HOUR_S - SLACK_S


def test_rosters_are_issued_by_the_week_and_plan_the_duties_that_were_done(record: Record) -> None:
    issued = list(record.rows("roster"))
    assert len(issued) >= 3
    planned = {(row["post"], row["who"]) for _, rows in issued for row in rows}
    done = {(str(one.payload["post"]), record.who(one)) for one in record.of("guard.on")}
    assert done <= planned
    for _, rows in issued:
        assert max(int(row["to"]) for row in rows) - min(int(row["from"]) for row in rows) <= 8 * 24 * HOUR_S


def test_two_guards_exchange_a_turn_and_the_roster_says_so_beforehand(record: Record) -> None:
    changed = [
        (event, rows) for event, rows in record.rows("roster") if {row["post"] for row in rows} == {"pos-gudang-5303"}
    ]
    (event, rows), *_ = changed
    before = next(rows for earlier, rows in record.rows("roster") if earlier.ts < event.ts)
    turns = {(row["from"], row["who"]) for row in before if row["post"] == "pos-gudang-5303"}
    swapped = {(row["from"], row["who"]) for row in rows} - turns
    assert len(swapped) == 2
    assert all(int(begins) > event.ts for begins, _ in swapped)
    assert len({who for _, who in swapped}) == 2


def test_a_relief_is_signed_by_both_within_three_minutes_and_seldom_counts_the_boxes(record: Record) -> None:
    offers = {one.eid: one for one in record.of("custody.offer") if one.payload["what"] == "post"}
    accepts = {str(one.payload["of"]): one for one in record.of("custody.accept")}
    closes = {str(one.payload["of"]): one for one in record.of("custody.close")}
    assert len(offers) > 50
    for eid, offer in offers.items():
        accept = accepts[eid]
        close = closes[accept.eid]
        assert close.kid == offer.kid != accept.kid
        assert record.who(offer) != record.who(accept)
        assert 0 < close.ts - offer.ts <= RELIEF_S
        assert offer.payload["n"] == accept.payload["n"]
    counted = Counter(one.payload["n"] is not None for one in offers.values())
    assert 0 < counted[True] < counted[False]


def test_who_comes_on_cites_the_order_in_force_and_the_card_which_is_revised_once(record: Record) -> None:
    orders = {one.eid for one in record.of("order.issue")}
    cards: dict[str, list[str]] = defaultdict(list)
    for event in sorted(record.of("guard.on"), key=lambda one: one.ts):
        assert event.payload["order"] in orders
        cards[str(event.payload["post"])].append(str(event.payload["sop"]))
    for post, many in cards.items():
        texts = [record.blob(named).decode() for named in dict.fromkeys(many)]
        assert "Kartu SOP pos" in texts[0]
        assert "Versi 1" in texts[0]
        is_revised = post.startswith(("pos-ppk-", "pos-gudang-"))
        assert [("Versi 2" in text) for text in texts] == ([False, True] if is_revised else [False])


def test_visitors_show_a_paper_and_somebody_of_the_house_is_with_them(record: Record) -> None:
    visits = record.of("guard.visitor")
    assert Counter(one.payload["dir"] for one in visits)["in"] > 5
    assert Counter(one.payload["dir"] for one in visits)["in"] == Counter(one.payload["dir"] for one in visits)["out"]
    for visit in visits:
        assert visit.payload["doc"]
        assert visit.payload["with"]
    assert record.of("guard.log")


def test_a_camera_beats_by_the_posts_own_device(record: Record) -> None:
    beats = [one for one in record.of("guard.beat") if str(one.payload["post"]).startswith("kamera-")]
    assert len(beats) > 100
    assert {record.enrolled[one.kid]["agency"] for one in beats} == {"post"}


def test_a_post_is_lifted_by_an_order_and_a_list_that_ends_it_then(record: Record) -> None:
    ends: dict[str, tuple[int, int]] = {}
    for event, rows in record.rows("posts"):
        ends |= {row["post"]: (event.ts, 0) for row in rows}
        for row in rows:
            ends[row["post"]] = event.ts, max(ends[row["post"]][1], int(row["to"]))
    last: dict[str, int] = {}
    for one in record.of("guard.off"):
        last[str(one.payload["post"])] = max(one.ts, last.get(str(one.payload["post"]), 0))
    for post, off in last.items():
        assert off - SLACK_S - HOUR_S / 6 <= ends[post][1] <= off + SLACK_S, post


def test_polres_bontang_guards_both_kabupaten_and_its_own_city(polres_bontang: Record) -> None:
    commanders = {polres_bontang.unit(one) for one in polres_bontang.of("order.issue")}
    assert commanders == {"polres-6474"}
    units = {polres_bontang.unit(one) for one in polres_bontang.of("guard.on")}
    assert {"polsek-640205", "polsek-640217", "polsek-647401", "polres-6474"} <= units
    assert not any(unit == "polres-6402" for unit in units)
    signed = {polres_bontang.unit(one) for one in polres_bontang.of("register.manifest", "kotak")}
    assert signed == {"kpu-6402", "kpu-6474"}
