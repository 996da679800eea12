"""A key opens the post where it was made for, answers only what was asked, once, and cannot be copied unseen."""

import json
from typing import Any

import pytest
from fido2.webauthn import AuthenticatorData

from kawal_server.accounts.models import FactorRow, Officer
from tests.server.accounts.authenticator import SoftKey
from tests.server.accounts.cast import Hand, found, officer
from tests.server.post import Post

_PARTS = {"clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "AA", "signature": "AA"}
EMPTY = json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": _PARTS})


class KeyHand(Hand):
    """Somebody at a browser with a security key, at http://localhost."""

    def __init__(self, key: SoftKey | None = None, host: str = "localhost") -> None:
        super().__init__()
        self.browser.defaults["HTTP_HOST"] = host
        self.key = key or SoftKey()

    def options(self, path: str) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(found(r'data-options="([^"]+)"', self.browser.get(path).content.decode()))
        return read

    def enrol_key(self, **other: Any) -> Any:
        answer = self.key.make(self.options("/akun/faktor/baru/"), **other)
        return self.browser.post("/akun/faktor/baru/", {"kunci": answer, "nama": "USB", "next": "/komando/"})

    def give_key(self, **other: Any) -> Any:
        answer = self.key.sign(self.options("/faktor/"), **other)
        return self.browser.post("/faktor/", {"kunci": answer, "next": "/komando/"})


@pytest.fixture
def dewi(real: Post) -> Officer:
    return officer("dewi", "kpu")


@pytest.fixture
def hand(dewi: Officer) -> KeyHand:
    made = KeyHand()
    made.knock("dewi")
    made.enrol_key()
    return made


def again(hand: KeyHand, host: str = "localhost") -> KeyHand:
    made = KeyHand(hand.key, host)
    made.knock("dewi")
    return made


def test_a_key_is_enrolled_at_the_first_sign_in_and_opens_the_next(hand: KeyHand) -> None:
    assert hand.is_in()
    assert FactorRow.objects.get().name == "USB"
    later = again(hand)
    assert not later.is_in()
    assert later.give_key().headers["Location"] == "/komando/"
    assert later.is_in()


@pytest.mark.parametrize(
    "other",
    [
        {"origin": "https://kawal.evil.example"},
        {"origin": "http://localhost:8000"},
        {"origin": "https://localhost"},
        {"rp": "evil.example"},
        {"challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
        {"kind": "webauthn.create"},
        {"flags": AuthenticatorData.FLAG.UV},
        {"id": b"another"},
    ],
    ids=["site", "port", "scheme", "rp", "challenge", "kind", "absent", "id"],
)
def test_an_answer_to_something_else_opens_nothing(hand: KeyHand, other: dict[str, Any]) -> None:
    later = again(hand)
    assert later.give_key(**other).status_code == 403
    assert not later.is_in()


@pytest.mark.parametrize(
    "other", [{"origin": "https://evil.example"}, {"rp": "evil.example"}, {"kind": "webauthn.get"}]
)
def test_a_key_made_for_something_else_is_not_kept(dewi: Officer, other: dict[str, Any]) -> None:
    hand = KeyHand()
    hand.knock("dewi")
    assert hand.enrol_key(**other).status_code == 403
    assert not FactorRow.objects.exists()
    assert not hand.is_in()


def test_another_key_than_the_officers_opens_nothing(hand: KeyHand) -> None:
    thief = KeyHand()
    thief.key.id = hand.key.id
    thief.knock("dewi")
    assert thief.give_key().status_code == 403


def test_an_answer_is_taken_once(hand: KeyHand) -> None:
    later = again(hand)
    answer = hand.key.sign(later.options("/faktor/"))
    assert later.browser.post("/faktor/", {"kunci": answer}).status_code == 302
    replayed = again(hand)
    assert replayed.browser.post("/faktor/", {"kunci": answer}).status_code == 403
    replayed.options("/faktor/")
    assert replayed.browser.post("/faktor/", {"kunci": answer}).status_code == 403


def test_a_copied_key_that_counts_behind_opens_nothing(hand: KeyHand) -> None:
    later = again(hand)
    later.give_key()
    hand.key.count -= 2
    copied = again(hand)
    assert copied.give_key().status_code == 403


def test_a_passkey_that_never_counts_opens_the_post(dewi: Officer) -> None:
    hand = KeyHand(SoftKey(counts=False))
    hand.knock("dewi")
    hand.enrol_key()
    for _ in range(2):
        assert again(hand).give_key().status_code == 302


def test_one_officers_key_is_not_anothers(hand: KeyHand) -> None:
    officer("ani", "bawaslu")
    ani = KeyHand(hand.key)
    ani.knock("ani")
    assert ani.enrol_key().status_code == 403
    assert FactorRow.objects.count() == 1


def test_several_keys_each_open_the_post(hand: KeyHand) -> None:
    spare = KeyHand()
    hand.key, first = spare.key, hand.key
    assert hand.enrol_key().headers["Location"] == "/akun/"
    for key in (first, spare.key):
        assert again(KeyHand(key)).give_key().status_code == 302


def test_a_key_is_bound_to_its_host_and_the_page_says_so(hand: KeyHand, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "posko.localhost"]
    elsewhere = again(hand, "posko.localhost")
    page = elsewhere.browser.get("/faktor/").content.decode()
    assert "data-options" not in page
    assert "terikat pada alamat lain" in page


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "testserver", "[::1]:8000"])
def test_where_no_browser_gives_a_key_the_page_says_why(dewi: Officer, settings: Any, host: str) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver", "[::1]"]
    hand = KeyHand(host=host)
    hand.knock("dewi")
    page = hand.browser.get("/akun/faktor/baru/").content.decode()
    assert "data-options" not in page
    assert "lewat HTTPS" in page


@pytest.mark.parametrize(
    "answer",
    [
        "{}",
        "[]",
        "null",
        "x",
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
        EMPTY,
        '{"id": 7, "rawId": [], "response": "x"}',
        "[" * 5000,
        "9" * 70_000,
    ],
    ids=range(9),
)
def test_rubbish_for_an_answer_is_refused_and_stops_nothing(hand: KeyHand, answer: str) -> None:
    later = again(hand)
    later.options("/faktor/")
    assert later.browser.post("/faktor/", {"kunci": answer}).status_code == 403
    hand.options("/akun/faktor/baru/")
    assert hand.browser.post("/akun/faktor/baru/", {"kunci": answer}).status_code == 403
    assert FactorRow.objects.count() == 1
