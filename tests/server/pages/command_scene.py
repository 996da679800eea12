"""Orders, lent forces, contacts and the coordination log drawn by hand, beside the boxes of scene.py."""

from collections.abc import Iterator

from kawal.command.units import Unit, usual_jurisdiction, usual_units
from kawal.ledger.encoding import digest
from kawal.ledger.log_of import PENGAMANAN
from kawal_server.command_post.places import region_name
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import (
    BkoNeed,
    CommandLogLine,
    ContactRow,
    ContingentLine,
    ContingentTaskLine,
    JurisdictionRow,
    OrderLine,
    OrderUnitLine,
    OwnForceRow,
    UnitRow,
)
from tests.server.pages.scene import KECAMATAN, NOW, REGENCY

HOUR, DAY = 3_600, 86_400
POLRES = f"polres-{REGENCY}"
LENT = (
    ("ditsamapta-53", "Sprin/1523/XI/2024", 40, 40, (20, 12, 8)),
    ("polda-53", "Sprin/1524/XI/2024", 40, 40, (10, 0, 30)),
    ("brimob-53", "Sprin/1525/XI/2024", 150, 100, (60, 30, 15)),
)
MADE = (
    BkoNeed,
    CommandLogLine,
    ContactRow,
    ContingentLine,
    ContingentTaskLine,
    JurisdictionRow,
    OrderLine,
    OrderUnitLine,
    OwnForceRow,
    UnitRow,
)


def eid_of(number: int) -> str:
    return digest(f"order {number}".encode())


def contingent_of(origin: str) -> str:
    return f"bko-{origin}-sprin"


def fill(*, now: int = NOW) -> None:
    """Draw them."""
    clear()
    jurisdiction = usual_jurisdiction(KECAMATAN)
    names = {code: region_name(code) for code in (REGENCY[:2], REGENCY, *KECAMATAN)}
    lent = [Unit(origin, "other", name, "polri", "53", "polda-53") for origin, name in _ORIGINS.items()]
    for one in (*usual_units(jurisdiction, names), *lent):
        UnitRow.objects.create(
            unit=one.unit, kind=one.kind, name=one.name, agency=one.agency, area=one.area,
            commanded_by=one.commanded_by, elected_under=one.elected_under,
        )  # fmt: skip
    for district, polres in jurisdiction.polres_of.items():
        JurisdictionRow.objects.create(district=district, polres=polres)
    _orders(now)
    ContingentLine.objects.bulk_create(_contingents(now))
    ContingentTaskLine.objects.bulk_create(_tasks(now))
    CommandLogLine.objects.bulk_create(_log(now))
    ContactRow.objects.bulk_create(_contacts(now))
    OwnForceRow.objects.create(name="Polres Timor Tengah Utara", count=240)
    OwnForceRow.objects.create(name="Linmas", count=846)
    BkoNeed.objects.create(
        unit=POLRES, starts=now + 6 * HOUR, ends=now + 14 * HOUR, count=2, area=KECAMATAN[4], made_at=now - HOUR,
        reason="Pos PPK Kota Kefamenanu kurang 2 orang Minggu 00.00-08.00 karena batas istirahat 8 jam",
    )  # fmt: skip


def clear() -> None:
    """Wipe them off."""
    for model in MADE:
        model.objects.all().delete()


_ORIGINS = {"ditsamapta-53": "Ditsamapta Polda NTT", "brimob-53": "Satbrimob Polda NTT"}
_TEXTS = (
    ("Pengamanan kotak suara di kantor PPK", 6, 4, 3 * HOUR, 3 * DAY, 0),
    ("Pengawalan kotak suara ke gudang KPU", 4, 4, 5 * HOUR, 10 * HOUR, 0),
    ("Patroli gabungan skala besar", 3, 3, 20 * HOUR, 6 * DAY, 0),
    ("Pengamanan distribusi logistik", 5, 4, 5 * DAY, -DAY, 0),
    ("Pengamanan rapat pleno kecamatan", 4, 4, 3 * DAY, 2 * DAY, 1),
)
"""What an order is about; units, how many took it on; issued ago, ends in; whether another stands in its place."""


