"""The audit book: every leaf can be found, read, checked and taken away, and nothing in it does anything."""

import re

import pytest
from django.urls import reverse

from kawal.ledger.proof import read_proof
from kawal_server.command_post.buku_audit import book
from kawal_server.store.opened import the_store
from tests.mission.custody.operation import BOX, HOUR, TPS
from tests.server.post import Post
from tests.server.told import AT, tell_night


def indexes(post: Post, query: str) -> list[int]:
    answer = post.client("auditor").get(f"/buku-audit/?{query}")
    assert answer.status_code == 200
    return [row.index for row in answer.context["page"].rows]


def test_strangers_read_nothing_of_the_book_and_auditors_all_of_it(post: Post) -> None:
    tell_night(post)
    for path in (
        "/buku-audit/",
        "/buku-audit/?log=pengamanan",
        "/buku-audit/kotak/0/",
        "/buku-audit/kotak/0.jws",
        "/buku-audit/kotak/0.tlog-proof",
        "/buku-audit/kotak/perangkat/",
        "/buku-audit/ekspor.zip",
    ):
        assert post.client().get(path).status_code == 302
        assert post.client("auditor").get(path).status_code == 200


def test_the_newest_come_first_and_a_page_leads_to_the_one_before_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_night(post)
    size = the_store().head("kotak").size
    monkeypatch.setattr(book, "ROWS", 10)
    seen, query = [], "log=kotak"
    while query:
        answer = post.client("operator").get(f"/buku-audit/?{query}")
        seen += [row.index for row in answer.context["page"].rows]
        query = answer.context["older"]
    assert seen == list(range(size))[::-1]


def test_leaves_are_found_by_type_device_unit_and_box(post: Post) -> None:
    operation = tell_night(post)
    assert indexes(post, "jenis=ledger.genesis") == [0]
    accepts = indexes(post, "jenis=custody.accept")
    assert len(accepts) == 2
    mine = indexes(post, f"perangkat={operation.ppk.key.kid[:10]}")
    assert set(mine) & set(accepts) == {accepts[0]}
    assert indexes(post, "satuan=PPK-5303") == mine
    about = indexes(post, f"kotak={BOX}")
    assert set(accepts) < set(about)
    assert about == sorted(about, reverse=True)
    assert indexes(post, f"kotak={BOX}&jenis=custody.seal")[0] in about
    assert indexes(post, "satuan=nobody") == []
    assert indexes(post, "log=pengamanan") == []


def test_a_rare_type_far_back_is_found_by_searching_further(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    tell_night(post)
    monkeypatch.setattr(book, "WINDOW", 5)
    monkeypatch.setattr(book, "SCAN", 10)
    client = post.client("operator")
    answer = client.get("/buku-audit/?jenis=ledger.genesis")
    assert answer.context["page"].is_cut
    assert "Belum ketemu" in answer.content.decode()
    for _ in range(20):
        if not answer.context["older"]:
            break
        answer = client.get(f"/buku-audit/?{answer.context['older']}")
    assert [row.index for row in answer.context["page"].rows] == [0]


def test_the_panel_says_how_far_the_log_is_published(post: Post) -> None:
    operation = tell_night(post)
    stand = post.client("operator").get("/buku-audit/").context["stand"]
    assert (stand.size, stand.published, stand.is_met) == (len(operation.lines), len(operation.lines), True)
    assert stand.root == stand.published_root
    operation.check(operation.ppk, BOX, AT, site=TPS)
    post.send()
    stand = post.client("operator").get("/buku-audit/").context["stand"]
    assert (stand.size, stand.published) == (len(operation.lines), len(operation.lines) - 1)
    assert stand.root != stand.published_root


def test_a_leaf_shows_its_signer_its_chain_and_its_checks(post: Post) -> None:
    operation = tell_night(post)
    index = indexes(post, "jenis=custody.accept")[0]
    answer = post.client("operator").get(f"/buku-audit/kotak/{index}/")
    assert answer.context["verdict"].is_whole
    assert answer.context["unit"] == operation.ppk.unit
    chain = answer.context["chain"]
    assert chain.previous is not None
    assert (chain.following, chain.is_head) == (None, True)
    assert answer.context["answered"][0].log == "kotak"
    before = post.client("operator").get(f"/buku-audit/kotak/{indexes(post, 'jenis=custody.offer')[-1]}/")
    assert before.context["chain"].following is not None


def test_what_a_leaf_says_cannot_break_out_of_its_page(post: Post) -> None:
    operation = tell_night(post)
    note = "</pre><script>alert(1)</script>\u202e\x07"
    operation.say(operation.kpps, "custody.<i>x</i>", AT, note=note, box="<b>")
    post.tell(AT + 60)
    index = the_store().head("kotak").size - 1
    for path in (f"/buku-audit/kotak/{index}/", "/buku-audit/"):
        body = post.client("operator").get(path).content.decode()
        inside = re.sub(r"<script src=[^>]*></script>", "", body).split("</head>")[1]
        assert "<script>" not in inside
        assert "<i>" not in inside
        assert "\u202e" not in body
    leaf = post.client("operator").get(f"/buku-audit/kotak/{index}/").content.decode()
    assert "⟦U+202E⟧" in leaf


def test_a_leaf_that_does_not_exist_says_how_long_the_log_is(post: Post) -> None:
    operation = tell_night(post)
    answer = post.client("operator").get("/buku-audit/kotak/999999/")
    assert answer.status_code == 404
    assert f"punya {len(operation.lines)} daun" in answer.content.decode()
    for path in ("lain/0/", "kotak/99999999999999999999/", "kotak/-1/"):
        assert post.client("operator").get(f"/buku-audit/{path}").status_code == 404


def test_every_leaf_below_the_checkpoint_can_be_proven_with_the_files_offered(post: Post) -> None:
    operation = tell_night(post)
    client = post.client("auditor")
    for index in range(0, len(operation.lines), 5):
        entry = client.get(reverse("buku-audit-jws", args=["kotak", index])).content
        assert entry == operation.lines[index]
        read_proof(client.get(reverse("buku-audit-proof", args=["kotak", index])).content).check(entry)
    operation.check(operation.ppk, BOX, AT, site=TPS)
    post.send()
    assert client.get(reverse("buku-audit-proof", args=["kotak", len(operation.lines) - 1])).status_code == 404


def test_devices_are_listed_with_the_longest_silent_first(post: Post) -> None:
    operation = tell_night(post)
    operation.check(operation.ppk, BOX, AT, site=TPS)
    skipped = operation.sign(operation.kpps, "custody.check", AT, box=BOX, seals=[], ok=True, site=TPS)
    operation.check(operation.kpps, BOX, AT + 1, site=TPS)
    post.tell(AT + HOUR)
    answer = post.client("operator").get("/buku-audit/kotak/perangkat/")
    rows = answer.context["rows"]
    assert [row.head.received_at for row in rows] == sorted(row.head.received_at for row in rows)
    states = {row.head.kid: row.state for row in rows}
    assert states[operation.kpps.key.kid] == "gap"
    assert states[operation.ppk.key.kid] == "whole"
    post.send([skipped])
    rows = post.client("operator").get("/buku-audit/kotak/perangkat/").context["rows"]
    assert {row.head.kid: row.state for row in rows}[operation.kpps.key.kid] == "whole"
    post.tell(AT + HOUR + 60)
