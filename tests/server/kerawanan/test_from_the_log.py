"""An incident signed into the pengamanan log lifts its kecamatan on the page; a replay of the log gives the same."""

import io
import json
import zipfile
from collections.abc import Sequence

import pytest

from kawal.ledger.event import read_event
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_machine.regions import official_codes
from kawal_server import clock
from kawal_server.accounts.models import Office
from kawal_server.actions.admin_chain import holding_the_keys, sign_next
from kawal_server.actions.take_in import take_in
from kawal_server.store.models import IncidentLine
from kawal_server.store.opened import the_store
from kawal_server.store.port import Leaf
from tests.mission.custody.operation import HOUR, VOTE
from tests.server.kerawanan.desk import SECRET, SECRET_STAGE, say
from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post
from tests.server.streamed import body_of

INSANA = "530308"


def sign(t: str, at: int, **members: object) -> str:
    with holding_the_keys():
        line = sign_next("pengamanan", "polri", t, at=at, **members)
        answers = take_in("pengamanan", [line])
    assert [one.reason for one in answers if one.reason] == []
    return answers[0].eid or ""


def leaves_of(log: LogName) -> Sequence[Leaf]:
    return the_store().leaves(log, 0, the_store().head(log).size)


def judge(post: Post, at: int) -> None:
    clock.set_to(at, speed=1, is_paused=True)
    post.worker.publish()
    post.worker.tell(is_due=True)


@pytest.fixture
def opened(post: Post) -> Post:
    """A post whose operation a clerk opened: both logs have begun."""
    clerk = Clerk(post)
    clerk.describe()
    clerk.take("tps", lists.decree())
    assert clerk.open().status_code == 302
    return post


def test_an_export_of_both_logs_holds_nothing_of_the_register(opened: Post) -> None:
    station = f"{official_codes().children(INSANA)[0].code}001"
    say(station, "special", source=SECRET, stage=SECRET_STAGE)
    say(INSANA, "high", source=SECRET, stage=SECRET_STAGE)
    judge(opened, VOTE)
    asked: dict[Office, str] = {"karendalops": "semua", "auditor": "semua", "kpu": "kotak", "bawaslu": "kotak"}
    for office, log in asked.items():
        answer = opened.client(office).get(f"/buku-audit/ekspor.zip?log={log}")
        with zipfile.ZipFile(io.BytesIO(body_of(answer))) as packed:
            kept = {name: packed.read(name) for name in packed.namelist()}
        assert any(name.endswith("checkpoint") for name in kept)
        for secret in (SECRET, SECRET_STAGE, "tps-rawan"):
            assert [name for name, data in kept.items() if secret.encode() in data] == []
    said = json.dumps([read_event(leaf.jws).event.payload for log in LOG_NAMES for leaf in leaves_of(log)])
    assert "register.manifest" in said
    assert not any(word in said for word in (SECRET, SECRET_STAGE, "rawan", "special"))


def test_an_incident_of_the_log_moves_the_page_until_the_command_closes_it(opened: Post) -> None:
    post = opened
    say(INSANA, "less")
    client = post.client("karendalops")
    eid = sign("incident.report", VOTE, level="actual", origin="external", kind="kerumunan", about=f"ppk-{INSANA}")
    judge(post, VOTE + HOUR)
    one = client.get(f"/kerawanan/tempat/{INSANA}/").context["one"]
    assert (one.class_before, one.class_now, one.moved[0].about) == ("Kurang rawan", "Rawan", "PPK Insana")
    sign("incident.close", VOTE + 2 * HOUR, of=eid, why="bubar")
    judge(post, VOTE + 27 * HOUR)
    assert IncidentLine.objects.get().closed_at == VOTE + 2 * HOUR
    one = client.get(f"/kerawanan/tempat/{INSANA}/").context["one"]
    assert (one.moved, one.class_now) == ([], "Kurang rawan")
