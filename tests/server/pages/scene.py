"""A small board made by hand: twenty-four kecamatan, and in them one box of every look in every place."""

from collections.abc import Iterator

from kawal_server import clock
from kawal_server.store.models import (
    BoxLine,
    ClockRow,
    DistrictLine,
    FindingLine,
    ItemLine,
    Judged,
    Operation,
    SiteLine,
)

NOW = 1_732_958_340  # Saturday 30 November 2024, 17.19 WITA
REGENCY = "5303"
KECAMATAN = [f"{REGENCY}{number:02d}" for number in range(1, 25)]
STATES = ("selesai",) * 19 + ("berlangsung", "berlangsung", "diskors", "berlangsung", "belum")
PLACES = ("kpps", "pps", "jalan", "ppk", "kpu")
LOOKS = ("aman", "perhatian", "bahaya", "tidak diketahui")
MADE = (BoxLine, DistrictLine, FindingLine, ItemLine, Judged, Operation, SiteLine, ClockRow)


def fill(*, now: int = NOW, is_demo: bool = True) -> None:
    """Draw the board."""
    clear()
    clock.set_to(now, speed=60, is_paused=True)
    if not is_demo:
        ClockRow.objects.all().delete()
    Judged.objects.create(pk=1, version=7, now=now - 60, kotak_size=12, zone="Asia/Makassar")
    Operation.objects.create(
        pk=1, name="Operasi Mantap Praja 2024", area=REGENCY, zone="Asia/Makassar", is_demo=is_demo, opened_at=now
    )
    BoxLine.objects.bulk_create(_boxes(now))
    DistrictLine.objects.bulk_create(_districts())
    SiteLine.objects.bulk_create(_sites())
    ItemLine.objects.bulk_create(_items(now))


def clear() -> None:
    """Wipe it off."""
    for model in MADE:
        model.objects.all().delete()


def box_id(place: int, number: int) -> str:
    return f"BUP-{KECAMATAN[place]}2001{number:03d}"


def _boxes(now: int) -> Iterator[BoxLine]:
    for place, district in enumerate(KECAMATAN):
        for number in range(1, 5):
            look = _look(place, number)
            stage = PLACES[(place + number) % 5]
            yield BoxLine(
                box=box_id(place, number),
                code=f"{place:04d}{number:04d}",
                election="BUP",
                district=district,
                village=f"{district}2001",
                station=f"{district}2001{number:03d}",
                is_expected=True,
                place="tidak diketahui" if look == "tidak diketahui" else stage,
                site=f"ppk-{district}",
                holder=f"ppk-{district}",
                grade="dua ponsel",
                seals="S0001, T0001",
                seen_at=now - 600 * number,
                look=look,
                why=[] if look == "aman" else ["custody.gap"],
            )


def _look(place: int, number: int) -> str:
    """Most are safe; the third kecamatan has one in danger, the fifth one unknown, the seventh one doubtful."""
    if number != 1:
        return "aman"
    return {2: "bahaya", 4: "tidak diketahui", 6: "perhatian"}.get(place, "aman")


def _districts() -> Iterator[DistrictLine]:
    for place, district in enumerate(KECAMATAN):
        looks = [_look(place, number) for number in range(1, 5)]
        yield DistrictLine(
            code=district,
            boxes=4,
            places={"ppk": 4},
            looks={look: looks.count(look) for look in set(looks)},
            look=next(look for look in ("bahaya", "tidak diketahui", "perhatian", "aman") if look in looks),
            lat_e6=-9_200_000 - 110_000 * (place // 6),
            lon_e6=124_300_000 + 95_000 * (place % 6) + 40_000 * (place // 6 % 2),
            pleno=STATES[place],
            stations=12,
            stations_done=12 if STATES[place] == "selesai" else 5 if STATES[place] != "belum" else 0,
        )


def _sites() -> Iterator[SiteLine]:
    for place, district in enumerate(KECAMATAN):
        look = next(look for look in ("bahaya", "tidak diketahui", "perhatian", "aman") if look == _look(place, 1))
        lat, lon = -9_200_000 - 110_000 * (place // 6), 124_300_000 + 95_000 * (place % 6) + 40_000 * (place // 6 % 2)
        for kind, aside in (("ppk", 0), ("pps", 21_000)):
            yield SiteLine(
                site=f"{kind}-{district}" if kind == "ppk" else f"{kind}-{district}2001",
                kind=kind,
                area=district,
                lat_e6=lat + aside,
                lon_e6=lon + aside,
                zone="Asia/Makassar",
                boxes=2,
                look=look,
            )


def _items(now: int) -> Iterator[ItemLine]:
    causes = (
        ("custody.seal-mismatch", "alarm", [box_id(2, 1)], True),
        ("custody.missing", "alarm", [box_id(4, 1)], True),
        ("custody.one-sided", "warn", [box_id(6, 1)], True),
        ("custody.gap", "alarm", [box_id(2, 1), box_id(2, 2)], False),
        ("ledger.fork", "alarm", ["k" * 43], True),
        ("ledger.late", "warn", ["d" * 43], True),
        ("custody.overdue", "warn", [box_id(7, 1)], True),
    )
    for order, (code, severity, subjects, lasts) in enumerate(causes):
        yield ItemLine(
            order=order,
            cause=f"uji:{order}",
            severity=severity,
            codes=[code],
            subjects=subjects,
            count=len(subjects),
            since=now - 900 * (order + 1),
            lasts=lasts,
            says_id=f"Kotak {subjects[0]}: terbaca lain daripada tercatat. Periksa bersama Panwas.",
            says_en=f"Box {subjects[0]}: read otherwise than recorded. Examine it with the supervisor.",
        )
