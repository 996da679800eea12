"""The kerawanan, the contacts and the needs of the demonstration: invented, marked DEMO, and with the sources it cites.

The class of a kecamatan is the one that the simulator drew, so that pages and the strength of posts say the same.
"""

from datetime import date
from typing import TYPE_CHECKING

from kawal.risk.classes import CLASSES, RiskClass
from kawal_cli.lay_out_command import MARK, invented_name
from kawal_cli.simulate.placing import risk_of

if TYPE_CHECKING:
    from kawal.election.regions import Region
    from kawal_server.store.models import BkoNeed, ContactRow, Operation, RiskEntry

SOURCE = "DEMO: kelas rekaan untuk peragaan, bukan penilaian siapa pun"
BY = "demo"
SEEN_ON = date(2024, 11, 4)
PATTERNS: tuple[tuple[RiskClass, int, int, int, str], ...] = (
    # Kept as named numbers: the press writes bare triples whose order differs (docs/glossary.md).
    ("less", 2, 8, 16, "Pola Pagar Alam 2024: kurang rawan, 2 Polri untuk 8 TPS dengan 16 Linmas (DEMO)"),
    ("prone", 2, 2, 4, "Pola Pagar Alam 2024: rawan, 2 Polri untuk 2 TPS dengan 4 Linmas (DEMO)"),
    ("high", 2, 1, 2, "Pola Pagar Alam 2024: sangat rawan, 2 Polri untuk 1 TPS dengan 2 Linmas (DEMO)"),
    ("special", 2, 1, 2, "Pola nasional 2020: khusus, 2 Polri untuk 1 TPS dengan 2 Linmas (DEMO)"),
)
CONTACT_KINDS = ("kades", "bhabinkamtibmas", "babinsa", "pkd")
WITH_CONTACTS = 3
"""So many kecamatan have contacts; those of the others are left to be filled."""
NEED_DAYS = 4
DAY_S = 86_400


def lay_out_risk(operation: "Operation", *, seed: int, now: int) -> None:
    """Give a demonstration its register, contacts and needs, in the place of earlier ones. now: UNIX seconds."""
    from django.db import transaction

    from kawal_machine.regions import official_codes
    from kawal_server.store.models import BkoNeed, Closeness, ContactRow, ForcePattern, RiskEntry

    regency = operation.area.replace(".", "").split(",")[0][:4]
    districts = [one for one in official_codes().children(regency) if len(one.code) == 6]
    with transaction.atomic():
        for table in (RiskEntry, ForcePattern, Closeness, ContactRow, BkoNeed):
            table.objects.all().delete()
        RiskEntry.objects.bulk_create(_entry(one.code, risk_of(seed, one.code), now) for one in districts)
        ForcePattern.objects.bulk_create(
            ForcePattern(risk=risk, polri=polri, stations=stations, linmas=linmas, source=source, by=BY, at=now)
            for risk, polri, stations, linmas, source in PATTERNS
        )
        Closeness.objects.create(
            race=f"BUP-{regency}",
            step="sedang",
            source="DEMO: kelas rekaan, tanpa sumber nyata",
            on=SEEN_ON,
            by=BY,
            at=now,
        )
        ContactRow.objects.bulk_create(
            _contact(kind, village, now)
            for one in districts[:WITH_CONTACTS]
            for village in official_codes().children(one.code)
            for kind in CONTACT_KINDS
        )
        BkoNeed.objects.bulk_create(_needs(districts, seed, now))


def _entry(district: str, risk: RiskClass, now: int) -> "RiskEntry":
    from kawal_server.store.models import RiskEntry

    return RiskEntry(
        place=district,
        level="district",
        unit=f"polsek-{district}",
        instrument="local",
        stage="rekap-kec",
        on=SEEN_ON,
        source=SOURCE,
        kind="class",
        value=risk,
        confidentiality="internal",
        replaces=None,
        by=BY,
        at=now,
    )


def _contact(kind: str, village: "Region", now: int) -> "ContactRow":
    from kawal_server.store.models import ContactRow

    name = invented_name(f"{kind}|{village.code}")
    # No number of Indonesia begins with four zeros: nobody's phone rings.
    phone = f"0000{village.code[4:]}{CONTACT_KINDS.index(kind)}"
    return ContactRow(
        area=village.code, kind=kind, name=name, phone=phone, unit=f"polsek-{village.code[:6]}", changed_at=now
    )


def _needs(districts: "list[Region]", seed: int, now: int) -> "list[BkoNeed]":
    """Ten more for each of the three gravest kecamatan, not asked for yet."""
    from kawal_server.store.models import BkoNeed

    gravest = sorted(districts, key=lambda one: (-CLASSES.index(risk_of(seed, one.code)), one.code))[:3]
    return [
        BkoNeed(
            unit=f"polsek-{one.code}",
            starts=now,
            ends=now + NEED_DAYS * DAY_S,
            count=10,
            area=one.code,
            reason=f"Penebalan pos PPK {one.name} {MARK}",
            source=SOURCE,
            made_at=now,
        )
        for one in gravest
    ]
