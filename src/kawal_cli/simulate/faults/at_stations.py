"""Faults between the station and the village: burned, unsealed, short, one-sided, on paper, in wrong hands."""

from collections.abc import Callable

from kawal_cli.simulate.acts import hand_over, make_offer, report_incident, report_state, seal
from kawal_cli.simulate.faults.allotment import Allotment, Fault, Spot, ids, numbered
from kawal_cli.simulate.seals import Seals
from kawal_cli.simulate.stage import Members, Scene, Stage

PAPER_EVERY, PAPER_ROUND_S = 120, 300
Scenes = Callable[[], Scene]


def _burned(allot: Allotment) -> bool:
    spots = allot.neighbours("f01-burned-boxes", 2) or allot.neighbours("f01-burned-boxes", 1)
    for spot in spots:
        allot.stage.twist("bring", spot.station.code, _burn(allot, spot))
    return bool(spots)


def _burn(allot: Allotment, spot: Spot) -> Callable[[Stage, Scenes], Scene]:
    def burn(stage: Stage, _: Scenes) -> Scene:
        kpps, escort = allot.story.kpps(spot.station), allot.story.village_crew(spot.village.code).escort
        burned_at = stage.now
        yield stage.now + 1200
        report_incident(stage, escort, "pembakaran", "external", spot.station.place)
        for box in spot.boxes:
            report_state(stage, kpps, box, "destroyed", spot.station.place)
        allot.truth.add(
            "f01-burned-boxes",
            "custody.missing",
            ids(spot.boxes),
            since=burned_at,
            until=None,
            holder=kpps.unit,
            says="Burned on the way from the station; the KPPS reported them destroyed.",
        )

    return burn


def _unsealed_arrival(allot: Allotment) -> bool:
    spot = allot.station("f20-arrived-unsealed", numbered)
    if spot is None:
        return False
    story = allot.story

    def arrive_unsealed(stage: Stage, _: Scenes) -> Scene:
        kpps, pps = story.kpps(spot.station), story.village_crew(spot.village.code).pps
        box, begun = spot.boxes[0], stage.now
        box.seals = Seals()
        diff = [[box.id, "seal", []]]
        handed = yield from hand_over(stage, kpps, pps, spot.boxes, spot.village.place, answer="diff", diff=diff)
        story.received.setdefault(spot.village.code, []).append(handed.accept)
        spot.village.store.extend(spot.boxes)
        yield stage.now + 900
        seal(stage, pps, box, spot.village.place, numbered=True, why="tiba tanpa segel")
        allot.truth.add(
            "f20-arrived-unsealed",
            "custody.seal-mismatch",
            box.id,
            since=begun,
            until=stage.now,
            holder=kpps.unit,
            says="Came to the PPS without any seal; taken over with the exception noted, then sealed.",
        )

    allot.stage.twist("bring", spot.station.code, arrive_unsealed)
    return True


def _seal_mismatch(allot: Allotment) -> bool:
    spot = allot.station("seal-mismatch", numbered)
    if spot is None:
        return False
    story = allot.story

    def read_other_numbers(stage: Stage, _: Scenes) -> Scene:
        kpps, pps = story.kpps(spot.station), story.village_crew(spot.village.code).pps
        box, begun = spot.boxes[0], stage.now
        really = stage.stock.take(numbered=True)
        diff = [[box.id, "seal", really.serials]]
        handed = yield from hand_over(stage, kpps, pps, spot.boxes, spot.village.place, answer="diff", diff=diff)
        story.received.setdefault(spot.village.code, []).append(handed.accept)
        spot.village.store.extend(spot.boxes)
        yield stage.now + 600
        seal(stage, pps, box, spot.village.place, numbered=True, why="nomor segel tidak sama dengan catatan KPPS")
        allot.truth.add(
            "seal-mismatch",
            "custody.seal-mismatch",
            box.id,
            since=begun,
            until=stage.now,
            holder=kpps.unit,
            says="The seals read at the PPS are not those the KPPS recorded.",
        )

    allot.stage.twist("bring", spot.station.code, read_other_numbers)
    return True


def _short_receipt(allot: Allotment) -> bool:
    spot = allot.station("short-receipt")
    if spot is None:
        return False
    story = allot.story

    def receive_short(stage: Stage, _: Scenes) -> Scene:
        kpps, pps = story.kpps(spot.station), story.village_crew(spot.village.code).pps
        absent, begun, place = spot.boxes[-1], stage.now, spot.village.place
        diff = [[absent.id, "missing"]]
        first = yield from hand_over(stage, kpps, pps, spot.boxes, place, answer="diff", diff=diff)
        yield stage.now + 70 * 60
        second = yield from hand_over(stage, kpps, pps, [absent], place)
        story.received.setdefault(spot.village.code, []).extend((first.accept, second.accept))
        spot.village.store.extend(spot.boxes)
        allot.truth.add(
            "short-receipt",
            "custody.count",
            absent.id,
            since=begun,
            until=stage.now,
            holder=kpps.unit,
            says="Offered and not there: the box had stayed at the station and came an hour later.",
        )

    allot.stage.twist("bring", spot.station.code, receive_short)
    return True


