"""Classes of TPS never leave the post: no page, endpoint, log or file gives them to anyone without that one right."""

import json
import logging
from typing import Any, get_args

import pytest

from kawal_server.accounts.access import ALLOWED
from kawal_server.accounts.models import Office
from kawal_server.actions.reach_risk import readable, station_entries
from kawal_server.store.opened import the_store
from tests.server.kerawanan.desk import GRAVE, SECRET, SECRET_STAGE, STATION, form, officer
from tests.server.pages.test_doors import closed, filled
from tests.server.post import Post

OFFICES = get_args(Office)
PLANNERS = {"kaops", "karendalops", "kasetops"}
OPEN = ("", "api/v1/", "api/v1/kotak/head", "log/kotak/checkpoint", "log/pengamanan/checkpoint")
WORDS = (SECRET, SECRET_STAGE, SECRET_STAGE.replace("-", " "))


def body_of(answer: Any) -> str:
    body: bytes = b"".join(answer) if answer.streaming else answer.content
    return body.decode("utf-8", "replace")


def every_address() -> list[str]:
    own = [
        *(f"/kerawanan/tempat/{one}/" for one in (GRAVE, STATION, STATION[:10])),
        "/kerawanan/kekuatan/?hitung=penilaian",
        f"/kerawanan/tempat/{GRAVE}/?halaman=2",
    ]
    return [*(filled(route) for route in closed()), *(f"/{one}" for one in OPEN), *own]


def test_only_those_who_plan_the_force_have_the_right() -> None:
    assert {office for office in OFFICES if "see-station-classes" in ALLOWED[office]} == PLANNERS


@pytest.mark.parametrize("office", [None, *OFFICES])
def test_no_page_gives_a_station_away(desk: Post, office: Office | None) -> None:
    client = desk.client(office)
    for address in every_address():
        if address == "/langsung/":  # a stream of names of topics, tested as such
            continue
        answer = client.get(address)
        body = body_of(answer)
        if office in PLANNERS:
            continue
        assert not any(word in body for word in WORDS), address
        if address.startswith("/kerawanan/") and "tempat/" not in address:
            assert STATION not in body, address


@pytest.mark.parametrize("office", sorted(PLANNERS))
def test_planners_read_it_where_it_belongs_and_nowhere_else(desk: Post, office: Office) -> None:
    client = desk.client(office)
    has = {one for one in every_address() if one.startswith("/") and one != "/langsung/" and _tells(client.get(one))}
    assert has == {"/kerawanan/tps/", f"/kerawanan/tempat/{STATION}/"}


def _tells(answer: Any) -> bool:
    return any(word in body_of(answer) for word in WORDS)


@pytest.mark.parametrize("office", sorted(set(OFFICES) - PLANNERS))
def test_the_place_of_a_station_is_refused_to_everyone_else(desk: Post, office: Office) -> None:
    client = desk.client(office)
    for address in (f"/kerawanan/tempat/{STATION}/", f"/kerawanan/tempat/{STATION[:10]}/", "/kerawanan/tps/"):
        assert client.get(address).status_code == 403, address
    assert not station_entries(officer(office)).exists()
    assert not readable(officer(office)).filter(level__in=("station", "village")).exists()


def test_the_operator_may_change_the_register_and_enters_no_station(desk: Post) -> None:
    client = desk.client("operator")
    assert client.post("/kerawanan/catat/", form()).status_code == 302
    assert client.post("/kerawanan/catat/", form(tempat="", tps=STATION)).status_code == 403
    assert "tps" not in client.get("/kerawanan/catat/").content.decode().split('id="tempat"')[0]


def test_no_log_holds_a_class(desk: Post) -> None:
    for log in ("kotak", "pengamanan"):
        assert the_store().head(log).size == 0


def test_the_machines_log_says_nothing_of_it(desk: Post, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        desk.client("karendalops").post("/kerawanan/catat/", form(tempat="", tps=STATION, sumber=SECRET))
        desk.client("padal").get(f"/kerawanan/tempat/{STATION}/")
    assert SECRET not in caplog.text


def test_komandos_map_knows_no_class(desk: Post) -> None:
    found = json.loads(desk.client("karendalops").get("/komando/peta.json").content)
    said = json.dumps(found)
    assert "kelas-" not in said
    assert "rawan" not in said
