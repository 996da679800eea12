"""Faults around the pleno: suspended over an open box, paused for days, opened wrongly, left open, left too early."""

from collections.abc import Callable

from kawal_cli.simulate.acts import open_box, seal
from kawal_cli.simulate.days import day_of
from kawal_cli.simulate.faults.allotment import Allotment, Fault, Spot, ids, numbered
from kawal_cli.simulate.pleno import OPENS, PRESENT, session_days, tell
from kawal_cli.simulate.register import DEADLINE_DAY
from kawal_cli.simulate.return_legs import carry_back
from kawal_cli.simulate.seals import Seals
from kawal_cli.simulate.stage import Scene, Stage, Twist
from kawal_cli.simulate.world import Box, District

Scenes = Callable[[], Scene]
SUSPENDED_S = 3 * 3600
PAUSED_DAYS = 2
NIGHT_OPENING_HOUR = 22.5
LATE_SEALING_HOUR = 4.6


def _session_name(district: District, box: Box) -> str:
    return f"{district.code}/{box.election}"


def _halted(allot: Allotment) -> bool:
    spot = allot.station("f15-halted-pleno")
    if spot is None:
        return False
    story, district, box = allot.story, spot.district, spot.boxes[0]

    def halt(stage: Stage, _: Scenes) -> Scene:
        session, place = story.sessions[_session_name(district, box)], district.place
        open_box(stage, session.custodian, box, place, why="pleno", present=PRESENT)
        yield stage.now + 180
        begun = stage.now
        tell(story, session, "suspend", why="kericuhan")
        yield stage.now + SUSPENDED_S
        tell(story, session, "resume")
        yield stage.now + 240
        seal(stage, session.custodian, box, place, numbered=district.numbered, why="selesai rekapitulasi")
        allot.truth.add(
            "f15-halted-pleno",
            "custody.unsealed",
            box.id,
            since=begun,
            until=stage.now,
            holder=session.custodian.unit,
            says="A scuffle suspended the pleno for three hours with this box open on the table.",
        )
        allot.truth.add(
            "f15-halted-pleno",
            None,
            f"district/{_session_name(district, box)}",
            part="pleno",
            later="pleno.suspended-open",
            since=begun,
            until=stage.now,
            says="The pleno was suspended with a box open.",
        )

    allot.stage.twist("recap", box.id, halt)
    return True


def _paused(allot: Allotment) -> bool:
    spot = allot.station("f16-ordered-pause")
    if spot is None:
        return False
    for number, box in enumerate(spot.boxes):
        allot.stage.twist("recap", box.id, _pause(allot, spot.district, box, is_told=not number))
    return True


def _pause(allot: Allotment, district: District, box: Box, *, is_told: bool) -> Callable[[Stage, Scenes], Scene]:
    def pause(stage: Stage, scene: Scenes) -> Scene:
        story = allot.story
        session, begun = story.sessions[_session_name(district, box)], stage.now
        tell(story, session, "suspend", why="perintah KPU: tunggu perbaikan data")
        day = day_of(district.place.zone, stage.now) + PAUSED_DAYS
        yield story.hour(district.place, day, OPENS) + 600
        tell(story, session, "resume")
        yield stage.now + 300
        if is_told:
            is_late = day + session_days(district) - 1 > DEADLINE_DAY
            allot.truth.add(
                "f16-ordered-pause",
                None,
                f"district/{_session_name(district, box)}",
                since=begun,
                until=stage.now,
                part="pleno",
                later="pleno.late" if is_late else None,
                says="KPU ordered the plenos to pause for two days; every box was sealed meanwhile.",
            )
        yield from scene()

    return pause


def _recounted(allot: Allotment) -> bool:
    spot = allot.station("f18-recount")
    if spot is None:
        return False
    story, district, box = allot.story, spot.district, spot.boxes[0]

    def recount(stage: Stage, _: Scenes) -> Scene:
        session, place = story.sessions[_session_name(district, box)], district.place
        begun = stage.now
        open_box(stage, session.custodian, box, place, why="pleno", present=PRESENT)
        yield stage.now + 400
        open_box(stage, session.custodian, box, place, why="recount", present=PRESENT, doc="D.KEJADIAN KHUSUS")
        yield stage.now + 2400
        seal(stage, session.custodian, box, place, numbered=district.numbered, why="selesai hitung ulang")
        allot.truth.add(
            "f18-recount",
            None,
            box.id,
            since=begun,
            until=stage.now,
            holder=session.custodian.unit,
            says="Counted again in the pleno on objection, before supervisor and witnesses: permitted.",
        )

    allot.stage.twist("recap", box.id, recount)
    return True


def _night_opening(allot: Allotment) -> bool:
    spot = allot.station("opened-outside-session")
    if spot is None:
        return False
    story, district, box = allot.story, spot.district, spot.boxes[0]

    def at_night() -> Scene:
        stage, ppk = allot.stage, story.district_crew(district.code).ppk[0]
        if box not in district.store:
            return
        begun = stage.now
        open_box(stage, ppk, box, district.place, why="pleno", present=PRESENT)
        yield stage.now + 900
        seal(stage, ppk, box, district.place, numbered=district.numbered, why="disegel kembali")
        allot.truth.add(
            "opened-outside-session",
            "custody.opened",
            box.id,
            since=begun,
            until=stage.now,
            holder=ppk.unit,
            says="Opened at night, the evening before the pleno began.",
        )

    allot.stage.start(at_night(), story.hour(district.place, district.session_day - 1, NIGHT_OPENING_HOUR))
    return True


