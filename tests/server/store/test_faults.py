"""Each write is lost, and each is kept with its answer lost: sent again, the event stands once, with its index."""

from collections.abc import Callable, Iterator

import pytest

from kawal.ledger.log_of import LogName
from kawal_server.store.port import Head, StoreFailed
from kawal_server.store.session import InsideTransaction
from tests.server.store.faults import Fault, How, faulty
from tests.server.store.scene import AT, Place, add, chain, check_ledger, store_in

STATEMENTS = [
    "BEGIN",
    "SELECT size, edge",
    "SELECT leaf.eid",
    "INSERT INTO ledger_subject",
    "INSERT INTO ledger_device_head",
    "UPDATE ledger_log",
]
OLD, NEW = chain("guard", 6), chain("kpps", 4)


Broken = Callable[[Fault], Place]


@pytest.fixture
def broken(base: Place) -> Iterator[Broken]:
    """The same database through a connection that breaks."""
    made: list[Place] = []

    def through(fault: Fault) -> Place:
        assert base.database is not None
        made.append(store_in(base.database, lambda connect: faulty(connect, fault)))
        return made[-1]

    yield through
    for place in made:
        place.store.close()


def log_with_six(base: Place) -> tuple[LogName, Head]:
    log = base.log()
    add(base, log, *OLD)
    return log, base.store.head(log)


def send_again(base: Place, through: Place, log: LogName, *, is_there: bool) -> None:
    assert add(through, log, *NEW) == [(6 + n, not is_there) for n in range(4)]
    assert add(base, log, *OLD, *NEW) == [(n, False) for n in range(10)]
    assert len(check_ledger(base.store, log)) == 10


@pytest.mark.parametrize("is_dead", [False, True], ids=["answers still", "is dead"])
@pytest.mark.parametrize("how", ["lost", "kept"])
@pytest.mark.parametrize("at", STATEMENTS)
def test_a_break_before_the_commit_leaves_nothing(
    base: Place, broken: Broken, at: str, how: How, is_dead: bool
) -> None:
    log, before = log_with_six(base)
    through = broken(Fault(at, how, is_dead))
    with pytest.raises(StoreFailed, match=f"send it again: {at}"):
        through.store.append(log, NEW, received_at=AT)
    assert base.store.head(log) == before
    assert len(check_ledger(base.store, log)) == 6
    send_again(base, through, log, is_there=False)


@pytest.mark.parametrize("is_dead", [False, True], ids=["answers still", "is dead"])
def test_a_break_while_the_leaves_are_written_leaves_nothing(base: Place, broken: Broken, is_dead: bool) -> None:
    log, before = log_with_six(base)
    word = "INSERT INTO ledger_leaf" if base.connection().vendor == "sqlite" else "COPY"
    through = broken(Fault(word, "lost", is_dead))
    with pytest.raises(StoreFailed, match=word):
        through.store.append(log, NEW, received_at=AT)
    assert base.store.head(log) == before
    send_again(base, through, log, is_there=False)


@pytest.mark.parametrize("is_dead", [False, True], ids=["answers still", "is dead"])
@pytest.mark.parametrize("how", ["lost", "kept"])
def test_a_lost_commit_and_a_lost_answer_look_the_same_and_end_the_same(
    base: Place, broken: Broken, how: How, is_dead: bool
) -> None:
    log, _ = log_with_six(base)
    through = broken(Fault("COMMIT", how, is_dead))
    with pytest.raises(StoreFailed, match="send it again"):
        through.store.append(log, NEW, received_at=AT)
    is_there = how == "kept"
    assert len(check_ledger(base.store, log)) == (10 if is_there else 6)
    send_again(base, through, log, is_there=is_there)


def test_a_writer_that_keeps_the_lock_costs_the_others_an_answer_but_no_event(base: Place) -> None:
    log, _ = log_with_six(base)
    assert base.database is not None
    impatient = store_in({**base.database, "OPTIONS": {**base.database.get("OPTIONS", {}), **impatience(base)}})
    with base.connection().cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE ledger_log SET size = size WHERE name = %s", [log])
        with pytest.raises(StoreFailed, match="send it again"):
            impatient.store.append(log, NEW, received_at=AT)
        cursor.execute("ROLLBACK")
    send_again(base, impatient, log, is_there=False)
    impatient.store.close()


def impatience(base: Place) -> dict[str, object]:
    """A wait too short for a test to notice; PostgreSQL's 20 s of the store are cut by a timeout of its own."""
    return {"timeout": 0.05} if base.connection().vendor == "sqlite" else {"options": "-c statement_timeout=50"}


def test_an_append_inside_another_transaction_is_refused_and_a_read_is_not(base: Place) -> None:
    log, before = log_with_six(base)
    connection = base.connection()
    connection.set_autocommit(False)
    connection.in_atomic_block = True
    with pytest.raises(InsideTransaction, match="it commits by itself"):
        base.store.append(log, NEW, received_at=AT)
    assert base.store.head(log) == before
    connection.in_atomic_block = False
    connection.rollback()
    connection.set_autocommit(True)
    assert add(base, log, *NEW)[0] == (6, True)
