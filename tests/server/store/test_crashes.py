"""A process or a server is killed while events come in: what was acknowledged stands, and nothing is half there."""

import os
import signal
from random import Random

import pytest

from kawal_server.store.port import StoreFailed
from tests.server.postgres import Server
from tests.server.store.scene import AT, Place, add, chain, check_ledger
from tests.server.store.writing import acknowledged, check_kept, read_lines, writer


@pytest.mark.parametrize("seed", range(3))
def test_a_process_killed_while_it_writes_loses_nothing_it_acknowledged(base: Place, seed: int) -> None:
    logs = [base.log(), base.log()]
    with writer(base, logs, "phone") as child:
        lines = read_lines(child, Random(seed).randrange(1, 1_500))
        os.kill(child.pid, signal.SIGKILL)
        lines += read_lines(child)
    promised = acknowledged(lines)
    assert "done\n" not in lines
    for log in logs:
        check_kept(base, log, promised.get(log, {}))
        stood = base.store.head(log).size
        answers = add(base, log, *chain("phone", stood), *chain("tablet", 5))
        assert answers == [*((n, False) for n in range(stood)), *((stood + n, True) for n in range(5))]
        check_ledger(base.store, log)


def test_a_server_that_falls_loses_nothing_it_acknowledged(server: Server, ours: Place) -> None:
    logs = [ours.log(), ours.log()]
    promised: dict[str, dict[str, int]] = {log: {} for log in logs}
    for fall in range(2):
        with writer(ours, logs, f"phone-{fall}", batch=10 + fall) as child:
            lines = read_lines(child, 400)
            server.stop("immediate")
            lines += read_lines(child)
            server.start()
        assert "refused StoreFailed\n" in lines
        for log, told in acknowledged(lines).items():
            promised[log] |= told
        for log in logs:
            check_kept(ours, log, promised[log])


def test_a_connection_heals_after_the_server_was_restarted(server: Server, ours: Place) -> None:
    log = ours.log()
    first, second, third = chain("phone", 3)
    assert add(ours, log, first) == [(0, True)]
    server.stop("fast")
    with pytest.raises(StoreFailed, match="send it again"):
        ours.store.append(log, [second], received_at=AT)
    with pytest.raises(StoreFailed, match="try again"):
        ours.store.head(log)
    server.start()
    assert add(ours, log, first, second) == [(0, False), (1, True)]
    server.stop("fast")
    server.start()
    assert ours.store.head(log).size == 2
    server.stop("fast")
    server.start()
    assert add(ours, log, third) == [(2, True)]
    check_ledger(ours.store, log)
