"""What a phone says of itself is kept only with something new that is its own; a stranger changes nobody's row."""

import pytest
from django.test import Client

from kawal_server.store.models import DeviceContact
from tests.server.perangkat.cast import Cast, Phone

URL = "/api/v1/pengamanan/batches"


def posts(*lines: bytes, **headers: str) -> int:
    told = {f"HTTP_KAWAL_{name.upper()}": value for name, value in headers.items()}
    return Client().post(URL, b"\n".join(lines), content_type="application/jose-lines", **told).status_code  # type: ignore[arg-type]


def kept(phone: Phone) -> tuple[str, int | None, int | None] | None:
    row = DeviceContact.objects.filter(pk=phone.kid).first()
    return None if row is None else (row.app, row.queue, row.battery)


@pytest.fixture
def guard(cast: Cast) -> Phone:
    return cast.enrols(Phone("penjaga"))


def test_a_phone_tells_its_queue_with_what_it_sends(guard: Phone) -> None:
    assert posts(guard.signs(), app="1.2.0", queue="14", battery="63") == 200
    assert kept(guard) == ("1.2.0", 14, 63)


def test_whoever_replays_what_is_in_the_log_changes_nothing(guard: Phone) -> None:
    event = guard.signs()
    posts(event, app="1.2.0", queue="14")
    posts(event, app="evil", queue="0")
    assert kept(guard) == ("1.2.0", 14, None)


def test_a_stranger_s_event_leaves_no_row(cast: Cast, guard: Phone) -> None:
    assert posts(Phone("asing").signs(), app="1.2.0") == 200
    assert DeviceContact.objects.count() == 0


def test_a_courier_s_mixed_batch_speaks_for_nobody(cast: Cast, guard: Phone) -> None:
    other = cast.enrols(Phone("lain"))
    posts(guard.signs(), other.signs(), app="1.2.0", queue="3")
    assert DeviceContact.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [{"app": "<script>"}, {"app": "x" * 33}, {"queue": "-1"}, {"queue": "9" * 7}, {"queue": "٣"}, {"battery": "101"}],
)
def test_headers_that_are_not_lawful_are_not_kept(guard: Phone, headers: dict[str, str]) -> None:
    assert posts(guard.signs(), **headers) == 200
    assert kept(guard) is None


def test_without_headers_nothing_is_written(guard: Phone) -> None:
    assert posts(guard.signs()) == 200
    assert kept(guard) is None


def test_a_busy_phone_is_written_down_now_and_then(cast: Cast, guard: Phone) -> None:
    posts(guard.signs(), app="1.2.0", queue="1", battery="90")
    posts(guard.signs(), app="1.2.0", queue="1", battery="89")
    assert kept(guard) == ("1.2.0", 1, 90)
    cast.passes(31)
    posts(guard.signs(), app="1.2.0", queue="1", battery="88")
    assert kept(guard) == ("1.2.0", 1, 88)
