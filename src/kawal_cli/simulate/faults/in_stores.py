"""Faults where boxes are stored: torn before use, burned, moved without forms, flooded, carried off, opened."""

from collections.abc import Callable

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.acts import attest, count, hand_over, open_box, report_incident, report_state, seal
from kawal_cli.simulate.days import day_of
from kawal_cli.simulate.duty import tell
from kawal_cli.simulate.faults.allotment import Allotment, Fault, Spot, ids, numbered
from kawal_cli.simulate.outbound import leaving_at
from kawal_cli.simulate.seals import Seals
from kawal_cli.simulate.stage import Members, Scene, Stage
from kawal_cli.simulate.story import convoy_out
from kawal_cli.simulate.world import Box, Place

Scenes = Callable[[], Scene]
TORN, BURNED, WET, CARRIED_OFF = 4, 3, 2, 2
"""How many stations' boxes each of these takes."""


def _boxes(spots: list[Spot]) -> list[Box]:
    return [box for spot in spots for box in spot.boxes]


def _is_eve(stage: Stage, spot: Spot) -> bool:
    """Whether this is the evening before the plenos of the kecamatan."""
    return day_of(spot.district.place.zone, stage.now) == spot.district.session_day - 1


def _torn(allot: Allotment) -> bool:
    spot = allot.district("f03-torn-before-use", "distribute", numbered, needs_station=True)
    torn = _boxes(allot.stations_of(spot, TORN)) if spot else []
    if spot is None or not torn:
        return False
    story, district = allot.story, spot.district

    def take_torn(stage: Stage, _: Scenes) -> Scene:
        crew, place, begun = story.district_crew(district.code), district.place, stage.now
        diff = []
        for box in torn:
            box.seals = Seals(box.seals.ties[1:], ())
            diff.append([box.id, "seal", box.seals.serials])
        offered = district.boxes
        handed = yield from hand_over(stage, crew.officer, crew.ppk[0], offered, place, answer="diff", diff=diff)
        yield stage.now + 240
        attest(stage, (crew.escort, crew.supervisor), [handed.accept])
        district.store.extend(offered)
        for box in torn:
            yield stage.now + 90
            report_state(stage, crew.ppk[0], box, "damaged", district.place)
            seal(stage, crew.ppk[0], box, place, numbered=True, why="diganti setelah sobek di jalan")
        allot.truth.add(
            "f03-torn-before-use",
            "custody.seal-mismatch",
            ids(torn),
            since=begun,
            until=stage.now,
            holder=crew.officer.unit,
            says="Torn open on a rumour before the vote: they reached the PPK without all their seals.",
        )

    def leave_convoy() -> Scene:
        escort, convoy = story.district_crew(district.code).escort, convoy_out(district)
        vehicle = f"{convoy}-truk1"
        stage = allot.stage
        members: Members = {"convoy": convoy, "vehicle": vehicle, "to": f"{convoy}-sendiri", "why": "tidak diketahui"}
        stage.sign(escort, "convoy.split", log=PENGAMANAN, **members)
        allot.truth.add(
            "f03-torn-before-use",
            None,
            vehicle,
            since=stage.now,
            until=None,
            log=PENGAMANAN,
            part="convoy",
            later="convoy.separated",
            says="The vehicle with the PPK's chair left its convoy.",
        )
        yield from ()

    allot.stage.twist("take-out", district.code, take_torn)
    allot.stage.start(leave_convoy(), leaving_at(story, district) + 600)
    return True


