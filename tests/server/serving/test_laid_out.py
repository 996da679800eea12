"""What the demonstration lays out beside its logs: no page of it is empty, and nothing on it is anybody real."""

from pathlib import Path

import pytest

from kawal.guard.cards import card_digest
from kawal_cli.demonstrate import Play, begin
from kawal_cli.lay_out_guard import quiet_hours
from kawal_cli.simulate import run
from kawal_cli.simulate.placing import risk_of
from kawal_server import clock
from kawal_server.actions.keep_posts import unpublished
from kawal_server.actions.roster_problem import Asked, gather, own_forces
from kawal_server.actions.run_roster import Planning
from kawal_server.store.models import (
    BkoNeed,
    ContactRow,
    DutyLine,
    ForcePattern,
    OwnForceRow,
    PersonRow,
    PostLine,
    PostPlan,
    RiskEntry,
    RosterDraft,
    SopCard,
)
from tests.server.post import Post

SEED, SHOWN = 3, 3
PAGES = {
    "/penjagaan/?cari=5303": ("Gudang KPU", "Kantor KPU"),
    "/penjagaan/atur/": ("Gudang PPK Miomaffo Timur", "Polsek Miomaffo Timur", "di log"),
    "/penjagaan/kartu/": ("Kartu SOP",),
    "/penjagaan/mesin/": ("kamera-gudang-5303",),
    "/penjagaan/jadwal/": ("Polres Timor Tengah Utara",),
    "/perintah/": ("Sprin",),
    "/perintah/kontak/": ("(DEMO)", "0000"),
    "/bko/": ("(DEMO)", "Sprin/121", "Satbrimob Polda"),
    "/kerawanan/": ("Miomaffo Timur",),
    "/kerawanan/kekuatan/": ("Pagar Alam 2024",),
    "/kerawanan/persaingan/": ("DEMO",),
    "/personel/": ("guard",),
    "/operasi/tahapan/": ("Rekapitulasi kecamatan",),
    "/operasi/satuan/": ("Polsek Miomaffo Timur",),
    "/operasi/struktur/": ("(DEMO)",),
    "/operasi/orang/": ("(DEMO)",),
}


@pytest.fixture
def demo(post: Post, tmp_path: Path) -> Post:
    """The demonstration at its opening, with few stations, so that it is played in seconds."""
    run(tmp_path / "played", area=["5303"], faults="none", seed=SEED, scale=0.05)
    opening = begin(Play(tmp_path / "played"), seed=SEED, shown=SHOWN)
    clock.set_to(opening, speed=1, is_paused=True)
    return post


def row(beat_s: int, since: int, until: int) -> dict[str, str]:
    return {"beat_s": str(beat_s), "from": str(since), "to": str(until)}


def test_silence_is_planned_where_it_comes_back_and_not_where_it_was_announced_once() -> None:
    evening, hour = 1_732_446_000, 3600  # 24 November 2024, 19.00 WITA
    nights = [row(0, evening + day * 24 * hour, evening + (day * 24 + 12) * hour) for day in range(3)]
    days = [row(3600, evening + (day * 24 + 12) * hour, evening + (day + 1) * 24 * hour) for day in range(3)]
    # The last night ends where the post was lifted.
    cut = row(0, evening + 72 * hour, evening + 75 * hour)
    assert list(quiet_hours([*nights, *days, cut], "Asia/Makassar")) == [["19.00", "07.00"]]
    assert list(quiet_hours([nights[0], *days], "Asia/Makassar")) == []
    assert list(quiet_hours(days, "Asia/Makassar")) == []


@pytest.mark.slow
def test_every_page_is_filled_and_says_that_it_is_a_demonstration(demo: Post) -> None:
    kaops = demo.client("kaops")
    pages = {path: kaops.get(path) for path in PAGES}
    assert {path for path, page in pages.items() if page.status_code != 200} == set()
    bodies = {path: page.content.decode() for path, page in pages.items()}
    assert [(path, word) for path, words in PAGES.items() for word in words if word not in bodies[path]] == []
    assert all("DEMONSTRASI" in body for body in bodies.values())
    _the_plans_are_those_of_the_log()
    _nobody_is_real()
    _the_classes_are_the_drawn_ones()
    _the_roster_is_asked_for_and_really_planned()


def _the_plans_are_those_of_the_log() -> None:
    plans = {row.post: row for row in PostPlan.objects.all()}
    lines = PostLine.objects.exclude(post__startswith="kamera")
    assert {line.post for line in lines} == set(plans)
    for line in lines:
        wanted = {strength for _, _, strength, _ in line.periods}
        assert sum(zone["strength"] for zone in plans[line.post].zones) in wanted
    # What a plan cannot say: a pleno that rests over night, and a silence that was announced once.
    missing = unpublished()
    assert missing.added == ()
    assert len(missing.changed) <= 3, missing.changed
    cited = set(DutyLine.objects.exclude(sop="").values_list("sop", flat=True))
    cards = {card.digest: card for card in SopCard.objects.all()}
    assert cited == set(cards)
    assert all(card_digest(card.text) == name for name, card in cards.items())
    assert SopCard.objects.filter(kind="pos-ppk").count() == 2
    assert {row.card for row in plans.values()} <= {card.kind for card in cards.values()}


def _nobody_is_real() -> None:
    assert all(row.name.endswith("(DEMO)") for row in PersonRow.objects.all())
    contacts = list(ContactRow.objects.all())
    assert contacts
    assert all(row.name.endswith("(DEMO)") and row.phone.startswith("0000") for row in contacts)
    assert all("DEMO" in row.name for row in OwnForceRow.objects.all())
    assert all("DEMO" in row.source for row in BkoNeed.objects.all())
    assert OwnForceRow.objects.exists()
    assert BkoNeed.objects.count() == 3


def _the_classes_are_the_drawn_ones() -> None:
    entries = list(RiskEntry.objects.all())
    assert len(entries) == 24
    assert all(row.value == risk_of(SEED, row.place) and "DEMO" in row.source for row in entries)
    assert {row.risk for row in ForcePattern.objects.all()} == {"less", "prone", "high", "special"}


def _the_roster_is_asked_for_and_really_planned() -> None:
    """A week of nothing made up: it stays a question until the worker is through with it."""
    draft = RosterDraft.objects.get()
    assert (draft.state, draft.plan) == ("queued", {})
    asked = Asked(draft.unit, draft.starts, draft.ends, draft.template, forces=own_forces(draft.unit))
    assert gather(asked, now=draft.made_at).problem.slots
    RosterDraft.objects.update(seconds=3)
    planning = Planning()
    while planning.step():
        pass
    draft.refresh_from_db()
    assert (draft.state, draft.checked) == ("done", [])
    assert draft.plan["roster"]
