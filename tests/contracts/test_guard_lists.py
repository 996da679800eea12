"""Manifests of posts: which count, from when on, and what a list that cannot be read does."""

from collections.abc import Callable

import pytest

from tests.contracts.auditing import Answer
from tests.contracts.conftest import Audited
from tests.contracts.duty import COLUMNS, ENDS, POST, STARTS, Duty, row
from tests.contracts.scene import DAWN, DAY, HOUR
from tests.contracts.signing import Phone

NOON = DAWN + 12 * HOUR
NOW = ENDS + HOUR


def uncovered(answer: Answer, post: str = POST) -> list[tuple[int, int | None]]:
    return [(one["from"], one["to"]) for one in answer.of("guard.uncovered", post)]


SIGNERS: dict[str, tuple[Callable[[Duty], Phone], bool]] = {
    "kpu": (lambda duty: duty.kpu, True),
    "commander": (lambda duty: duty.commander, True),
    "admin": (lambda duty: duty.member("admin", "polres-5303", "polri"), True),
    "other admin": (lambda duty: duty.admin, True),
    "supervisor": (lambda duty: duty.person("s", role="supervisor"), True),
    "ppk": (lambda duty: duty.person("s", role="ppk"), True),
    "observer": (lambda duty: duty.person("s", role="observer"), True),
    "other commander": (lambda duty: duty.person("s", role="commander", agency="tni"), True),
    "guard": (lambda duty: duty.ari, False),
    "escort": (lambda duty: duty.escort, False),
    "kpps": (lambda duty: duty.person("s", role="kpps"), False),
    "pps": (lambda duty: duty.person("s", role="pps"), False),
    "witness": (lambda duty: duty.person("s", role="witness"), False),
}


@pytest.mark.parametrize("signer", SIGNERS)
def test_who_may_say_what_a_post_needs(audited: Audited, signer: str) -> None:
    of, counts = SIGNERS[signer]
    duty = Duty(row(post="pos-lain", strength=0))
    duty.posts(row(), by=of(duty))
    assert uncovered(audited(duty, now=NOW)) == ([(STARTS, ENDS)] if counts else [])


@pytest.mark.parametrize("signer", [name for name in SIGNERS if name not in ("commander", "admin")])
def test_nobody_lowers_what_the_police_command_asks_of_a_post(audited: Audited, signer: str) -> None:
    of, _ = SIGNERS[signer]
    duty = Duty(row(strength=2))
    duty.on(duty.ari, STARTS)
    duty.posts(row(strength=1), ts=DAWN, by=of(duty))
    duty.posts(row(strength=0), ts=NOON, by=of(duty))
    assert uncovered(audited(duty, now=NOW)) == [(STARTS, ENDS)]


def test_no_guard_lowers_the_strength_of_their_own_post(audited: Audited) -> None:
    duty = Duty(row(strength=2))
    duty.on(duty.ari, STARTS)
    duty.posts(row(strength=1), ts=DAWN, by=duty.ari)
    assert uncovered(audited(duty, now=NOW)) == [(STARTS, ENDS)]


def test_a_later_list_counts_from_its_signing_on(audited: Audited) -> None:
    duty = Duty(row(strength=2))
    duty.on(duty.ari, STARTS)
    duty.posts(row(strength=1), ts=NOON)
    duty.off(duty.ari, ENDS)
    assert uncovered(audited(duty, now=NOW)) == [(STARTS, NOON)]


def test_a_later_list_may_ask_for_more(audited: Audited) -> None:
    duty = Duty(row())
    duty.on(duty.ari, STARTS)
    duty.posts(row(strength=2), ts=NOON)
    duty.off(duty.ari, ENDS)
    assert uncovered(audited(duty, now=NOW)) == [(NOON, ENDS)]


def test_a_list_signed_before_the_post_begins_replaces_it_whole(audited: Audited) -> None:
    duty = Duty(row(strength=5))
    duty.posts(row(starts=NOON), ts=DAWN)
    duty.on(duty.ari, NOON)
    assert audited(duty, now=NOW - 2 * HOUR).findings == []


