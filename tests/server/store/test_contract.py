"""What the port promises, on every store: an index once durable, twice is once, and the indexes follow the leaves."""

import pytest

from kawal.ledger.log_of import PENGAMANAN
from kawal.ledger.tree import EMPTY_ROOT, Tree
from kawal_server.store.placing import SUBJECT_LIMIT
from kawal_server.store.port import Head, OtherLog, StoreFailed
from tests.server.store.scene import AT, ORIGIN, Place, add, chain, check_ledger, entry


def test_an_opened_log_is_empty_and_knows_its_origin(place: Place) -> None:
    log = place.log()
    assert place.store.origin(log) == ORIGIN
    assert place.store.head(log) == Head(0, ())
    assert place.store.head(log).root() == EMPTY_ROOT
    assert check_ledger(place.store, log) == []


def test_a_log_opens_again_under_its_origin_and_under_no_other(place: Place) -> None:
    log = place.log()
    add(place, log, *chain("guard", 3))
    place.store.open_log(log, ORIGIN)
    with pytest.raises(OtherLog, match="another data folder"):
        place.store.open_log(log, "elsewhere.example/pilkada/5303")
    assert place.store.origin(log) == ORIGIN
    assert len(check_ledger(place.store, log)) == 3


def test_a_log_nobody_opened_is_empty_and_takes_nothing(place: Place) -> None:
    log = PENGAMANAN
    assert place.store.origin(log) is None
    assert place.store.head(log) == Head(0, ())
    assert place.store.leaves(log, 0, 9) == []
    assert place.store.device_heads(log) == []
    with pytest.raises(StoreFailed, match="never opened"):
        place.store.append(log, [entry()], received_at=AT)


def test_events_get_the_next_indexes_in_the_order_they_came(place: Place) -> None:
    log = place.log()
    assert add(place, log, *chain("guard", 3)) == [(0, True), (1, True), (2, True)]
    assert add(place, log, *chain("kpps", 2)) == [(3, True), (4, True)]
    leaves = check_ledger(place.store, log)
    assert [leaf.jws for leaf in leaves] == [e.jws for e in (*chain("guard", 3), *chain("kpps", 2))]


def test_an_event_handed_in_twice_keeps_its_place(place: Place) -> None:
    log = place.log()
    first, second, third = chain("guard", 3)
    assert add(place, log, first, second) == [(0, True), (1, True)]
    assert add(place, log, second, third, first, third) == [(1, False), (2, True), (0, False), (2, False)]
    assert add(place, log, first, second, third) == [(0, False), (1, False), (2, False)]
    check_ledger(place.store, log)


def test_the_same_event_stands_in_each_log_by_itself(place: Place) -> None:
    one, other = place.log(), place.log()
    assert add(place, one, entry()) == add(place, other, entry()) == [(0, True)]
    assert place.store.head(one) == place.store.head(other)


def test_handing_in_nothing_changes_nothing(place: Place) -> None:
    log = place.log()
    assert place.store.append(log, [], received_at=AT) == []
    assert place.store.head(log).size == 0


def test_leaves_come_in_log_order_as_far_as_they_exist(place: Place) -> None:
    log = place.log()
    add(place, log, *chain("guard", 5), at=AT + 7)
    assert [leaf.index for leaf in place.store.leaves(log, 1, 3)] == [1, 2]
    assert [leaf.index for leaf in place.store.leaves(log, 3, 99)] == [3, 4]
    assert [leaf.index for leaf in place.store.leaves(log, -5, 2)] == [0, 1]
    assert place.store.leaves(log, 5, 9) == place.store.leaves(log, 3, 3) == []
    assert {leaf.received_at for leaf in place.store.leaves(log, 0, 5)} == {AT + 7}


def test_a_device_s_leaves_come_by_number_of_a_fork_both(place: Place) -> None:
    log = place.log()
    guard, kpps = chain("guard", 3), chain("kpps", 2)
    add(place, log, guard[2], kpps[0], guard[0], kpps[1], guard[1], entry("guard", 2, t="custody.count"))
    assert [leaf.index for leaf in place.store.chain(log, guard[0].kid)] == [2, 4, 5, 0]
    assert place.store.chain(log, entry("nobody").kid) == []


def test_leaves_of_a_kind_are_found_by_the_beginning_of_their_type(place: Place) -> None:
    log = place.log()
    types = ("ledger.genesis", "custody.check", "ledger.enrol", "ledgers", "ledger", "register.manifest")
    add(place, log, *(entry(seq=number, t=t) for number, t in enumerate(types, 1)))
    assert [leaf.index for leaf in place.store.leaves_of(log, "ledger.")] == [0, 2]
    assert [leaf.index for leaf in place.store.leaves_of(log, "ledger.", start=1)] == [2]
    assert [leaf.index for leaf in place.store.leaves_of(log, "ledger")] == [0, 2, 3, 4]
    assert [leaf.index for leaf in place.store.leaves_of(log, "", start=4)] == [4, 5]
    assert place.store.leaves_of(log, "guard.") == []


