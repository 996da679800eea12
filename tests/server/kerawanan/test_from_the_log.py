"""An incident signed into the pengamanan log lifts its kecamatan on the page; a replay of the log gives the same."""

from kawal_server import clock
from kawal_server.actions.admin_chain import holding_the_keys, sign_next
from kawal_server.actions.take_in import take_in
from kawal_server.store.models import IncidentLine
from tests.mission.custody.operation import HOUR, VOTE
from tests.server.kerawanan.desk import say
from tests.server.operasi import lists
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post

INSANA = "530308"


def sign(t: str, at: int, **members: object) -> str:
    with holding_the_keys():
        line = sign_next("pengamanan", "polri", t, at=at, **members)
        answers = take_in("pengamanan", [line])
    assert [one.reason for one in answers if one.reason] == []
    return answers[0].eid or ""


def judge(post: Post, at: int) -> None:
    clock.set_to(at, speed=1, is_paused=True)
    post.worker.publish()
    post.worker.tell(is_due=True)


def test_an_incident_of_the_log_moves_the_page_until_the_command_closes_it(post: Post) -> None:
    clerk = Clerk(post)
    clerk.describe()
    clerk.take("tps", lists.decree())
    assert clerk.open().status_code == 302
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
