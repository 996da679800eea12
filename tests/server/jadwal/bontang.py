"""Polres Bontang as rows: five posts in two kabupaten, forty people of Ditsamapta lent to it, and who plans there."""

import json
from typing import Any

from django.test import Client

from kawal_server import clock
from kawal_server.accounts.models import Office, Officer
from kawal_server.actions.run_roster import Planning, take_result
from kawal_server.store.models import (
    ContingentLine,
    JurisdictionRow,
    PersonRow,
    PostPlan,
    RosterDraft,
    UnitRow,
)
from tests.mission.command.orders_kit import POLRES
from tests.server.commanding import Commanding

HOUR, DAY = 3600, 86_400
WITA = 8 * HOUR
FRIDAY = 20_056 * DAY - WITA
"""Midnight in WITA before Friday, 29 November 2024."""
SATURDAY = FRIDAY + DAY
SENTENCE = "Pos PPK Marang Kayu kurang 2 orang Sabtu 00.00-08.00 karena batas istirahat 8 jam"
LENT = "bko-samapta-64-123"
POSTS = (
    # post, name, need, class, from, to
    ("ppk-640205", "Pos PPK Muara Badak", 5, "high", FRIDAY + 16 * HOUR, SATURDAY + 24 * HOUR),
    # The boxes of Marang Kayu come in at midnight.
    ("ppk-640217", "Pos PPK Marang Kayu", 4, "prone", SATURDAY, SATURDAY + 24 * HOUR),
    ("ppk-647401", "Pos PPK Bontang Utara", 5, "high", FRIDAY + 16 * HOUR, SATURDAY + 24 * HOUR),
    ("ppk-647402", "Pos PPK Bontang Selatan", 4, "high", FRIDAY + 16 * HOUR, SATURDAY + 24 * HOUR),
    ("ppk-647403", "Pos PPK Bontang Barat", 2, "high", FRIDAY + 16 * HOUR, SATURDAY + 24 * HOUR),
    # The store of KPU is guarded until the boxes have left it.
    ("gudang-6474", "Pos Gudang KPU Bontang", 6, "high", FRIDAY + 16 * HOUR, SATURDAY),
)
FORM = {
    "satuan": POLRES, "mulai": "2024-11-29T16:00", "selesai": "2024-12-01T00:00", "pola": "3x8", "istirahat": "8",
    "hari_dari_7": "6", "malam_dari_4": "3", "dinas_dari_14": "12", "bagian_linmas": "3", "dasar": "Sprin/123",
    "tni": "0", "linmas": "0", "satpolpp": "0", "detik": "5",
}  # fmt: skip


_FOUND: dict[str, Any] = {}


def fill(*, leaders: int = 0) -> None:
    """Write the rows, as the pages of posts, people and lent forces do."""
    for polsek in ("polsek-640205", "polsek-640217"):
        UnitRow.objects.update_or_create(
            unit=polsek,
            defaults={"kind": "polsek", "name": polsek, "agency": "polri", "area": polsek[7:], "commanded_by": POLRES},
        )
        JurisdictionRow.objects.update_or_create(district=polsek[7:], defaults={"polres": POLRES})
    for site, name, need, risk, starts, ends in POSTS:
        PostPlan.objects.create(
            post=f"pos-{site}", name=name, site=site, unit=f"polsek-{site[4:]}" if site.startswith("ppk") else POLRES,
            zones=[{"ring": 1, "name": "ruang", "strength": need - 1}, {"ring": 2, "name": "halaman", "strength": 1}],
            starts=starts, ends=ends, risk=risk, card="pos-ppk",
        )  # fmt: skip
    PersonRow.objects.bulk_create(
        PersonRow(
            who=f"p-{at:02d}", name=f"Warsito Contoh {at:02d}", rank="Bripda", nrp=f"9000{at:04d}",
            unit="ditsamapta-64", agency="polri", skills=["danru"] if at < leaders else [],
        )
        for at in range(40)
    )  # fmt: skip
    ContingentLine.objects.create(
        name=LENT, origin="ditsamapta-64", number="Sprin/123", unit=POLRES, reached="arrived", strength=40, tasked=0,
        unmet=0, arrived=40, sent=40, until=SATURDAY + 48 * HOUR, first_at=FRIDAY, last_at=FRIDAY,
        times={"arrived": FRIDAY}, steps=[], shortfalls=[], oddities=[],
    )  # fmt: skip


def plan_until_done(planning: Planning | None = None) -> None:
    """What the worker does, without waiting for it."""
    working = planning or Planning()
    while working.step():
        pass


class Bontang:
    """The post, and those who sign in there."""

    def __init__(self, commanding: Commanding) -> None:
        self.commanding = commanding
        clock.set_to(FRIDAY + 8 * HOUR, speed=1, is_paused=True)

    def client(self, office: Office, unit: str = POLRES, name: str = "") -> Client:
        """A browser with an officer of a unit signed in."""
        return self.commanding.officer(office, unit=unit, name=name)

    def officer(self, office: Office, unit: str = POLRES) -> Officer:
        """An officer."""
        self.client(office, unit)
        return Officer.objects.get(username=f"{office}-{unit}")

    def asked(self, **form: str) -> RosterDraft:
        """A roster asked for by the planner of the Polres."""
        answer = self.client("karendalops").post("/penjagaan/jadwal/susun/", {**FORM, **form})
        assert answer.status_code == 302, answer.content.decode()
        return RosterDraft.objects.first() or RosterDraft()

    def planned(self, **form: str) -> RosterDraft:
        """A roster planned by the true planner in its own process; the same problem is solved once for all tests."""
        draft = self.asked(**form)
        key = json.dumps(draft.problem, sort_keys=True)
        if key in _FOUND:
            take_result(draft, _FOUND[key])
            draft.save()
        else:
            plan_until_done()
        draft.refresh_from_db()
        _FOUND[key] = draft.plan
        assert (draft.state, draft.message) == ("done", "")
        return draft