def test_the_first_list_counts_whole_however_late_it_was_signed(audited: Audited) -> None:
    duty = Duty(row(post="pos-lain", strength=0))
    duty.posts(row(), ts=NOON)
    assert uncovered(audited(duty, now=NOW)) == [(STARTS, ENDS)]


def test_a_list_of_other_posts_leaves_this_one(audited: Audited) -> None:
    duty = Duty(row())
    duty.posts(row(post="pos-lain", strength=0), ts=DAWN)
    assert uncovered(audited(duty, now=NOW)) == [(STARTS, ENDS)]


def test_a_list_may_end_a_post_early(audited: Audited) -> None:
    duty = Duty(row())
    duty.on(duty.ari, STARTS)
    duty.posts(row(ends=NOON), ts=NOON)
    duty.off(duty.ari, NOON)
    assert audited(duty, now=NOW).findings == []


def test_the_same_list_signed_again_changes_nothing(audited: Audited) -> None:
    duty = Duty(row(beat=HOUR))
    before = audited(duty, now=NOW)
    duty.posts(row(beat=HOUR), ts=NOON)
    after = audited(duty, now=NOW)
    shown = [(one["code"], one["from"], one["to"]) for one in before.findings]
    assert shown == [(one["code"], one["from"], one["to"]) for one in after.findings]
    assert shown


BAD = {
    "zero length": row(ENDS, ENDS),
    "backwards": row(ENDS, STARTS),
    "no number": f"{POST},ppk-530305,1,two,0,{STARTS},{ENDS}",
    "no ring": f"{POST},ppk-530305,,1,0,{STARTS},{ENDS}",
    "below nought": f"{POST},ppk-530305,1,-1,0,{STARTS},{ENDS}",
    "beat below nought": f"{POST},ppk-530305,1,1,-5,{STARTS},{ENDS}",
    "no post": f",ppk-530305,1,1,0,{STARTS},{ENDS}",
    "half a second": f"{POST},ppk-530305,1,1,0.5,{STARTS},{ENDS}",
}


@pytest.mark.parametrize("bad", BAD)
def test_a_row_that_cannot_be_is_told_and_takes_no_other_down(audited: Audited, bad: str) -> None:
    duty = Duty(BAD[bad], row(post="pos-baik"))
    answer = audited(duty, now=NOW)
    assert answer.code == 2
    assert "posts baris 2" in answer.err
    assert uncovered(answer) == []
    assert uncovered(answer, "pos-baik") == [(STARTS, ENDS)]


@pytest.mark.parametrize("bad", BAD)
def test_a_later_row_that_cannot_be_leaves_the_older_one(audited: Audited, bad: str) -> None:
    duty = Duty(row())
    duty.posts(BAD[bad], ts=DAWN)
    answer = audited(duty, now=NOW)
    assert (answer.code, uncovered(answer)) == (2, [(STARTS, ENDS)])


@pytest.mark.parametrize("kind", ["posts", "roster"])
@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"one,two\nx,y\n"], ids=["empty", "not UTF-8", "another header"])
def test_a_list_that_cannot_be_read_is_told(audited: Audited, kind: str, raw: bytes) -> None:
    duty = Duty(row())
    duty.write(duty.commander, "register.manifest", DAWN, kind=kind, mh=duty.blob(raw), n=1)
    answer = audited(duty, now=NOW)
    assert (answer.code, kind in answer.err) == (2, True)
    assert uncovered(answer) == [(STARTS, ENDS)]


def test_a_list_that_is_not_at_hand_is_told(audited: Audited) -> None:
    duty = Duty(row())
    listed = duty.posts(row(), ts=DAWN)
    duty.blobs = {name: raw for name, raw in duty.blobs.items() if not raw.startswith(COLUMNS.encode())}
    answer = audited(duty, now=NOW)
    assert (answer.code, listed.payload["kind"] in answer.err.split()) == (2, True)


def test_a_roster_is_a_plan_and_accuses_nobody(audited: Audited) -> None:
    duty = Duty(row())
    duty.on(duty.ari, STARTS)
    mh, n = duty.table("post,who,from,to", f"{POST},{duty.budi.who},{STARTS},{ENDS}")
    duty.write(duty.commander, "register.manifest", DAWN - DAY, kind="roster", mh=mh, n=n)
    assert audited(duty, now=ENDS).findings == []