def _orders(now: int) -> None:
    for number, (title, units, acked, ago, left, superseded) in enumerate(_TEXTS):
        text = (
            f"# {title}\n\nDasar: rencana operasi.\n\n1. Laksanakan pengamanan 1x24 jam.\n2. Laporkan tiap aplusan.\n"
        )
        to = [f"polsek-{code}" for code in KECAMATAN[number : number + units]]
        OrderLine.objects.create(
            eid=eid_of(number), number=f"Sprin/{101 + number}/XI/PAM.3.2./2024", stage="", extends="", issuer="",
            mh=the_blobs().of(PENGAMANAN).keep(text.encode()), superseded_by=eid_of(0) if superseded else "",
            at=now - ago, until=now + left, to=to, awaited=units - acked, others=[["polsek-530324", now - HOUR, True]],
        )  # fmt: skip
        for place, unit in enumerate(to):
            at = now - ago + 600 * (place + 1)
            is_read = place <= acked
            OrderUnitLine.objects.create(
                eid=eid_of(number), unit=unit, read_at=at if is_read else None, ack_at=at if place < acked else None
            )


def _contingents(now: int) -> Iterator[ContingentLine]:
    for place, (origin, number, asked, given, tasks) in enumerate(LENT):
        first = now - (5 - place) * DAY
        times = {"requested": first, "approved": first + 9 * HOUR, "sent": first + DAY, "arrived": first + 2 * DAY}
        short = asked - given
        yield ContingentLine(
            name=contingent_of(origin), origin=origin, number=number, unit=POLRES, reached="tasked", requested=asked,
            approved=given, sent=given, arrived=given, released=None, strength=given, tasked=sum(tasks), unmet=short,
            until=now + 3 * DAY, first_at=first, last_at=first + 2 * DAY + HOUR,
            times={**times, "tasked": first + 2 * DAY + HOUR},
            steps=[
                {"eid": eid_of(100 + place), "at": at, "step": step, "n": asked if step == "requested" else given,
                 "number": number, "from": origin, "to": POLRES, "task": "", "why": ""}
                for step, at in times.items()
            ],
            shortfalls=[["requested", "approved", short, "cadangan Polda terbatas"]] if short else [],
            oddities=["over strength"] if sum(tasks) > given else [],
        )  # fmt: skip
    yield ContingentLine(
        name="bko-linmas", origin="polda-53", number="", unit=POLRES, reached="requested", requested=60, approved=None,
        sent=None, arrived=None, released=None, strength=0, tasked=0, unmet=0, until=None, first_at=now - 2 * DAY,
        last_at=now - 2 * DAY, times={"requested": now - 2 * DAY}, steps=[], shortfalls=[], oddities=[],
    )  # fmt: skip


def _tasks(now: int) -> Iterator[ContingentTaskLine]:
    for origin, _number, _asked, _given, tasks in LENT:
        for task, to, count in zip(("escort", "hot-area", "reserve"), ("", KECAMATAN[4], ""), tasks, strict=True):
            if count:
                yield ContingentTaskLine(contingent=contingent_of(origin), task=task, to=to, count=count, at=now - DAY)


def _log(now: int) -> Iterator[CommandLogLine]:
    said = (
        ("message", "", "Jalur Kefamenanu - Eban ditutup longsor, konvoi lewat Oelolok"),
        ("check", f"polsek-{KECAMATAN[0]}", "jelas"),
        ("check", f"polsek-{KECAMATAN[1]}", "putus-putus: radio kanal 3"),
        ("check", f"polsek-{KECAMATAN[2]}", "tidak terjawab"),
        ("call", f"{KECAMATAN[4]}1001", "kades: tersambung"),
        ("call", f"{KECAMATAN[4]}1001", "babinsa: tidak diangkat"),
        ("message", eid_of(0), f"polsek-{KECAMATAN[4]} membaca perintah ini di posko"),
    )
    for place, (kind, about, note) in enumerate(said):
        yield CommandLogLine(
            eid=digest(note.encode()), at=now - 1_200 * (place + 1), kind=kind, mode="", about=about, note=note,
            unit="", role="admin",
        )  # fmt: skip


def _contacts(now: int) -> Iterator[ContactRow]:
    names = ("Maria Goreti Neno", "Yohanes Bria", "Anton Seran", "Theresia Kolo")
    for village in ("1001", "1002", "1003"):
        for kind, name in zip(("kades", "bhabinkamtibmas", "babinsa", "pkd"), names, strict=True):
            if (village, kind) != ("1003", "pkd"):
                yield ContactRow(
                    area=f"{KECAMATAN[4]}{village}", kind=kind, name=name, phone="+6281234567890",
                    unit=f"polsek-{KECAMATAN[4]}", changed_at=now,
                )  # fmt: skip
