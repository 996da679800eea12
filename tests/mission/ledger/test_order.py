"""One order for everyone: by what was answered, then by held time, never by arrival."""

from hypothesis import given
from hypothesis import strategies as st

from kawal.ledger.encoding import b64u
from kawal.ledger.event import Eid, Event
from kawal.ledger.order import Interval, first_checkpoint_time, fold_order, own_bounds
from kawal.ledger.reading import LogContent, Witnessed
from kawal.ledger.tree import leaf_hash
from tests.mission.ledger.scene import DAWN, Log, event_of, history_of, kotak, read_leaves

NOTHING = Interval(None, None)


def told(log: Log) -> list[Event]:
    return [event_of(jws) for jws in log.leaves]


def a_night() -> Log:
    """Three phones whose clocks disagree hand one box on and on."""
    log = kotak()
    phones = [log.enrols(name, role="ppk") for name in ("kpps", "ppk", "kpu-5303")]
    for round_number in range(6):
        giver, receiver = phones[round_number % 3], phones[(round_number + 1) % 3]
        at = 3600 * (round_number + 1) + 400 * (round_number % 3)
        offer = log.add(giver.signs("custody.offer", at, what="box", hb=[receiver.seq, receiver.head]))
        accept = log.add(receiver.signs("custody.accept", at - 200, of=offer))
        log.add(giver.signs("custody.close", at + 60, of=accept))
    return log


NIGHT = a_night()


@given(st.permutations(NIGHT.leaves))
def test_any_order_of_arrival_gives_the_same_fold_order(leaves: list[bytes]) -> None:
    events = [event_of(jws) for jws in leaves]
    bounds = {event.eid: NOTHING for event in events}
    assert fold_order(events, bounds).events == fold_order(told(NIGHT), bounds).events


@given(st.permutations(NIGHT.leaves))
def test_nothing_is_folded_before_what_it_answers(leaves: list[bytes]) -> None:
    events = [event_of(jws) for jws in leaves]
    line = [event.eid for event in fold_order(events, {event.eid: NOTHING for event in events}).events]
    for event in events:
        named = (event.prev, event.payload.get("of"), *event.payload.get("hb", []))
        assert all(line.index(Eid(eid)) < line.index(event.eid) for eid in named if eid in line)


@given(st.permutations(NIGHT.leaves[1:]))
def test_what_was_handed_in_late_lands_where_it_belongs(leaves: list[bytes]) -> None:
    first = NIGHT.leaves[:1]
    assert history_of(read_leaves("kotak", first + leaves)).events == history_of(NIGHT.read()).events


def test_a_pinned_head_is_older_than_the_offer_that_pins_it_whatever_its_clock_says() -> None:
    log = kotak()
    ppk, ahead = log.enrols("ppk"), log.enrols("ahead")
    pinned = log.add(ahead.signs("custody.check", 7200))
    offer = log.add(ppk.signs("custody.offer", 3600, to=ahead.kid, hb=[ahead.seq, ahead.head]))
    assert [event.eid for event in history_of(log.read()).events][-2:] == [pinned, offer]


def test_of_two_at_one_second_the_smaller_eid_comes_first() -> None:
    log = kotak()
    one, other = log.enrols("one"), log.enrols("other")
    events = [event_of(phone.signs("custody.check", 3600)) for phone in (one, other)]
    line = fold_order(events, {event.eid: NOTHING for event in events}).events
    assert [event.eid for event in line] == sorted(event.eid for event in events)


def test_a_clock_a_year_ahead_is_held_at_what_witnesses_prove() -> None:
    log = kotak()
    ahead, honest = log.enrols("ahead"), log.enrols("honest")
    early = log.add(ahead.signs("custody.check", 365 * 86400))
    late = log.add(honest.signs("custody.check", 7200))
    history = history_of(log.read((6, 3600), (7, 7300)))
    assert [event.eid for event in history.events][-2:] == [early, late]
    assert history.intervals[early].hi == DAWN + 3600


def test_bounds_spread_to_ancestors_and_descendants() -> None:
    log = kotak()
    ppk, kpu = log.enrols("ppk"), log.enrols("kpu-5303")
    size, root = 5, log.read((5, 0)).witnessed[0].root
    offer = log.add(ppk.signs("custody.offer", 100, cp=[size, b64u(root)]))
    accept = log.add(kpu.signs("custody.accept", 200, of=offer))
    intervals = history_of(log.read((size, 50), (size + 2, 300))).intervals
    assert intervals[accept] == Interval(DAWN + 50, DAWN + 300)
    backwards = [*log.leaves[:size], log.leaves[-1], log.leaves[-2]]
    late = read_leaves("kotak", backwards, (size, 50), (size + 1, 250), (size + 2, 900))
    assert history_of(late).intervals[offer] == Interval(DAWN + 50, DAWN + 250), "older than its own answer"


def test_a_cited_checkpoint_of_another_tree_bounds_nothing() -> None:
    log = kotak()
    ppk = log.enrols("ppk")
    cited = log.add(ppk.signs("custody.check", 100, cp=[3, b64u(leaf_hash(b"another tree"))]))
    assert history_of(log.read((3, 50))).intervals[cited] == NOTHING


def test_of_a_tree_witnessed_twice_the_earlier_time_counts() -> None:
    log = kotak()
    ppk = log.enrols("ppk")
    root = log.read((3, 0)).witnessed[0].root
    cited = log.add(ppk.signs("custody.check", 100, cp=[3, b64u(root)]))
    content = log.read((4, 500), (3, 90), (4, 300), (3, 50))
    assert own_bounds(content, [(3, event_of(log.leaves[3]))])[cited] == Interval(DAWN + 50, DAWN + 300)
    assert first_checkpoint_time(content, 3) == DAWN + 300
    assert first_checkpoint_time(content, 4) is None


def test_a_claim_is_held_inside_its_interval() -> None:
    assert [Interval(10, 20).hold(at) for at in (5, 15, 25)] == [10, 15, 20]
    assert [Interval(None, 20).hold(at) for at in (5, 25)] == [5, 20]
    assert Interval(10, None).hold(5) == 10


def test_a_harmless_duplicate_stands_where_the_kept_one_stands() -> None:
    log = kotak()
    ppk = log.enrols("ppk")
    first, after = event_of(ppk.signs("custody.check", 3600)), event_of(ppk.signs("custody.check", 3500))
    twin = Eid("A" * 43)
    moved = Event(**{name: getattr(first, name) for name in Event.__slots__} | {"eid": twin})
    line = fold_order([after, moved], {after.eid: NOTHING, twin: NOTHING}, {first.eid: twin}).events
    assert line == (moved, after)


def test_an_empty_log_has_no_order() -> None:
    assert fold_order([], {}).events == ()
    assert first_checkpoint_time(LogContent("kotak", (), frozenset(), (), (), (Witnessed(0, b"", 0),)), 0) is None
