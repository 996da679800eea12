"""The power fails at any step of opening, before or after it: asking again finishes it, and nothing is twice."""

import os
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any, Literal

import pytest
from django.db import connections
from django.test import Client

from kawal.election.boxes import station_code
from kawal.election.lists.stations import Station
from kawal.ledger.event import read_event
from kawal.ledger.log_of import LOG_NAMES
from kawal_cli import verify
from kawal_server.actions import open_operation, register_lists
from kawal_server.actions.keep_lists import keep
from kawal_server.actions.set_operation import Asked, set_operation
from kawal_server.store.blobs import Blobs
from kawal_server.store.models import BoxLine, Operation
from kawal_server.store.opened import the_store
from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.operasi.test_journey import publish
from tests.server.post import Post

How = Literal["lost", "kept"]
# Each step of opening, as often as it happens.
STEPS = {
    "make_key": 5,
    "write_once": 2,
    "open_log": 2,
    "begin_log": 2,
    "take_in": 6,
    "keep": 2,
    "register": 2,
    "save": 1,
}


AREA, STATIONS = "530310", 7
BOXES = 2 * STATIONS + 2


@pytest.fixture
def small(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """An operation of one kecamatan, ready to open. No waiting for the disk: here the process dies, not the disk."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    set_operation(Asked(name="Operasi Uji", areas=(AREA,), vote_day="2024-11-27", domain="kawal.example"))
    codes = [station_code(code, n) for code, _, count in lists.shares(AREA) for n in range(1, count + 1)]
    rows = [Station(code, code[:10], int(code[10:]), at) for at, code in enumerate(codes, 1)]
    keep("stations", rows, file_name="tps.xlsx", confirmed=[], by="operator")
    return clerk


class PowerCut(BaseException):
    """Nothing catches it, as nothing catches a power cut."""


class Power:
    """Fails at the nth call of one step: lost, before it did anything; kept, after it did everything."""

    def __init__(self, at: int, how: How) -> None:
        self.calls = 0
        self._at = at
        self._how = how

    def through(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **named: Any) -> Any:
            self.calls += 1
            is_struck = self.calls == self._at
            if is_struck and self._how == "lost":
                raise PowerCut
            answer = step(*args, **named)
            if is_struck:
                raise PowerCut
            return answer

        return called


def wire(step: str, power: Power, monkeypatch: pytest.MonkeyPatch) -> None:
    owners: dict[str, tuple[object, ...]] = {
        "open_log": (type(the_store()),),
        "keep": (Blobs,),
        "save": (Operation,),
        "take_in": (open_operation, register_lists),
    }
    for owner in owners.get(step, (open_operation,)):
        monkeypatch.setattr(owner, step, power.through(getattr(owner, step)))


@pytest.mark.parametrize("how", ["lost", "kept"])
@pytest.mark.parametrize(("step", "at"), [(step, at) for step, count in STEPS.items() for at in range(1, count + 1)])
def test_opening_goes_on_where_it_broke_off(
    post: Post, small: Clerk, monkeypatch: pytest.MonkeyPatch, step: str, at: int, how: How
) -> None:
    with monkeypatch.context() as cut:
        power = Power(at, how)
        wire(step, power, cut)
        with pytest.raises(PowerCut):
            small.open()
    publish(post)
    answer = small.open()
    assert answer.status_code == (409 if step == "save" and how == "kept" else 302)
    publish(post)
    assert BoxLine.objects.filter(is_expected=True).count() == BOXES
    for log in LOG_NAMES:
        assert list(verify.verify(post.data / "logs" / log))
        events = [read_event(leaf.jws).event for leaf in the_store().leaves(log, 0, 100)]
        assert max(Counter((one.kid, one.seq) for one in events).values()) == 1
        kinds = Counter(str(one.payload.get("kind")) for one in events if one.t == "register.manifest")
        assert set(kinds.values()) <= {1}
        assert Counter(one.t for one in events)["ledger.head"] == 2


def test_a_key_that_was_half_written_is_made_anew(post: Post, ready: Clerk) -> None:
    keys = post.data / "keys"
    keys.mkdir(mode=0o700)
    for name in ("kotak.key", "admin-polri.key"):
        (keys / name).touch(0o600)
    assert ready.open().status_code == 302
    assert all(path.stat().st_size == 44 for path in keys.glob("*.key"))


def test_a_half_open_operation_keeps_its_name(ready: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as cut:
        wire("begin_log", Power(1, "lost"), cut)
        with pytest.raises(PowerCut):
            ready.open()
    assert ready.describe(nama="Nama lain").status_code == 409
    assert ready.open().status_code == 302


def test_three_who_press_at_once_open_it_once(small: Clerk) -> None:
    answers: list[int] = []

    def press() -> None:
        browser = Client()
        browser.cookies = small.browser.cookies
        answers.append(browser.post("/operasi/buka/", {"mengerti": "ya"}).status_code)
        connections.close_all()

    pressing = [threading.Thread(target=press) for _ in range(3)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    assert sorted(answers) == [302, 409, 409]
    for log in LOG_NAMES:
        events = [read_event(leaf.jws).event for leaf in the_store().leaves(log, 0, 100)]
        assert max(Counter((one.kid, one.seq) for one in events).values()) == 1
