"""The cast of the account tests: officers in a small operation of two kabupaten, and their browsers and apps."""

import re
from html import unescape
from typing import Any

from django.test import Client

from kawal.command.units import usual_jurisdiction, usual_units
from kawal_server.accounts.models import Office, Officer
from kawal_server.store.models import Operation, UnitRow
from tests.server.accounts.app import App

PASSWORD = "kotak-suara-terkunci"
DISTRICTS = ("530305", "530308", "647401")


class Hand:
    """Somebody at a browser."""

    def __init__(self, address: str = "10.0.0.1") -> None:
        self.browser = Client(REMOTE_ADDR=address)
        self.app: App | None = None
        self.codes: list[str] = []

    def knock(self, name: str, password: str = PASSWORD, next_url: str = "") -> Any:
        return self.browser.post("/", {"username": name, "password": password, "next": next_url})

    def enrol_app(self) -> Any:
        """Scan the code of the enrolment page, and type what the app shows."""
        page = self.browser.get("/akun/faktor/baru/").content.decode()
        self.app = App(found(r'class="code secret"[^>]*>([^<]+)<', page))
        answer = self.browser.post("/akun/faktor/baru/", {"kode": self.app.code(), "next": "/komando/"})
        self.codes = re.findall(r'<li class="code">([^<]+)</li>', answer.content.decode())
        return answer

    def give_code(self, code: str | None = None) -> Any:
        assert self.app is not None
        return self.browser.post("/faktor/", {"kode": code or self.app.code(), "next": "/komando/"})

    def is_in(self) -> bool:
        return bool(self.browser.get("/komando/").status_code == 200)


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, f"{pattern} is not on the page"
    return unescape(match[1])


def officer(name: str, office: Office, **fields: Any) -> Officer:
    return Officer.objects.create_user(name, password=PASSWORD, office=office, **fields)


def make_units() -> None:
    """Two kabupaten, with all their units."""
    for unit in usual_units(usual_jurisdiction(DISTRICTS), {}):
        UnitRow.objects.create(
            unit=unit.unit,
            kind=unit.kind,
            name=unit.name,
            agency=unit.agency,
            area=unit.area,
            commanded_by=unit.commanded_by,
            elected_under=unit.elected_under,
        )


def make_operation(*, is_demo: bool = False) -> None:
    Operation.objects.create(pk=1, name="Mantap Praja", code_name="Turangga", area="5303", is_demo=is_demo)