def _fire(allot: Allotment) -> bool:
    spot = allot.district("f06-store-fire", "dusk", needs_station=True)
    burned = _boxes(allot.stations_of(spot, BURNED)) if spot else []
    if spot is None or not burned:
        return False
    story, district = allot.story, spot.district

    def burn(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        lost = [box for box in burned if box in district.store]
        if not _is_eve(stage, spot) or not lost:
            return
        crew, place = story.district_crew(district.code), district.place
        yield story.hour(place, district.session_day, 1)
        begun = stage.now
        gone = set(lost)
        district.store = [box for box in district.store if box not in gone]
        report_incident(stage, crew.escort, "kebakaran", "internal", place)
        yield story.hour(place, district.session_day, 7)
        count(stage, crew.ppk[0], district.store, place)
        yield stage.now + 1200
        for box in lost:
            report_state(stage, crew.ppk[0], box, "destroyed")
        allot.truth.add(
            "f06-store-fire",
            "custody.count",
            ids(lost),
            since=begun,
            until=None,
            holder=crew.ppk[0].unit,
            also=("custody.missing",),
            says="Burned in the PPK's store at one in the night; the count at seven lists the survivors.",
        )

    allot.stage.twist("dusk", district.code, burn)
    return True


def _yard(allot: Allotment) -> bool:
    spot = allot.district("f07-moved-without-forms", "dusk")
    if spot is None:
        return False
    story, district = allot.story, spot.district
    yard = _near(allot, spot, "halaman")

    def move_out(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        boxes = list(district.store)
        if not _is_eve(stage, spot) or not boxes:
            return
        crew = story.district_crew(district.code)
        yield story.hour(yard, district.session_day, 2)
        begun = stage.now
        yield stage.now + 1200
        count(stage, crew.escort, boxes, yard)
        yield stage.now + 7200
        taken = count(stage, crew.ppk[0], boxes, yard)
        yield stage.now + 600
        attest(stage, (crew.supervisor,), [taken])
        allot.truth.add(
            "f07-moved-without-forms",
            "custody.gap",
            ids(boxes),
            since=begun,
            until=stage.now,
            holder=crew.ppk[0].unit,
            says="A fire next door: guards carried all boxes into the yard without a form; counted there by the PPK.",
        )
        yield story.hour(yard, district.session_day, 6.5)
        count(stage, crew.ppk[0], boxes, district.place)
        yield stage.now + 900

    allot.stage.twist("dusk", district.code, move_out)
    return True


def _near(allot: Allotment, spot: Spot, name: str) -> Place:
    point = spot.district.place.point.near(allot.dice(name), least=0.002, most=0.004)
    place = Place(f"{name}-{spot.district.code}", "other", spot.district.code, point, 100, spot.district.place.zone)
    allot.story.world.elsewhere.append(place)
    return place


def _flood(allot: Allotment) -> bool:
    spot = allot.district("f08-flooded-store", "dusk", needs_station=True)
    wet = _boxes(allot.stations_of(spot, WET)) if spot else []
    if spot is None or not wet:
        return False
    story, district = allot.story, spot.district
    dry = _near(allot, spot, "balai")

    def flood(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        boxes = [box for box in wet if box in district.store]
        if not _is_eve(stage, spot) or not boxes:
            return
        crew, everything = story.district_crew(district.code), list(district.store)
        yield story.hour(dry, district.session_day, 3)
        begun = stage.now
        for box in boxes:
            report_state(stage, crew.ppk[0], box, "damaged", district.place)
        moved: Members = {"boxes": ids(boxes), "from": district.place.site, "to": dry.site, "why": "banjir"}
        stage.sign(crew.escort, "custody.move", **moved)
        yield stage.now + 1500
        count(stage, crew.ppk[0], boxes, dry)
        yield story.hour(dry, district.session_day, 7)
        count(stage, crew.ppk[0], everything, district.place)
        yield stage.now + 900
        allot.truth.add(
            "f08-flooded-store",
            None,
            ids(boxes),
            since=begun,
            until=stage.now,
            holder=crew.ppk[0].unit,
            says="Wet boxes reported damaged, moved by an emergency move to a dry hall and counted: nothing uncertain.",
        )

    allot.stage.twist("dusk", district.code, flood)
    return True


def _forged_authority(allot: Allotment) -> bool:
    spot = allot.station("f09-forged-authority")
    if spot is None:
        return False
    spots = [spot, *allot.stations_of(spot, CARRIED_OFF - 1)]
    story, regency, wanted = allot.story, spot.regency, _boxes(spots)
    done: list[int] = []

    def carry_off(stage: Stage, scene: Scenes) -> Scene:
        taken = [box for box in wanted if box in regency.store]
        crew = story.regency_crew(regency.code)
        if done or not spot.district.is_delivered or not taken:
            yield from scene()
            return
        done.append(stage.now)
        begun = stage.now
        post = story.post_at(regency.warehouse)
        tell(story, post, "visitor", dir="in", why="lelang", doc="surat palsu")
        yield stage.now + 1800
        gone = set(taken)
        regency.store = [box for box in regency.store if box not in gone]
        yield from scene()
        yield stage.now + 2400
        for box in taken:
            report_state(stage, crew.sealers[0], box, "lost")
        allot.truth.add(
            "f09-forged-authority",
            "custody.count",
            ids(taken),
            since=begun,
            until=None,
            holder=crew.sealers[0].unit,
            says="Carried out of the warehouse on forged papers; that evening's count missed them.",
        )

    allot.stage.twist("stock", regency.code, carry_off)
    return True


def _court_evidence(allot: Allotment) -> bool:
    spot = allot.station("f17-evidence-unnoticed")
    if spot is None:
        return False
    story, regency = allot.story, spot.regency

    def open_for_court(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        kpu, place = story.regency_crew(regency.code).sealers[0], regency.warehouse
        yield stage.now + 1800
        begun = stage.now
        present, doc = ("kpu", "supervisor", "guard"), "DEMO/PY.01.1-SD/07/2024"
        for box in spot.boxes:
            open_box(stage, kpu, box, place, why="evidence", present=present, doc=doc)
            yield stage.now + 900
            seal(stage, kpu, box, place, numbered=spot.district.numbered, why="bukti diambil")
        allot.truth.add(
            "f17-evidence-unnoticed",
            "custody.opened",
            ids(spot.boxes),
            since=begun,
            until=stage.now,
            holder=kpu.unit,
            says="KPU opened boxes for evidence before Bawaslu and police, but no party was told.",
        )

    allot.stage.twist("final", regency.code, open_for_court)
    return True


FAULTS: dict[str, Fault] = {
    "f03-torn-before-use": Fault("boxes torn open on the way out; a vehicle leaves its convoy", _torn),
    "f06-store-fire": Fault("part of a PPK's store burns before its pleno", _fire),
    "f07-moved-without-forms": Fault("guards carry all boxes of a PPK into the yard without a form", _yard),
    "f08-flooded-store": Fault("wet boxes reported and moved as the rules say (no finding)", _flood),
    "f09-forged-authority": Fault("boxes carried out of the warehouse on forged papers", _forged_authority),
    "f17-evidence-unnoticed": Fault("boxes opened for court evidence and no party told", _court_evidence),
}
