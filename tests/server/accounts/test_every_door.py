"""Every address of the post is guarded by the one access check, or stands on a short list with its reason."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from kawal_server.accounts.access import ALLOWED, Action
from kawal_server.accounts.models import Office, Officer
from tests.server.accounts.cast import Hand, officer
from tests.server.accounts.matrix import ACTIONS, OFFICES
from tests.server.pages.test_doors import filled
from tests.server.post import Post

OPEN = {
    "": "the sign-in page",
    "undangan/": "whoever holds an invitation's code",
    "keluar/": "ends one's own session, whoever one is",
    "bahasa/": "the reader's own choice",
    "langsung/": "asks may(see-board) itself, once it knows the officer without waiting",
}
FIELD = re.compile(r"^(api/v1/|log/)")
"""What phones and witnesses come to; their own tests say what each gives to whom."""
SECOND_FACTOR = {"faktor/", "akun/faktor/baru/"}
METHODS = ("get", "post")


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        route = before + str(getattr(entry.pattern, "_route", ""))
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def doors() -> dict[str, str]:
    """Each address of the command post and what guards it; "" for nothing."""
    found = {
        route: str(getattr(view, "guards", ""))
        for route, view in patterns(get_resolver())
        if not FIELD.match(route) and route not in OPEN
    }
    assert len(found) > 40
    return found


def is_turned_away(answer: Any) -> bool:
    if answer.status_code == 302:
        return str(answer.headers["Location"]).startswith(("/?next=", "/faktor/?next="))
    return int(answer.status_code) in (401, 403, 405)


def test_every_address_asks_the_one_access_check() -> None:
    unguarded = sorted(route for route, guard in doors().items() if guard not in (*ACTIONS, "second factor"))
    assert unguarded == []
    assert {route for route, guard in doors().items() if guard == "second factor"} == SECOND_FACTOR


def test_the_list_of_open_addresses_names_none_that_is_gone() -> None:
    routes = {route for route, _ in patterns(get_resolver())}
    assert set(OPEN) <= routes


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_is_turned_away_everywhere(real: Post, method: str) -> None:
    client = Client()
    for route in doors():
        answer = getattr(client, method)(filled(route))
        assert is_turned_away(answer), (route, answer.status_code)
        assert not str(answer.headers.get("Location", "")).startswith("/faktor/"), route


@pytest.mark.parametrize("method", METHODS)
def test_without_the_second_factor_every_address_leads_to_it(real: Post, method: str) -> None:
    officer("dewi", "operator")
    hand = Hand()
    hand.knock("dewi")
    for route in doors():
        if route not in SECOND_FACTOR:
            answer = getattr(hand.browser, method)(filled(route))
            assert is_turned_away(answer), (route, answer.status_code)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("office", OFFICES)
def test_an_office_without_the_right_is_refused(real: Post, office: Office, method: str) -> None:
    client = real.client(office)
    for route, guard in doors().items():
        if guard in ACTIONS and not holds(office, guard):
            answer = getattr(client, method)(filled(route))
            assert answer.status_code in (403, 405), (route, guard, answer.status_code)


@pytest.mark.parametrize("change", [{"is_active": False}, {"operation": "operasi-lain"}])
def test_an_account_that_is_closed_or_held_elsewhere_is_refused_everywhere(real: Post, change: dict[str, Any]) -> None:
    client = real.client("kaops")
    Officer.objects.update(**change)
    for route, guard in doors().items():
        if guard in ACTIONS:
            for method in METHODS:
                answer = getattr(client, method)(filled(route))
                assert is_turned_away(answer), (route, answer.status_code)


def holds(office: Office, guard: str) -> bool:
    action: Action = next(one for one in ACTIONS if one == guard)
    return action in ALLOWED[office]
