"""Cameras say that they live by the door that every event comes through, and whoever has a token can say no more."""

import pytest
from django.test import Client

from kawal.guard.planning import BadPlan
from kawal.ledger.event import Event, read_event
from kawal.ledger.history import build_history
from kawal.ledger.log_of import PENGAMANAN
from kawal.ledger.reading import LogReader
from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.actions.keep_posts import keep_post, publish_posts
from kawal_server.actions.machines import MOST_OFTEN_S, BadMachine, add_machine, machine_key_path, withdraw_machine
from kawal_server.store.models import Machine, PostLine, PostPlan, UnitRow
from kawal_server.store.opened import the_store
from tests.server.operasi.clerk import Clerk

CAMERA = "kam-gudang-5303-1"


def camera(beat_s: int = 300) -> str:
    return add_machine(CAMERA, "Kamera gudang, pintu timur", "gudang-5303", beat_s=beat_s)


def beats() -> list[Event]:
    return [read_event(leaf.jws).event for leaf in the_store().leaves_of(PENGAMANAN, "guard.beat")]


def later(seconds: int) -> None:
    clock.set_to(clock.now() + seconds, speed=1, is_paused=True)


def test_a_heartbeat_becomes_an_event_of_the_machines_own_post(live: Clerk) -> None:
    token = camera()
    assert Client().post(f"/api/v1/denyut/{token}/").status_code == 204
    [event] = beats()
    assert (event.payload["post"], event.payload["site"]) == (CAMERA, "gudang-5303")
    assert Machine.objects.get(post=CAMERA).last_at == clock.now()


def test_the_key_that_signs_for_machines_was_enrolled_by_two_agencies(live: Clerk) -> None:
    token = camera()
    for _ in range(3):
        assert Client().get("/api/v1/denyut/", headers={"Authorization": f"Bearer {token}"}).status_code == 204
        later(60)
    reader = LogReader(PENGAMANAN)
    for leaf in the_store().leaves(PENGAMANAN, 0, the_store().head(PENGAMANAN).size):
        reader.take(leaf.jws)
    content = reader.finish()
    history = build_history([content])
    counted = [event for event in history.events if event.t == "guard.beat"]
    assert [event.seq for event in counted] == [1, 2, 3]
    assert {history.speaker(event).agency for event in counted} == {"post"}
    assert content.problems == ()
    assert len({event.kid for event in counted}) == 1


def test_a_machine_that_beats_too_often_fills_no_log(live: Clerk) -> None:
    token = camera()
    for _ in range(5):
        assert Client().post(f"/api/v1/denyut/{token}/").status_code == 204
    later(MOST_OFTEN_S)
    assert Client().post(f"/api/v1/denyut/{token}/").status_code == 204
    assert len(beats()) == 2


def test_nobody_beats_without_a_token_that_holds(live: Clerk) -> None:
    token = camera()
    assert withdraw_machine(CAMERA)
    for path in (f"/api/v1/denyut/{token}/", "/api/v1/denyut/salah/", "/api/v1/denyut/"):
        answer = Client().post(path)
        assert answer.status_code == 404
        assert "token" in answer.json()["reason"]
    assert beats() == []
    assert Client().put(f"/api/v1/denyut/{token}/").status_code == 405


def test_a_new_token_takes_the_place_of_the_old_one(live: Clerk) -> None:
    old, new = camera(), camera()
    assert Client().post(f"/api/v1/denyut/{old}/").status_code == 404
    assert Client().post(f"/api/v1/denyut/{new}/").status_code == 204


def test_the_token_itself_is_kept_nowhere(live: Clerk) -> None:
    token = camera()
    assert token not in str(list(Machine.objects.values()))


def test_a_heartbeat_that_cannot_be_kept_is_not_acknowledged(live: Clerk) -> None:
    token = camera()
    (machine_key_path().parent / "admin-polri.key").unlink()
    answer = Client().post(f"/api/v1/denyut/{token}/")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert Machine.objects.get(post=CAMERA).last_at is None
    assert beats() == []


@pytest.mark.parametrize("beat_s", [0, 59, 86_401])
def test_a_machine_needs_a_heartbeat_that_tells_something(live: Clerk, beat_s: int) -> None:
    with pytest.raises(BadMachine):
        camera(beat_s)
    assert not Machine.objects.exists()


def padal(unit: str) -> Officer:
    for one, above in (("polres-5303", ""), ("polsek-530305", "polres-5303"), ("polsek-530301", "polres-5303")):
        fields = {"kind": one.split("-")[0], "name": one, "agency": "polri", "area": one[7:], "commanded_by": above}
        UnitRow.objects.update_or_create(unit=one, defaults=fields)
    return Officer.objects.create_user(username=unit, office="padal", agency="polri", unit=unit)


def guarded_post() -> PostPlan:
    now = clock.now()
    return PostPlan(
        post="pos-ppk-530305", name="PPK", site="ppk-530305", unit="polsek-530305", starts=now, ends=now + 86_400,
        zones=[{"ring": 1, "name": "room", "strength": 2}],
    )  # fmt: skip


def test_no_machine_takes_the_name_of_a_post_and_with_it_its_guards(live: Clerk) -> None:
    far = padal("polsek-530301")
    keep_post(padal("polsek-530305"), guarded_post())
    publish_posts(at=clock.now())
    with pytest.raises(BadMachine, match="pos jaga"):
        add_machine("pos-ppk-530305", "Kamera", "ppk-530305", beat_s=300, unit=far.unit, by=far)
    assert not Machine.objects.exists()
    camera()
    with pytest.raises(BadPlan, match="mesin"):
        keep_post(Officer(office="kaops"), PostPlan(post=CAMERA, site="gudang-5303"))


def test_a_post_that_no_plan_here_made_keeps_its_guards_too(live: Clerk) -> None:
    PostLine.objects.create(
        post="pos-lain", site="", site_kind="", unit="", zone="Asia/Makassar", wanted=2, present=2, beat_s=0,
        state="berjalan", periods=[[1, 2, 2, 0]], look="aman", why=[],
    )  # fmt: skip
    with pytest.raises(BadMachine, match="pos jaga"):
        add_machine("pos-lain", "Kamera", "ppk-530305", beat_s=300)


def test_nobody_takes_over_another_units_machine(live: Clerk) -> None:
    own, far = padal("polsek-530305"), padal("polsek-530301")
    token = add_machine(CAMERA, "Kamera", "gudang-5303", beat_s=300, unit=own.unit, by=own)
    with pytest.raises(BadMachine, match="satuan lain"):
        add_machine(CAMERA, "Kamera", "gudang-5303", beat_s=300, unit=far.unit, by=far)
    assert Client().post(f"/api/v1/denyut/{token}/").status_code == 204
    assert add_machine(CAMERA, "Kamera", "gudang-5303", beat_s=300, unit=own.unit, by=own) != token
