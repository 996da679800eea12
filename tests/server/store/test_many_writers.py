"""Threads and processes write to both logs at once: no hole, no fork, and each is told where its event stands."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from kawal.ledger.event import Eid
from kawal.ledger.log_of import LogName
from kawal_server.store.sequencer import Sequencer
from tests.server.store.scene import AT, Place, chain, check_ledger
from tests.server.store.writing import acknowledged, check_kept, read_lines, writer

WRITERS = 4
LENGTH = 60


def write(place: Place, logs: Sequence[LogName], device: str) -> None:
    """Hand in one device's chain in small batches, each twice: a phone that did not hear the answer."""
    try:
        for start in range(1, LENGTH, 10):
            for log in (*logs, *logs):
                place.store.append(log, chain(device, 10, start=start), received_at=AT)
    finally:
        place.store.close()


def test_threads_write_to_both_logs_at_once(place: Place) -> None:
    logs = [place.log(), place.log()]
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda number: write(place, logs, f"phone-{number}"), range(WRITERS)))
    for log in logs:
        assert len(check_ledger(place.store, log)) == WRITERS * LENGTH


def test_threads_share_commits_and_each_gets_its_own_answer(place: Place) -> None:
    logs = [place.log(), place.log()]
    sequencer = Sequencer(place.store)

    def hand_in(number: int) -> dict[tuple[LogName, Eid], int]:
        return {
            (log, placed.eid): placed.index
            for start in range(1, LENGTH, 10)
            for log in logs
            for placed in sequencer.append(log, chain(f"phone-{number}", 10, start=start), AT)
        }

    with ThreadPoolExecutor(WRITERS) as pool:
        told = list(pool.map(hand_in, range(WRITERS)))
    sequencer.close()
    for log in logs:
        stands = {(log, leaf.eid): leaf.index for leaf in check_ledger(place.store, log)}
        assert stands == {key: index for each in told for key, index in each.items() if key[0] == log}


def test_processes_write_to_both_logs_at_once(base: Place) -> None:
    logs = [base.log(), base.log()]
    with ExitStack() as stack:
        children = [stack.enter_context(writer(base, logs, f"phone-{n}", batches=10)) for n in range(3)]
        lines = [line for child in children for line in read_lines(child)]
    assert lines.count("done\n") == 3
    promised = acknowledged(lines)
    for log in logs:
        assert len(promised[log]) == base.store.head(log).size == 3 * 10 * 20
        check_kept(base, log, promised[log])


@pytest.mark.parametrize("same", [True, False], ids=["the same events", "other events"])
def test_two_processes_hand_in(base: Place, same: bool) -> None:
    log = base.log()
    devices = ("phone", "phone" if same else "tablet")
    with ExitStack() as stack:
        children = [stack.enter_context(writer(base, [log], device, batches=15)) for device in devices]
        said = [acknowledged(read_lines(child)).get(log, {}) for child in children]
    assert base.store.head(log).size == (300 if same else 600)
    assert (said[0] == said[1]) == same
    for promised in said:
        check_kept(base, log, promised)
