"""Whoever guesses waits, in every process; whoever belongs here comes in, whatever others try."""

import pytest

from kawal_server.accounts import seconds
from kawal_server.accounts.guesses import Bucket, begin, factor_buckets, forget, password_buckets
from kawal_server.accounts.models import AccountEvent, GuessRow, Officer
from tests.server.accounts.cast import Hand, officer
from tests.server.post import Post

POSKO = "10.0.0.1"
AWAY = "203.0.113.9"


@pytest.fixture
def dewi(real: Post) -> Officer:
    return officer("dewi", "pamatwil")


@pytest.fixture
def posko(dewi: Officer) -> Hand:
    """The commander's browser, which has come in before."""
    hand = Hand(POSKO)
    hand.knock("dewi")
    hand.browser.post("/keluar/")
    return hand


def test_a_thousand_wrong_tries_from_elsewhere_do_not_stop_the_posko(posko: Hand) -> None:
    thief = Hand(AWAY)
    for _ in range(1000):
        assert thief.knock("dewi", "tebakan").status_code == 403
    assert posko.knock("dewi").status_code == 302


def test_wrong_tries_from_the_poskos_own_address_do_not_stop_the_commander(posko: Hand) -> None:
    insider = Hand(POSKO)
    for number in range(200):
        insider.knock("dewi", "tebakan")
        insider.knock(f"nama{number}", "tebakan")
    assert b"Tunggu" in insider.knock("dewi").content
    assert posko.knock("dewi").status_code == 302


def test_a_strange_browser_of_the_commander_waits_a_minute_at_most(dewi: Officer, second: list[float]) -> None:
    for _ in range(300):
        Hand(POSKO).knock("dewi", "tebakan")
        second[0] += 0.5
    second[0] += 61
    assert Hand(POSKO).knock("dewi").status_code == 302


def test_many_addresses_that_guess_lock_nobody_out(dewi: Officer) -> None:
    for number in range(300):
        Hand(f"198.51.{number // 250}.{number % 250 + 1}").knock("dewi", "tebakan")
    assert Hand(POSKO).knock("dewi").status_code == 302


def test_a_known_browser_that_guesses_waits_too(posko: Hand) -> None:
    said = [posko.knock("dewi", "tebakan").content for _ in range(12)]
    assert sum(b"Tunggu" in page for page in said) >= 5
    assert b"Tunggu" in posko.knock("dewi").content


def test_a_browser_known_to_one_account_is_strange_to_another(posko: Hand) -> None:
    officer("ani", "pamatwil")
    for _ in range(10):
        posko.knock("ani", "tebakan")
    assert b"Tunggu" in posko.knock("ani").content
    assert posko.knock("dewi").status_code == 302


def test_a_forged_or_borrowed_cookie_makes_no_browser_known(posko: Hand) -> None:
    (name,) = [name for name in posko.browser.cookies if name.startswith("kenal-")]
    officer("ani", "pamatwil")
    other = Hand(POSKO)
    other.knock("ani")
    (others,) = [one for one in other.browser.cookies if one.startswith("kenal-")]
    for value in ("", "x", other.browser.cookies[others].value, posko.browser.cookies[name].value + "x"):
        thief = Hand(AWAY)
        thief.browser.cookies[name] = value
        for _ in range(4):
            thief.knock("dewi", "tebakan")
        assert b"Tunggu" in thief.knock("dewi").content, value
        GuessRow.objects.all().delete()


def test_the_cookie_names_nobody_and_no_script_reads_it(posko: Hand) -> None:
    (kept,) = [one for name, one in posko.browser.cookies.items() if name.startswith("kenal-")]
    assert "dewi" not in kept.OutputString()
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"


def test_waits_double_and_are_over(real: Post, second: list[float]) -> None:
    bucket = (Bucket("a" * 64, free=1, longest_s=60),)
    waits, begun = [], second[0]
    for _ in range(9):
        assert begin(bucket).wait == 0
        waits.append(begin(bucket).wait)
        second[0] += waits[-1]
    assert waits == sorted(waits)
    assert max(waits) == waits[-1] == 61
    assert second[0] - begun < 400


def test_old_guesses_are_forgotten_and_swept_out(real: Post, second: list[float]) -> None:
    bucket, other = (Bucket("a" * 64, free=2, longest_s=60),), (Bucket("b" * 64, free=2, longest_s=60),)
    begin(bucket)
    begin(bucket)
    assert begin(bucket).wait
    second[0] += 3600
    begin(other)
    assert not GuessRow.objects.filter(key="a" * 64).exists()
    assert [begin(bucket).wait, begin(bucket).wait] == [0, 0]


def test_the_right_secret_clears_what_is_held_against_it(real: Post) -> None:
    buckets = password_buckets("dewi", POSKO, "")
    for _ in range(4):
        begin(buckets)
    forget(buckets)
    assert begin(buckets).wait == 0


def test_all_of_one_customers_ipv6_addresses_are_one(real: Post) -> None:
    addresses = ("2001:db8:0:1::a", "2001:db8:0:1:ffff::b", "2001:db8:0:2::a")
    one, same, other = (password_buckets("dewi", address, "") for address in addresses)
    assert one == same
    assert one != other


def test_what_is_kept_names_neither_account_nor_address(posko: Hand) -> None:
    Hand(AWAY).knock("dewi", "tebakan")
    kept = " ".join(GuessRow.objects.values_list("key", flat=True))
    assert kept
    assert "dewi" not in kept
    assert AWAY not in kept


def test_a_longest_wait_is_an_event_once_and_the_machines_log_names_nobody(
    dewi: Officer, second: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(30):
        Hand(AWAY).knock("dewi", "tebakan")
        second[0] += 60
    assert [(one.kind, one.note) for one in AccountEvent.objects.filter(officer=dewi.pk)] == [("waits", "password")]
    said = [record.getMessage() for record in caplog.records if record.name.startswith("kawal_server")]
    assert len(said) > 20
    assert not any("dewi" in line or AWAY in line for line in said)


def test_wrong_factors_from_all_strange_browsers_are_counted_together(real: Post) -> None:
    assert factor_buckets(7, "") == factor_buckets(7, "")
    assert factor_buckets(7, "") != factor_buckets(8, "")
    assert factor_buckets(7, "x") != factor_buckets(7, "")


def test_what_another_process_counted_counts_here(real: Post) -> None:
    buckets = password_buckets("dewi", POSKO, "")
    for _ in range(4):
        begin(buckets)
    GuessRow.objects.update(waits_until=seconds.exact() + 30)
    assert begin(buckets).wait == 31
