"""SOP cards stand in versions, and briefings say who was there, who was not and why."""

import pytest

from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.actions.brief import BadBriefing, NotYourUnit, brief
from kawal_server.actions.keep_cards import cited, keep_card
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import Briefing, SopCard, UnitRow
from tests.server.post import Post


@pytest.fixture
def padal(post: Post) -> Officer:
    post.begin()
    for unit, above in (("polres-5303", ""), ("polsek-530305", "polres-5303"), ("polsek-530301", "polres-5303")):
        UnitRow.objects.create(
            unit=unit, kind=unit.split("-")[0], name=unit, agency="polri", area=unit[7:], commanded_by=above
        )
    return Officer.objects.create_user(username="padal", office="padal", agency="polri", unit="polsek-530305")


def test_a_card_is_never_changed_only_followed(post: Post) -> None:
    post.begin()
    first = keep_card("pos-ppk", "Pos PPK", "Periksa pintu tiap jam.", by="1")
    assert keep_card("pos-ppk", "Pos PPK", "Periksa pintu tiap jam.", by="2").pk == first.pk
    second = keep_card("pos-ppk", "Pos PPK", "Periksa pintu tiap setengah jam.", by="1")
    assert (first.version, second.version) == (1, 2)
    assert SopCard.objects.get(pk=first.pk).text == first.text


def test_the_card_lies_beside_the_log_that_cites_it(post: Post) -> None:
    post.begin()
    card = keep_card("pos-ppk", "Pos PPK", "Periksa.", by="1")
    assert the_blobs().of(PENGAMANAN).read(card.digest) == card.text.encode()


def test_a_duty_under_an_old_card_is_told_apart(post: Post) -> None:
    post.begin()
    first = keep_card("pos-ppk", "Pos PPK", "Periksa.", by="1")
    at = clock.now()
    assert (found := cited(first.digest, at)) is not None
    assert found.is_newest
    clock.set_to(at + 60, speed=1, is_paused=True)
    keep_card("pos-ppk", "Pos PPK", "Periksa dan hitung.", by="1")
    assert (before := cited(first.digest, at)) is not None
    assert before.is_newest
    assert (after := cited(first.digest, at + 60)) is not None
    assert not after.is_newest
    assert cited("x" * 43, at) is None


def test_a_briefing_says_who_was_there_and_why_others_were_not(padal: Officer) -> None:
    brief(padal, unit="polsek-530305", says="Cek segel pintu.", present=["p-1", "p-1", "p-2"], absent={"p-3": "sakit"})
    kept = Briefing.objects.get()
    assert (kept.present, kept.absent) == (["p-1", "p-2"], [["p-3", "sakit"]])


def test_no_briefing_is_kept_for_another_unit(padal: Officer) -> None:
    with pytest.raises(NotYourUnit):
        brief(padal, unit="polsek-530301", says="Cek.", present=["p-1"], absent={})
    with pytest.raises(NotYourUnit):
        brief(padal, unit="polres-5303", says="Cek.", present=["p-1"], absent={})
    assert not Briefing.objects.exists()


@pytest.mark.parametrize(
    ("says", "present", "absent"),
    [("", ["p-1"], {}), ("Cek.", [], {}), ("Cek.", ["p-1"], {"p-1": "sakit"}), ("Cek.", ["p-1"], {"p-2": " "})],
)
def test_a_briefing_that_tells_nothing_is_refused(
    padal: Officer, says: str, present: list[str], absent: dict[str, str]
) -> None:
    with pytest.raises(BadBriefing):
        brief(padal, unit="polsek-530305", says=says, present=present, absent=absent)