def _one_sided(allot: Allotment) -> bool:
    spot = allot.station("one-sided")
    if spot is None:
        return False
    story = allot.story

    def never_accept(stage: Stage, _: Scenes) -> Scene:
        kpps, pps = story.kpps(spot.station), story.village_crew(spot.village.code).pps
        make_offer(stage, kpps, pps, spot.boxes, spot.village.place)
        spot.village.store.extend(spot.boxes)
        allot.truth.add(
            "one-sided",
            "custody.one-sided",
            ids(spot.boxes),
            since=stage.now,
            until=None,
            holder=kpps.unit,
            also=("custody.gap",),
            says="The KPPS offered, the PPS never signed, and the boxes were left there all the same.",
        )
        yield stage.now + 60

    allot.stage.twist("bring", spot.station.code, never_accept)
    return True


def _guard_holds(allot: Allotment) -> bool:
    spot = allot.station("guard-as-holder")
    if spot is None:
        return False
    story = allot.story

    def give_to_escort(stage: Stage, scene: Scenes) -> Scene:
        kpps, escort = story.kpps(spot.station), story.village_crew(spot.village.code).escort
        begun = stage.now
        yield from hand_over(stage, kpps, escort, spot.boxes, spot.village.place)
        allot.truth.add(
            "guard-as-holder",
            "custody.wrong-roles",
            ids(spot.boxes),
            since=begun,
            until=stage.now,
            holder=kpps.unit,
            says="The escort's phone accepted the boxes as if the police could hold them.",
        )
        yield stage.now + 1500
        yield from scene()

    allot.stage.twist("bring", spot.station.code, give_to_escort)
    return True


def _same_person(allot: Allotment) -> bool:
    spot = allot.station("same-person")
    if spot is None:
        return False
    story = allot.story
    kpps = story.kpps(spot.station)
    kpps.who = story.village_crew(spot.village.code).pps.who

    def both_ends(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        allot.truth.add(
            "same-person",
            "custody.same-person",
            ids(spot.boxes),
            since=story.hour(spot.village.place, -1, 7),
            until=stage.now,
            holder=kpps.unit,
            says="The phones of KPPS and PPS belong to one person, who gave the boxes to themselves, out and back.",
        )

    allot.stage.twist("bring", spot.station.code, both_ends)
    return True


def _paper(allot: Allotment) -> bool:
    many = max(1, allot.story.world.station_count // PAPER_EVERY)
    found = False
    for number in range(many):
        spot = allot.station(f"paper-fallback-{number}")
        if spot is not None:
            allot.stage.twist("bring", spot.station.code, _on_paper(allot, spot))
            found = True
    return found


def _on_paper(allot: Allotment, spot: Spot) -> Callable[[Stage, Scenes], Scene]:
    def on_paper(stage: Stage, _: Scenes) -> Scene:
        kpps, crew = allot.story.kpps(spot.station), allot.story.village_crew(spot.village.code)
        passed, place = stage.now, spot.village.place
        spot.village.store.extend(spot.boxes)
        yield stage.now + 40 * 60
        written = passed // PAPER_ROUND_S * PAPER_ROUND_S
        items = [[box.id, []] for box in spot.boxes]
        page: Members = {"from": kpps.unit, "to": crew.pps.unit, "at": written, "items": items, "n": len(items)}
        eid = stage.sign(crew.pps, "custody.paper", place=place, doc=f"BA-{spot.station.code}", **page)
        allot.story.received.setdefault(spot.village.code, []).append(eid)
        allot.truth.add(
            "paper-fallback",
            None,
            ids(spot.boxes),
            since=passed,
            until=stage.now,
            holder=crew.pps.unit,
            says="Handed over on paper, entered by the PPS forty minutes later, attested: weaker, not wrong.",
        )

    return on_paper


FAULTS: dict[str, Fault] = {
    "f01-burned-boxes": Fault("boxes of stations of one village burned on the evening of the vote", _burned),
    "f20-arrived-unsealed": Fault("a box comes to the PPS without seals and is taken over so", _unsealed_arrival),
    "seal-mismatch": Fault("the seal numbers read at receipt are not those recorded", _seal_mismatch),
    "short-receipt": Fault("one box less than offered; it comes an hour later", _short_receipt),
    "one-sided": Fault("an offer that nobody ever answers", _one_sided),
    "guard-as-holder": Fault("an escort accepts boxes as if the police could hold them", _guard_holds),
    "same-person": Fault("giver and receiver are two phones of one person", _same_person),
    "paper-fallback": Fault("a hand-over in wet ink only (no finding: weaker, not wrong)", _paper),
}
