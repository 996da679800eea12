"""Checking a whole log from the page, some leaves at a time, and finding what somebody changed below it."""

import pytest
from django.db import connection
from django.test import Client

from kawal_server.actions import check_log
from kawal_server.actions.check_log import Checking, begin_check, check_on
from kawal_server.store.opened import the_store
from tests.mission.custody.operation import BOX, TPS
from tests.server.post import Post
from tests.server.told import AT, tell_night

PATH = "/buku-audit/kotak/periksa/"
PART = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_log, "WINDOW", 7)


def check_all(client: Client, **asked: str) -> tuple[Checking, int]:
    """Follow the page to the end of its check; gives the result and how many requests it took."""
    answer, count = client.post(PATH, asked, headers=PART), 1
    while answer.context["carried"] is not None:
        answer, count = client.post(PATH, {"sampai": answer.context["carried"]}, headers=PART), count + 1
        assert count < 100
    checking: Checking = answer.context["checking"]
    return checking, count


def test_a_whole_log_is_found_whole_in_steps(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    operation = tell_night(post)
    monkeypatch.setattr(check_log.check_on, "__kwdefaults__", {"budget_s": 0.0})
    checking, count = check_all(post.client("auditor"))
    assert count > 3
    assert checking.holds
    assert (checking.size, checking.is_root, checking.is_head) == (len(operation.lines), True, True)
    assert (checking.false_count, checking.gap_count, checking.forks) == (0, 0, 0)


def test_strangers_cannot_make_the_post_work(post: Post) -> None:
    tell_night(post)
    assert post.client().post(PATH).status_code == 302
    assert post.client("operator").get(PATH).status_code == 405


def test_without_scripts_the_check_is_a_page_with_a_button(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    tell_night(post)
    monkeypatch.setattr(check_log.check_on, "__kwdefaults__", {"budget_s": 0.0})
    answer = post.client("operator").post(PATH)
    assert answer.content.startswith(b"<!doctype html>")
    assert b"Lanjutkan pemeriksaan" in answer.content


def test_what_was_carried_must_be_ours(post: Post) -> None:
    tell_night(post)
    checking, _ = check_all(post.client("operator"), sampai="e30:made-up:signature")
    assert checking.start == 0
    assert checking.holds


def test_only_the_last_leaves_are_checked_when_asked_and_the_root_is_still_reached(post: Post) -> None:
    tell_night(post)
    size = the_store().head("kotak").size
    checking = check_on(begin_check("kotak", last=10), budget_s=60)
    assert (checking.start, checking.size) == (size - 10, size)
    assert checking.is_root is True
    assert checking.is_head is True


def change(index: int, old: str, new: str) -> None:
    """Do what no trigger would allow: change a leaf in the database."""
    leaf = the_store().leaves("kotak", index, index + 1)[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_leaf_update'")
        (trigger,) = cursor.fetchone()
        cursor.execute("DROP TRIGGER ledger_leaf_update")
        changed = leaf.jws.replace(old.encode(), new.encode(), 1)
        assert changed != leaf.jws
        cursor.execute("UPDATE ledger_leaf SET jws = %s WHERE log = 'kotak' AND idx = %s", [changed, index])
        cursor.execute(trigger)


def test_a_leaf_changed_in_the_database_is_named(post: Post) -> None:
    tell_night(post)
    leaf = the_store().leaves("kotak", 12, 13)[0]
    end = leaf.jws[-40:-30].decode()
    change(12, end, end[::-1])
    checking = check_on(begin_check("kotak"), budget_s=60)
    assert not checking.holds
    assert checking.false == (12,)
    assert checking.is_root is False
    assert checking.is_head is False
    body = post.client("operator").post(PATH, headers=PART).content.decode()
    assert "tidak utuh" in body
    assert 'href="/buku-audit/kotak/12/"' in body
    change(12, end[::-1], end)


def test_a_missing_predecessor_is_a_gap_and_not_a_forgery(post: Post) -> None:
    operation = tell_night(post)
    operation.sign(operation.kpps, "custody.check", AT, box=BOX, seals=[], ok=True, site=TPS)
    operation.check(operation.kpps, BOX, AT + 1, site=TPS)
    post.tell(AT + 60)
    checking = check_on(begin_check("kotak"), budget_s=60)
    assert (checking.gap_count, checking.gaps, checking.holds) == (1, (len(operation.lines) - 1,), True)
