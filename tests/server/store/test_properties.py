"""However batches are cut, shuffled and sent again, the log has no hole, no event twice, and the indexes agree."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kawal_server.store.port import Entry
from tests.server.store.scene import AT, Place, check_ledger, entry, entry_of

DEVICES = ("guard", "kpps", "ppk")
BOXES = ("KOTAK-1", "KOTAK-2", "KOTAK-3")
# The store of a module serves every example: each opens a log of its own.
FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])

entries = st.builds(
    entry,
    st.sampled_from(DEVICES),
    st.integers(1, 6),
    ts=st.integers(AT, AT + 3),
    boxes=st.lists(st.sampled_from(BOXES), max_size=3),
)
batches = st.lists(st.lists(entries, max_size=8), max_size=6)


@given(batches=batches, later=st.lists(st.integers(0, 300), min_size=6, max_size=6))
@FEW
def test_any_batches_give_one_log_without_a_hole(place: Place, batches: list[list[Entry]], later: list[int]) -> None:
    log = place.log()
    for batch, seconds in zip(batches, later, strict=False):
        size = place.store.head(log).size
        answers = place.store.append(log, batch, received_at=AT + seconds)
        assert [answer.eid for answer in answers] == [e.eid for e in batch]
        fresh = [answer.index for answer in answers if answer.is_new]
        assert fresh == list(range(size, size + len(fresh)))
    leaves = check_ledger(place.store, log)
    sent = [e for batch in batches for e in batch]
    assert [leaf.eid for leaf in leaves] == list(dict.fromkeys(e.eid for e in sent))
    assert place.store.places(log, [e.eid for e in sent]) == {leaf.eid: leaf.index for leaf in leaves}


@given(batch=st.lists(entries, min_size=1, max_size=12), cuts=st.lists(st.integers(0, 12), max_size=4))
@FEW
def test_where_a_batch_is_cut_makes_no_difference(place: Place, batch: list[Entry], cuts: Sequence[int]) -> None:
    whole, cut = place.log(), place.log()
    place.store.append(whole, batch, received_at=AT)
    borders = [0, *sorted(cuts), len(batch)]
    for start, end in pairwise(borders):
        place.store.append(cut, batch[start:end], received_at=AT)
    assert place.store.head(cut) == place.store.head(whole)
    assert check_ledger(place.store, cut) == check_ledger(place.store, whole)


@given(batches=batches, piece=st.integers(1, 7))
@FEW
def test_indexes_made_again_equal_those_that_grew(place: Place, batches: list[list[Entry]], piece: int) -> None:
    log = place.log()
    for number, batch in enumerate(batches):
        place.store.append(log, batch, received_at=AT + 60 * number)
    leaves = check_ledger(place.store, log)
    grown = place.store.device_heads(log), [place.store.named(log, box) for box in BOXES]
    size = place.store.drop_indexes(log)
    for first in range(0, size, piece):
        some = leaves[first : first + piece]
        received_at = [leaf.received_at for leaf in some]
        place.store.index_again(log, [entry_of(leaf.jws) for leaf in some], first=first, received_at=received_at)
    assert (place.store.device_heads(log), [place.store.named(log, box) for box in BOXES]) == grown
