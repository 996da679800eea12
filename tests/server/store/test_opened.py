"""The store is that of the settings, and a process has one sequencer, which ends when it is told to."""

import os
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

from kawal.ledger.log_of import KOTAK
from kawal_server.store import opened
from kawal_server.store.port import Busy
from tests.server.store.scene import AT, ORIGIN, Place, chain, check_ledger


@pytest.fixture
def configured(base: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    assert base.database is not None
    opened.close_all()
    monkeypatch.setattr(opened, "connections", ConnectionHandler({"default": base.database}))
    yield base
    opened.the_store().close()
    opened.close_all()


def test_the_store_is_the_one_of_the_settings(configured: Place) -> None:
    log = configured.log()
    assert opened.the_store() is opened.the_store()
    opened.the_sequencer().append(log, chain("guard", 3), AT)
    assert len(check_ledger(configured.store, log)) == 3


def test_a_process_has_one_sequencer_until_it_closes_it(configured: Place) -> None:
    configured.store.open_log(KOTAK, ORIGIN)
    first = opened.the_sequencer()
    assert opened.the_sequencer() is first
    opened.close_all()
    with pytest.raises(Busy):
        first.append(KOTAK, chain("guard", 1), AT)
    assert opened.the_sequencer() is not first
    assert opened.the_sequencer().append(KOTAK, chain("guard", 1), AT)


def test_a_forked_process_does_not_take_its_parents_sequencer(
    configured: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    parents = opened.the_sequencer()
    with monkeypatch.context() as child:
        child.setattr(os, "getpid", lambda: -1)
        assert opened.the_sequencer() is not parents
        opened.close_all()
    parents.close()


def test_a_database_nobody_tested_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    opened.close_all()
    monkeypatch.setattr(opened, "connections", ConnectionHandler({"default": {}}))
    with pytest.raises(ImproperlyConfigured, match="SQLite or PostgreSQL"):
        opened.the_store()
