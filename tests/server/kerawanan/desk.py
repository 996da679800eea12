"""Those who work with the register: Karendalops, who plans the force, and others, who may see less or nothing."""

from datetime import date
from typing import Any

from django.test import Client

from kawal.risk.register import Entry
from kawal_server.accounts.models import Office, Officer
from kawal_server.actions.keep_risk import keep_entry
from kawal_server.store.models import IncidentLine, RiskEntry
from tests.server.pages.scene import KECAMATAN, NOW
from tests.server.post import Post
from tests.server.signed_in import signed_in

QUIET, GRAVE, UNKNOWN = KECAMATAN[0], KECAMATAN[4], KECAMATAN[5]
STATION = f"{GRAVE}1001003"
SECRET = "R-KHUSUS-77/XI/2024 sumber kelas satu TPS"
SECRET_STAGE = "tahap-tps-rahasia"


def officer(office: Office, unit: str = "") -> Officer:
    found, _ = Officer.objects.get_or_create(username=f"{office}{unit}", defaults={"office": office, "unit": unit})
    return found


def say(place: str, value: Any, *, by: Office = "karendalops", **other: Any) -> RiskEntry:
    """Keep one entry, as Karendalops would."""
    said: dict[str, Any] = {
        "entry": "",
        "place": place,
        "instrument": "local",
        "stage": "kampanye",
        "on": date(2024, 11, 20),
        "source": "Intelkam Polres TTU, R/12/XI/2024",
        "value": value,
        **other,
    }
    return keep_entry(officer(by), Entry(**said))


def say_all() -> None:
    """A quiet kecamatan, a grave one, and in the grave one a station that only planners may know of."""
    say(QUIET, "less")
    say(GRAVE, "high")
    say(STATION, "special", source=SECRET, stage=SECRET_STAGE)


def happen(area: str, level: str = "actual", *, closed_at: int | None = None) -> IncidentLine:
    """Let an incident stand on the board, as the judge would write it."""
    return IncidentLine.objects.create(
        eid="i" * 43, level=level, kind="kerumunan", about=f"ppk-{area[:6]}", area=area, opened_at=NOW - 86_400,
        closed_at=closed_at,
    )  # fmt: skip


def form(**other: Any) -> dict[str, Any]:
    """The entry form, filled."""
    return {
        "tempat": QUIET,
        "instrumen": "local",
        "nilai": "sangat rawan",
        "tahap": "pungut-hitung",
        "tanggal": "2024-11-25",
        "sumber": "Intelkam Polres TTU, R/20/XI/2024",
        "kerahasiaan": "internal",
        **other,
    }


def at(post: Post, office: Office, unit: str = "") -> Client:
    """The browser of somebody; with a unit, of somebody there."""
    return signed_in(officer(office, unit)) if unit else post.client(office)
