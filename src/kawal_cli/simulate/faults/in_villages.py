"""Faults at the village and on its way up: seized, reopened, cut, swapped, forgotten, seen elsewhere, unknown."""

from collections.abc import Callable
from functools import partial

from kawal_cli.simulate.acts import attest, check, hand_over, open_box, report_incident, report_state, seal
from kawal_cli.simulate.faults.allotment import Allotment, Fault, Spot, ids, numbered
from kawal_cli.simulate.geography import Point
from kawal_cli.simulate.pleno import recap
from kawal_cli.simulate.return_legs import carry_up, received
from kawal_cli.simulate.seals import Seals
from kawal_cli.simulate.sessions import Session
from kawal_cli.simulate.stage import Scene, Stage
from kawal_cli.simulate.world import Box, Place

Scenes = Callable[[], Scene]
FAR_DEGREES = 1.5
NEVER_A_STATION = 987


def _seized(allot: Allotment) -> bool:
    spot = allot.village("f02-seized-boxes")
    if spot is None:
        return False

    def seize(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        yield stage.now + 3600
        escort = allot.story.village_crew(spot.village.code).escort
        gone, begun = spot.village.store, stage.now
        spot.village.store = []
        yield stage.now + 1800
        report_incident(stage, escort, "perampasan", "external", spot.village.place)
        for box in gone:
            report_state(stage, escort, box, "seized", spot.village.place)
        allot.truth.add(
            "f02-seized-boxes",
            "custody.missing",
            ids(gone),
            since=begun,
            until=None,
            holder=f"pps-{spot.village.code}",
            says="An armed crowd took every box of the village; the escort reported them seized.",
        )

    allot.stage.twist("evening", spot.village.code, seize)
    return True


def _reopened(allot: Allotment) -> bool:
    spot = allot.station("f04-reopened-for-photo")
    if spot is None:
        return False

    def reopen(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        pps, place = allot.story.village_crew(spot.village.code).pps, spot.village.place
        yield stage.now + 1800
        begun = stage.now
        for box in spot.boxes:
            open_box(stage, pps, box, place, why="foto ulang C.Hasil", present=("pps", "kpps"))
            yield stage.now + 600
            seal(stage, pps, box, place, numbered=spot.district.numbered, why="setelah foto ulang")
            yield stage.now + 60
        allot.truth.add(
            "f04-reopened-for-photo",
            "custody.opened",
            ids(spot.boxes),
            since=begun,
            until=stage.now,
            holder=pps.unit,
            says="Sealed boxes were opened again at the village to take a photo of the form.",
        )

    allot.stage.twist("evening", spot.village.code, reopen)
    return True


def _cut_in_store(allot: Allotment) -> bool:
    spot = allot.station("f05-cut-seals")
    if spot is None:
        return False
    story = allot.story

    def cut(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        crew, place = story.village_crew(spot.village.code), spot.village.place
        witness = story.district_crew(spot.district.code).witness
        begun = stage.now
        for box in spot.boxes:
            box.seals = _without_one_tie(box)
        yield stage.now + 7200
        for box in spot.boxes:
            check(stage, witness, box, place, is_ok=False)
            yield stage.now + 120
            check(stage, crew.supervisor, box, place, is_ok=False)
        yield stage.now + 900
        for box in spot.boxes:
            seal(stage, crew.pps, box, place, numbered=spot.district.numbered, why="disegel kembali di depan pengawas")
        allot.truth.add(
            "f05-cut-seals",
            "custody.seal-mismatch",
            ids(spot.boxes),
            since=begun,
            until=stage.now,
            holder=crew.pps.unit,
            says="Officers cut a tie of boxes in store to copy forms; a saksi saw it, not a guard.",
        )

    allot.stage.twist("evening", spot.village.code, cut)
    return True


def _without_one_tie(box: Box) -> Seals:
    seals = box.seals
    ties = max(0, seals.unnumbered_ties - 1)
    return Seals(seals.ties[1:], seals.stickers, ties, seals.unnumbered_stickers)


def _swapped(allot: Allotment) -> bool:
    spots = allot.neighbours("swapped-boxes", 2, numbered)
    if not spots:
        return False
    spot, story = spots[0], allot.story
    pair = [one.boxes[0] for one in spots]

    def swap(stage: Stage, scene: Scenes) -> Scene:
        crew, above = story.village_crew(spot.village.code), story.district_crew(spot.district.code)
        boxes, place, begun = list(spot.village.store), spot.district.place, stage.now
        if not set(pair) <= set(boxes):
            yield from scene()
            return
        diff = [[one.id, "seal", other.seals.serials] for one, other in (pair, pair[::-1])]
        handed = yield from hand_over(stage, crew.pps, above.ppk[0], boxes, place, answer="diff", diff=diff)
        yield stage.now + 300
        attest(stage, (crew.escort, above.supervisor), [handed.accept])
        received(spot.village, spot.district, boxes)
        yield stage.now + 900
        for box in pair:
            check(stage, above.ppk[0], box, place)
        allot.truth.add(
            "swapped-boxes",
            "custody.seal-mismatch",
            ids(pair),
            since=begun,
            until=stage.now,
            holder=crew.pps.unit,
            says="The labels of two stations' boxes were swapped: each bears the other's seals. Put right at the PPK.",
        )

    allot.stage.twist("take-up", spot.village.code, swap)
    return True


def _missing_at_ppk(allot: Allotment) -> bool:
    spot = allot.station("missing-at-ppk")
    if spot is None:
        return False
    story, district, village = allot.story, spot.district, spot.village

    def forget(stage: Stage, _: Scenes) -> Scene:
        left = set(spot.boxes)
        yield from carry_up(story, district, village, [box for box in village.store if box not in left])
        stage.start(_bring_later(allot, spot), story.hour(district.place, district.session_day, 11.5))

    allot.stage.twist("haul", village.code, forget)
    return True


def _bring_later(allot: Allotment, spot: Spot) -> Scene:
    story, district, stage = allot.story, spot.district, allot.stage
    crew, above = story.village_crew(spot.village.code), story.district_crew(district.code)
    handed = yield from hand_over(stage, crew.pps, above.ppk[0], spot.boxes, district.place)
    taken = stage.now
    yield stage.now + 200
    attest(stage, (crew.escort, above.supervisor), [handed.accept])
    received(spot.village, district, spot.boxes)
    allot.truth.add(
        "missing-at-ppk",
        "custody.missing",
        ids(spot.boxes),
        since=story.hour(district.place, district.session_day, 9),
        until=taken,
        holder=crew.pps.unit,
        says="Forgotten at the PPS: not at the PPK when its pleno opened, brought two and a half hours later.",
    )
    for box in spot.boxes:
        session = story.sessions[f"{district.code}/{box.election}"]
        yield from stage.until(partial(_is_settled, session))
        if session.is_open:
            yield from recap(story, session, box)


def _is_settled(session: Session) -> bool:
    return session.is_open or session.election in session.district.closed_at


def _two_places(allot: Allotment) -> bool:
    spot = allot.station("two-places")
    if spot is None:
        return False
    centre = spot.district.place.point
    far = Point(centre.lat, centre.lon + FAR_DEGREES)
    place = Place(f"simpang-{spot.district.code}", "other", spot.regency.code, far, 200, spot.regency.zone)
    allot.story.world.elsewhere.append(place)

    def see_far_away(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        yield stage.now + 600
        escort, box = allot.story.regency_crew(spot.regency.code).escort, spot.boxes[0]
        stage.sign(escort, "custody.check", site=place.site, pos=[*far.e6, 20], box=box.id, seals=[], ok=True)
        allot.truth.add(
            "two-places",
            "custody.two-places",
            box.id,
            since=stage.now,
            until=stage.now,
            holder=f"pps-{spot.village.code}",
            also=("custody.gap",),
            says="A box with this label was scanned some 160 km away, ten minutes after it was counted at its PPS.",
        )

    allot.stage.twist("evening", spot.village.code, see_far_away)
    return True


def _unknown(allot: Allotment) -> bool:
    spot = allot.station("unknown-box")
    if spot is None:
        return False
    box = f"{spot.district.elections[0]}-{spot.village.code}{NEVER_A_STATION}"

    def find(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        yield stage.now + 900
        supervisor = allot.story.village_crew(spot.village.code).supervisor
        stage.sign(supervisor, "custody.check", place=spot.village.place, box=box, seals=[], ok=False)
        allot.truth.add(
            "unknown-box",
            "custody.unknown",
            box,
            since=stage.now,
            until=None,
            says="A box stands at the PPS that is on no list of KPU.",
        )

    allot.stage.twist("evening", spot.village.code, find)
    return True


def _scanned_twice(allot: Allotment) -> bool:
    spot = allot.station("duplicate-scan")
    if spot is None:
        return False

    def scan_twice(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        yield stage.now + 300
        escort, box = allot.story.village_crew(spot.village.code).escort, spot.boxes[0]
        for _ in range(2):
            check(stage, escort, box, spot.village.place)
            yield stage.now + 8
        allot.truth.add(
            "duplicate-scan",
            None,
            box.id,
            since=stage.now - 16,
            until=stage.now,
            holder=f"pps-{spot.village.code}",
            says="One phone scanned one box twice within seconds: two events, one place, nothing wrong.",
        )

    allot.stage.twist("evening", spot.village.code, scan_twice)
    return True


FAULTS: dict[str, Fault] = {
    "f02-seized-boxes": Fault("a crowd takes every box of a village", _seized),
    "f04-reopened-for-photo": Fault("sealed boxes opened at the village to photograph the form again", _reopened),
    "f05-cut-seals": Fault("officers cut ties of boxes in store; a saksi finds it", _cut_in_store),
    "swapped-boxes": Fault("two stations' boxes bear each other's seals at the PPK", _swapped),
    "missing-at-ppk": Fault("boxes forgotten at the PPS when the pleno opens", _missing_at_ppk),
    "two-places": Fault("a copied label is scanned 160 km away", _two_places),
    "unknown-box": Fault("a box that is on no list", _unknown),
    "duplicate-scan": Fault("one box scanned twice by one phone (no finding)", _scanned_twice),
}