def _unsupervised(allot: Allotment) -> bool:
    spot = allot.station("opened-without-supervisor")
    if spot is None:
        return False
    story, district, box = allot.story, spot.district, spot.boxes[0]

    def without_supervisor(stage: Stage, _: Scenes) -> Scene:
        session, begun = story.sessions[_session_name(district, box)], stage.now
        open_box(stage, session.custodian, box, district.place, why="pleno", present=("ppk", "pps", "witness"))
        yield stage.now + max(20, session.slot_s // 2)
        seal(stage, session.custodian, box, district.place, numbered=district.numbered, why="selesai rekapitulasi")
        allot.truth.add(
            "opened-without-supervisor",
            "custody.opened",
            box.id,
            since=begun,
            until=stage.now,
            holder=session.custodian.unit,
            says="Opened in the pleno while the supervisor was out of the room.",
        )

    allot.stage.twist("recap", box.id, without_supervisor)
    return True


def _left_open(allot: Allotment) -> bool:
    spot = allot.station("unsealed", lambda one: not allot.has("early", one))
    if spot is None:
        return False
    story, district, box = allot.story, spot.district, spot.boxes[0]

    def leave_open(stage: Stage, _: Scenes) -> Scene:
        session = story.sessions[_session_name(district, box)]
        open_box(stage, session.custodian, box, district.place, why="pleno", present=PRESENT)
        box.seals = Seals()
        stage.start(seal_late(session.custodian.unit), stage.now + 600)
        yield stage.now + 300

    def seal_late(unit: str) -> Scene:
        stage = allot.stage
        yield from stage.until(lambda: district.is_closed)
        closed = max(district.closed_at.values())
        yield story.hour(district.place, day_of(district.place.zone, closed) + 1, LATE_SEALING_HOUR)
        ppk = story.district_crew(district.code).ppk[0]
        seal(stage, ppk, box, district.place, numbered=district.numbered, why="terlupa kemarin")
        allot.truth.add(
            "unsealed",
            "custody.unsealed",
            box.id,
            since=closed,
            until=stage.now,
            holder=unit,
            says="Nobody sealed it after the pleno; it stood open overnight.",
        )

    allot.stage.twist("recap", box.id, leave_open)
    return True


def _seal_reused(allot: Allotment) -> bool:
    first = allot.station("seal-reused", numbered)
    spots = [first, *allot.stations_of(first, 1)] if first else []
    if first is None or len(spots) < 2:
        return False
    story, district = allot.story, first.district
    sealed: list[Box] = []

    def use_twice(box: Box) -> Twist:
        def use(stage: Stage, scene: Scenes) -> Scene:
            sealed.append(box)
            if len(sealed) == 1:
                yield from scene()
                return
            session = story.sessions[_session_name(district, box)]
            open_box(stage, session.custodian, box, district.place, why="pleno", present=PRESENT)
            yield stage.now + max(20, session.slot_s // 2)
            fresh = stage.stock.take(numbered=True)
            box.seals = Seals((sealed[0].seals.ties[0], fresh.ties[0]), fresh.stickers)
            seals = box.seals.members()
            stage.sign(session.custodian, "custody.seal", place=district.place, box=box.id, seals=seals, why="pleno")
            allot.truth.add(
                "seal-reused",
                "custody.seal-reused",
                box.id,
                since=stage.now,
                until=None,
                holder=session.custodian.unit,
                says=f"One tie number stands on this box and on {sealed[0].id}: a copied seal.",
            )

        return use

    for spot in spots:
        allot.stage.twist("recap", spot.boxes[0].id, use_twice(spot.boxes[0]))
    return True


def _early(allot: Allotment) -> bool:
    spot = allot.district("early-departure", "return")
    if spot is None:
        return False
    story, district = allot.story, spot.district
    allot.mark("early", spot)
    left: list[int] = []
    boxes: list[Box] = []

    def hurry(stage: Stage, scene: Scenes) -> Scene:
        if not left:
            left.append(stage.now)
            boxes.extend(district.store)
            stage.start(carry_back(story, spot.regency, district), stage.now)
        yield left[0] + 75 * 60
        yield from scene()
        if district.is_closed and boxes:
            _tell_early(allot, spot, boxes, left[0])
            boxes.clear()

    for election in district.elections:
        allot.stage.twist("close", f"{district.code}/{election}", hurry)
    return True


def _tell_early(allot: Allotment, spot: Spot, boxes: list[Box], left: int) -> None:
    allot.truth.add(
        "early-departure",
        "custody.early",
        ids(boxes),
        since=left,
        until=max(spot.district.closed_at.values()),
        holder=f"ppk-{spot.district.code}",
        says="The trucks left an hour before the plenos were closed.",
    )


FAULTS: dict[str, Fault] = {
    "f15-halted-pleno": Fault("a pleno halted for hours with a box open on the table", _halted),
    "f16-ordered-pause": Fault("the plenos of a kecamatan paused for two days by order (no custody finding)", _paused),
    "f18-recount": Fault("a box counted again in its pleno, as permitted (no finding)", _recounted),
    "opened-outside-session": Fault("a box opened at night with no pleno open", _night_opening),
    "opened-without-supervisor": Fault("a box opened without the supervisor", _unsupervised),
    "unsealed": Fault("a box left open overnight after its pleno", _left_open),
    "seal-reused": Fault("one tie number on two boxes", _seal_reused),
    "early-departure": Fault("a convoy leaves the PPK before its plenos have closed", _early),
}
