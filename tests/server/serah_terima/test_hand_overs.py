"""Hand-overs: the late ones first, what is owed said, and a record that can be printed and signed."""

import pytest
from django.test import Client

from kawal.ledger.qr import paper_code
from kawal_server.store.models import HandOverLine
from tests.mission.custody.operation import BOX, FAR_BOX, HOUR, OTHER, PPK_SITE, PPS_SITE
from tests.server.post import Post
from tests.server.told import AT, tell_night


def shown(client: Client, query: str = "") -> list[str]:
    return [pair.line.state for pair in client.get(f"/serah-terima/?{query}").context["pairs"]]


@pytest.fixture
def night(post: Post) -> Post:
    """One offer waits too long, one is fresh, one was refused, one taken with a remark, one is on paper."""
    operation = tell_night(post)
    operation.offer(operation.ppk, operation.kpu, [BOX], AT - HOUR, site=PPK_SITE)
    operation.offer(operation.ppk, operation.kpu, [OTHER], AT - 60, site=PPK_SITE)
    refused = operation.offer(operation.other_kpps, operation.pps, [FAR_BOX], AT - 3 * HOUR, site=PPS_SITE)
    operation.accept(operation.pps, refused, AT - 3 * HOUR + 60, site=PPS_SITE, res="no")
    noted = operation.offer(operation.other_kpps, operation.pps, [FAR_BOX], AT - 2 * HOUR, site=PPS_SITE)
    diff = [[FAR_BOX, "seal", ["<b>X</b>"]]]
    operation.accept(operation.pps, noted, AT - 2 * HOUR + 60, site=PPS_SITE, res="diff", diff=diff)
    operation.say(
        operation.guard, "custody.paper", AT - 90, from_=operation.pps.unit, to=operation.ppk.unit, at=AT - 5 * HOUR,
        boxes=[FAR_BOX], n=1, site=PPK_SITE,
    )  # fmt: skip
    post.tell(AT)
    return post


def test_strangers_see_no_hand_over_and_auditors_do(night: Post) -> None:
    assert night.client().get("/serah-terima/").status_code == 302
    assert night.client("auditor").get("/serah-terima/").status_code == 200
    eid = HandOverLine.objects.first()
    assert eid is not None
    assert night.client().get(f"/serah-terima/{eid.eid}/").status_code == 302


def test_what_waits_longer_than_thirty_minutes_comes_first(night: Post) -> None:
    client = night.client("operator")
    answer = client.get("/serah-terima/")
    first, *rest = answer.context["pairs"]
    assert (first.line.state, first.is_late, first.look) == ("menunggu", True, "perhatian")
    assert not any(pair.is_late for pair in rest)
    assert answer.context["late"] == 1
    assert "1 menunggu lebih dari 30 menit" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "states"),
    [
        ("keadaan=menunggu", ["menunggu", "menunggu"]),
        ("keadaan=ditolak", ["ditolak"]),
        ("keadaan=catatan", ["catatan"]),
        ("keadaan=kertas", ["kertas"]),
        ("keadaan=diterima", ["diterima", "diterima"]),
        ("pihak=kpu-5303", ["menunggu", "menunggu"]),
        ("pihak=nobody", []),
        ("keadaan=%00%27", None),
    ],
)
def test_a_hand_over_is_found_by_its_state_and_its_parties(night: Post, query: str, states: list[str] | None) -> None:
    found = shown(night.client("operator"), query)
    assert found == states if states is not None else len(found) == 7


def test_the_attest_that_is_owed_is_named(night: Post) -> None:
    pairs = night.client("operator").get("/serah-terima/?keadaan=catatan").context["pairs"]
    assert pairs[0].missing == ("pengawal", "pengawas atau saksi")
    pairs = night.client("operator").get("/serah-terima/?keadaan=diterima").context["pairs"]
    assert [(pair.missing, pair.look) for pair in pairs] == [((), "aman")] * 2
    assert pairs[0].attested == ("pengawal", "pengawas")


def test_a_receivers_remark_is_read_as_text(night: Post) -> None:
    body = night.client("operator").get("/serah-terima/?keadaan=catatan").content.decode()
    assert "&lt;b&gt;X&lt;/b&gt;" in body
    assert "<b>X</b>" not in body


def test_the_record_on_paper_says_what_the_receiver_found_different(night: Post) -> None:
    record = {
        line.state: night.client("operator").get(f"/serah-terima/{line.eid}/").content.decode().split("<article")[1]
        for line in HandOverLine.objects.filter(state__in=("catatan", "diterima"))
    }
    assert "Catatan penerima" in record["catatan"]
    assert "segel berbeda" in record["catatan"]
    assert "Catatan penerima" not in record["diterima"]


def test_the_record_names_units_and_no_person(night: Post) -> None:
    line = HandOverLine.objects.filter(state="diterima", giver__startswith="kpps").get()
    answer = night.client("auditor").get(f"/serah-terima/{line.eid}/")
    body = answer.content.decode()
    assert paper_code(line.eid) in body
    assert line.giver_kid in body
    assert line.receiver_kid in body
    assert all(box in body for box in (BOX, OTHER))
    assert 'class="qr"' in body
    assert body.count("record-line") == 4
    assert "p-3" not in body
    assert [part for part, _ in answer.context["leaves"]] == ["offer", "accept", "close"]
    assert "style=" not in body


def test_an_offer_that_does_not_exist_says_where_to_look(night: Post) -> None:
    answer = night.client("operator").get("/serah-terima/no-such-offer/")
    assert answer.status_code == 404
    assert "Cari lewat kotaknya" in answer.content.decode()


def test_an_empty_list_says_what_will_come(post: Post) -> None:
    assert "Belum ada serah terima" in post.client("operator").get("/serah-terima/").content.decode()


def test_the_record_lists_the_seals_as_they_were_read_and_marks_the_others(post: Post) -> None:
    operation = tell_night(post)
    items = [[BOX, ["READ1", "READ2"]], [OTHER, []]]
    eid = operation.offer(operation.ppk, operation.kpu, [], AT - 60, site=PPK_SITE, items=items, n=2)
    post.tell(AT)
    boxes = post.client("operator").get(f"/serah-terima/{eid}/").context["boxes"]
    assert [(one.seals, one.is_read) for one in boxes] == [("READ1, READ2", True), ("J1A, J1B", False)]
