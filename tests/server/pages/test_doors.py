"""Nothing of the post is world-readable but its door, the checkpoints, the hash tiles and the static files."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

from tests.server.pages import scene
from tests.server.post import Post

OPEN = re.compile(r"^(|undangan/|log/.*|api/v1/.*)$")
"""The door and invitations; and what phones and witnesses come to, whose own tests say what each gives to whom."""
PAGES = (
    *("/komando/", "/komando/?tindakan=semua", "/kotak/", "/serah-terima/", "/buku-audit/", "/operasi/"),
    *("/kerawanan/", "/kerawanan/titik/", "/kerawanan/kekuatan/", "/kerawanan/catat/", "/kerawanan/bobot/"),
    *("/kerawanan/persaingan/", f"/kerawanan/tempat/{scene.KECAMATAN[0]}/"),
    "/personel/",
    *("/operasi/satuan/", "/operasi/tahapan/", "/operasi/struktur/", "/operasi/orang/"),
)


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(getattr(entry.pattern, "_route", ""))
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def filled(route: str) -> str:
    """An address of this route, with something that its converter takes in each place."""

    def one(match: re.Match[str]) -> str:
        kind, _, name = match[1].rpartition(":")
        regex = get_converters()[kind or "str"].regex
        words = ("corong" if name == "name" else "kotak", "1", "A" * 43)
        fitting = [word for word in words if re.fullmatch(regex, word)]
        return scene.box_id(2, 1) if kind == "box" else fitting[0]

    return "/" + re.sub(r"<([^>]+)>", one, route)


def closed() -> list[str]:
    return sorted({route for route in addresses(get_resolver()) if not OPEN.match(route)})


def test_there_are_pages_to_guard() -> None:
    assert {"komando/", "komando/peta.json", "langsung/", "jam/", "keluar/"} <= set(closed())


@pytest.mark.parametrize("way", ["get", "post", "put", "delete"])
def test_a_stranger_sees_nothing(drawn: Post, way: str) -> None:
    client = drawn.client()
    for route in closed():
        answer = getattr(client, way)(filled(route))
        is_own_choice = route in ("bahaya/", "bahasa/", "keluar/")
        assert answer.status_code in (302, 401, 403, 405), (way, route, answer.status_code)
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/?next=") or (is_own_choice and way == "post"), route
        assert b"BUP-" not in b"".join(answer) or answer.status_code == 302, route


def test_a_stranger_who_asks_for_a_fragment_is_sent_to_the_door(drawn: Post) -> None:
    answer = drawn.client().get("/komando/corong/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.content) == (401, "/", b"")


def test_an_officer_sees_the_same_addresses(drawn: Post) -> None:
    client = drawn.client("operator")
    for url in ("/komando/", "/komando/peta.json", "/komando/corong/", "/kotak/", "/serah-terima/"):
        assert client.get(url).status_code == 200, url


def test_an_officer_who_was_let_go_sees_nothing_more(drawn: Post) -> None:
    client = drawn.client("operator")
    assert client.get("/komando/").status_code == 200
    from kawal_server.accounts.models import Officer

    Officer.objects.update(is_active=False)
    assert client.get("/komando/").status_code == 302


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_carries_a_script_or_a_style_of_its_own(drawn: Post, language: str) -> None:
    client = drawn.client("operator")
    client.cookies["bahasa"] = language
    found = [(url, client.get(url)) for url in (*PAGES, f"/kotak/{scene.box_id(2, 1)}/", "/tidak-ada/")]
    found.append(("/", drawn.client().get("/")))
    assert len([url for url, answer in found if answer.status_code == 200]) >= 6
    for url, answer in found:
        policy, html = answer.headers["Content-Security-Policy"], answer.content.decode()
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", html) == [], url
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//', html) == [], url


def test_the_box_never_leaves_by_the_referrer_or_a_frame(drawn: Post) -> None:
    answer = drawn.client("operator").get("/komando/")
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_an_address_that_is_not_there_says_what_to_do(drawn: Post) -> None:
    answer = drawn.client().get("/tidak-ada/")
    assert answer.status_code == 404
    assert "Alamat ini tidak ada" in answer.content.decode()
