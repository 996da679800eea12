"""Faults of phones in honest hands and in false ones: late, false clocks, a lost event, a copied key."""

from collections.abc import Callable
from dataclasses import replace

from kawal.ledger.log_of import KOTAK
from kawal_cli.simulate.devices import WIRED
from kawal_cli.simulate.faults.allotment import Allotment, Fault, Spot
from kawal_cli.simulate.stage import Members, Scene, Stage

Scenes = Callable[[], Scene]
LATE_S = 18 * 3600
HOUR_S = 3600
LATE_EVERY, CLOCK_EVERY = 150, 200


def _late(allot: Allotment) -> bool:
    many = max(1, allot.story.world.station_count // LATE_EVERY)
    spots = [allot.station(f"late-phone-{number}") for number in range(many)]
    for spot in spots:
        if spot is not None:
            allot.stage.twist("reseal", spot.station.code, _go_silent(allot, spot))
    return any(spots)


def _go_silent(allot: Allotment, spot: Spot) -> Callable[[Stage, Scenes], Scene]:
    def go_silent(stage: Stage, scene: Scenes) -> Scene:
        kpps, begun = allot.story.kpps(spot.station), stage.now
        kpps.is_silent_until = begun + LATE_S + 1800
        yield from scene()
        allot.truth.add(
            "late-phone",
            "ledger.late",
            kpps.kid,
            since=begun,
            until=kpps.is_silent_until,
            holder=kpps.unit,
            says="The KPPS phone found no network for 18 hours; what it signed came whole, and late.",
        )

    return go_silent


def _false_clock(allot: Allotment) -> bool:
    many = max(2, allot.story.world.station_count // CLOCK_EVERY)
    spots = [allot.station(f"wrong-clock-{number}") for number in range(many)]
    for number, spot in enumerate(spots):
        if spot is not None:
            off = HOUR_S if number % 2 == 0 else -HOUR_S
            allot.stage.twist("reseal", spot.station.code, _shift_clock(allot, spot, off))
    return any(spots)


def _shift_clock(allot: Allotment, spot: Spot, off: int) -> Callable[[Stage, Scenes], Scene]:
    def shift(stage: Stage, scene: Scenes) -> Scene:
        kpps, begun = allot.story.kpps(spot.station), stage.now
        kpps.skew_s += off
        kpps.network = WIRED
        if off < 0:
            # Its clock is set back after it last signed; a chain's times never fall, so it had to have slept an hour.
            kpps.chains[KOTAK].ts = min(kpps.chains[KOTAK].ts, begun + kpps.skew_s)
        yield from scene()
        allot.truth.add(
            "wrong-clock",
            "ledger.clock",
            kpps.kid,
            since=begun,
            until=None,
            holder=kpps.unit,
            says=f"The KPPS phone's clock stands one hour {'ahead' if off > 0 else 'behind'} (WIB for WITA).",
        )

    return shift


def _dropped(allot: Allotment) -> bool:
    spot = allot.station("dropped-event")
    if spot is None:
        return False

    def drop(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        supervisor, box = allot.story.village_crew(spot.village.code).supervisor, spot.boxes[0]
        yield stage.now + 240
        begun = stage.now
        members: Members = {"box": box.id, "seals": box.seals.members(), "ok": True}
        stage.sign_only(supervisor, "custody.check", place=spot.village.place, **members)
        yield stage.now + 240
        stage.sign(supervisor, "custody.check", place=spot.village.place, **members)
        allot.truth.add(
            "dropped-event",
            "ledger.chain-gap",
            supervisor.kid,
            since=begun,
            until=stage.now,
            holder=f"pps-{spot.village.code}",
            says="One event of the village supervisor never reached the log; its next one did.",
        )

    allot.stage.twist("evening", spot.village.code, drop)
    return True


def _forked(allot: Allotment) -> bool:
    spot = allot.station("forked-device")
    if spot is None:
        return False

    def fork(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        escort, begun = allot.story.village_crew(spot.village.code).escort, stage.now
        kept = replace(escort.chains[KOTAK])
        for seals in (spot.boxes[0].seals.members(), []):
            escort.chains[KOTAK] = replace(kept)
            members: Members = {"box": spot.boxes[0].id, "seals": seals, "ok": True}
            stage.sign(escort, "custody.check", place=spot.village.place, **members)
            yield stage.now + 120
        allot.truth.add(
            "forked-device",
            "ledger.fork",
            escort.kid,
            since=begun,
            until=stage.now,
            says="A copied key: the escort's phone and its copy signed two events under one number.",
        )

    allot.stage.twist("evening", spot.village.code, fork)
    return True


FAULTS: dict[str, Fault] = {
    "late-phone": Fault("a phone without network for 18 hours", _late),
    "wrong-clock": Fault("a phone's clock off by an hour (WIB and WITA)", _false_clock),
    "dropped-event": Fault("one event of a chain never reaches the log", _dropped),
    "forked-device": Fault("a copied key signs two events under one number", _forked),
}