def test_leaves_of_several_kinds_are_given_each_once_in_the_order_of_the_log(place: Place) -> None:
    log = place.log()
    types = ("ledger.revoke", "ledger.head", "ledger.enrol", "ledger.enrol-ok", "ledger.genesis", "ledger.enrol")
    add(place, log, *(entry(seq=number, t=t) for number, t in enumerate(types, 1)))
    teaching = ("ledger.genesis", "ledger.enrol", "ledger.revoke", "ledger.enrol-ok")
    assert [leaf.index for leaf in place.store.leaves_of(log, teaching)] == [0, 2, 3, 4, 5]
    assert [leaf.index for leaf in place.store.leaves_of(log, teaching, start=4)] == [4, 5]
    assert place.store.leaves_of(log, teaching, start=6) == place.store.leaves_of(log, ("guard.", "odd")) == []
    assert len(place.store.leaves_of(log, ("guard.", ""))) == len(types)


def test_the_place_of_an_event_is_known_once_it_stands_there(place: Place) -> None:
    log = place.log()
    first, second, absent = chain("guard", 3)
    add(place, log, first, second)
    asked = [absent.eid, second.eid, first.eid]
    assert place.store.places(log, asked) == {first.eid: 0, second.eid: 1}
    assert place.store.places(log, []) == {}


def test_ten_thousand_lines_are_asked_for_and_taken_at_once(place: Place) -> None:
    log = place.log()
    many = chain("guard", 10_000)
    assert add(place, log, *many)[-1] == (9_999, True)
    assert len(place.store.places(log, [e.eid for e in many])) == 10_000
    assert place.store.head(log).root() == Tree(e.leaf for e in many).root()


def test_a_box_gives_every_leaf_that_names_it(place: Place) -> None:
    log = place.log()
    add(place, log, entry(seq=1, boxes=["A", "B"]), entry(seq=2, boxes=["B", "B"]), entry(seq=3))
    assert [leaf.index for leaf in place.store.named(log, "B")] == [0, 1]
    assert [leaf.index for leaf in place.store.named(log, "A")] == [0]
    assert place.store.named(log, "C") == []
    assert [leaf.index for leaf in place.store.named(log, "C", "B", "A")] == [0, 1]
    assert place.store.named(log) == []


def test_a_manifest_that_comes_later_names_its_boxes_then(place: Place) -> None:
    log = place.log()
    add(place, log, entry(seq=1), entry(seq=2, boxes=["B"]))
    place.store.name(log, [("A", 0), ("B", 0), ("B", 1)])
    place.store.name(log, [("A", 0)])
    place.store.name(log, [])
    assert [leaf.index for leaf in place.store.named(log, "A")] == [0]
    assert [leaf.index for leaf in place.store.named(log, "B")] == [0, 1]


@pytest.mark.parametrize("box", ["", "kotak\0suara", "😀", "x" * (SUBJECT_LIMIT + 1), "\n", "x" * 4_000])
def test_no_name_that_a_device_may_sign_makes_a_batch_unwritable(place: Place, box: str) -> None:
    log = place.log()
    add(place, log, entry(seq=1, boxes=[box]), entry(seq=2, t="odd\0type"), entry(seq=3, boxes=["A"]))
    assert [leaf.index for leaf in place.store.named(log, box)] == [0]
    assert [leaf.index for leaf in place.store.leaves_of(log, "odd")] == [1]
    check_ledger(place.store, log)


def test_the_largest_numbers_a_device_may_sign_are_kept(place: Place) -> None:
    log = place.log()
    largest = 2**53 - 1
    add(place, log, entry(seq=largest, ts=largest))
    (head,) = place.store.device_heads(log)
    assert (head.seq, head.ts) == (largest, largest)


def test_a_device_head_is_its_highest_number_and_of_two_such_the_later(place: Place) -> None:
    log = place.log()
    early, twin, late = entry(seq=1), entry(seq=9, salt=1), entry(seq=9, salt=2)
    add(place, log, twin, at=AT)
    add(place, log, early, late, at=AT + 60)
    add(place, log, entry(seq=2), at=AT + 5)
    (head,) = place.store.device_heads(log)
    assert (head.eid, head.seq, head.count, head.received_at) == (late.eid, 9, 4, AT + 60)
    check_ledger(place.store, log)


def test_every_device_that_wrote_has_a_head(place: Place) -> None:
    log = place.log()
    add(place, log, *chain("guard", 4), *chain("kpps", 2), *chain("ppk", 1))
    assert sorted(head.count for head in place.store.device_heads(log)) == [1, 2, 4]


def test_dropped_indexes_leave_the_leaves_and_come_back_the_same(place: Place) -> None:
    log = place.log()
    entries = [*chain("guard", 9), *chain("kpps", 5)]
    add(place, log, *entries)
    before = check_ledger(place.store, log)
    assert place.store.drop_indexes(log) == 14
    assert place.store.device_heads(log) == []
    assert place.store.named(log, "KOTAK-1") == []
    assert place.store.leaves(log, 0, 99) == before
    for start in (7, 0):
        place.store.index_again(log, entries[start : start + 7], first=start, received_at=[AT] * 7)
    check_ledger(place.store, log)


def test_events_that_come_while_the_indexes_are_made_again_are_not_lost(place: Place) -> None:
    log = place.log()
    entries = chain("guard", 6)
    add(place, log, *entries)
    assert place.store.drop_indexes(log) == 6
    add(place, log, *chain("guard", 3, start=7))
    place.store.index_again(log, entries, first=0, received_at=[AT] * 6)
    check_ledger(place.store, log)


def test_a_closed_store_opens_again_by_itself(place: Place) -> None:
    log = place.log()
    add(place, log, entry())
    place.store.close()
    assert add(place, log, entry(), entry(seq=2)) == [(0, False), (1, True)]
