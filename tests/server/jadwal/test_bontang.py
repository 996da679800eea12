"""Mission item 5 from rows to page: the night that is two short says so in one sentence, and what would fill it."""

import html
import re

from kawal_server.store.models import BkoNeed, RosterDraft
from tests.server.jadwal.bontang import SENTENCE, Bontang, plan_until_done


def page_of(polres: Bontang, draft: RosterDraft, office: str = "karendalops") -> str:
    return html.unescape(polres.client(office).get(f"/penjagaan/jadwal/{draft.pk}/").content.decode())  # type: ignore[arg-type]


def test_the_page_says_the_sentence_of_the_mission_and_no_other(polres: Bontang) -> None:
    page = page_of(polres, polres.planned())
    assert re.findall(r'<p class="shortage">(.*?)</p>', page) == [SENTENCE]
    assert "Terbukti dalam 0,02 % dari yang terbaik." in page or "Terbukti terbaik" in page
    assert "Minta BKO 2 orang untuk Pos PPK Marang Kayu" in page


def test_the_shortage_becomes_a_need_of_lent_forces_once(polres: Bontang) -> None:
    draft = polres.planned()
    [short] = draft.told["shortages"]
    form = {"pos": short["post"], "mulai": short["starts"], "kurang": short["lacks"]}
    for _ in range(2):
        assert polres.client("karendalops").post(f"/penjagaan/jadwal/{draft.pk}/bko/", form).status_code == 302
    need = BkoNeed.objects.get()
    assert (need.count, need.area, need.reason, need.unit) == (2, "640217", SENTENCE, "polres-6474")
    assert SENTENCE in polres.client("karendalops").get("/bko/").content.decode()


def test_without_that_rule_nobody_is_missing(polres: Bontang) -> None:
    draft = polres.asked()
    RosterDraft.objects.update(problem=draft.problem | {"rules": draft.problem["rules"] | {"rests": []}})
    plan_until_done()
    draft.refresh_from_db()
    assert draft.told["shortages"] == []


def test_a_draft_holds_no_name_rank_or_number(polres: Bontang) -> None:
    draft = polres.planned()
    text = f"{draft.problem} {draft.plan} {draft.told} {draft.notes}"
    assert "Warsito" not in text
    assert "Bripda" not in text
    assert "90000001" not in text
    assert "p-01" in text
