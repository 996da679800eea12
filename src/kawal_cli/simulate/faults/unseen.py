"""What custody and ledger cannot show in this release, or nobody could: told in the truth, so that nobody claims it."""

from collections.abc import Callable
from typing import Any

from kawal.ledger.log_of import PENGAMANAN, LogName
from kawal_cli.simulate.command import report
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.duty import tell
from kawal_cli.simulate.faults.allotment import Allotment, Fault, Spot
from kawal_cli.simulate.stage import Members, Scene, Stage
from kawal_cli.simulate.truth import Part

Scenes = Callable[[], Scene]
Told = Callable[[Allotment, Spot], None]


def _told(fault: str, day: int, hour: float, tell: Told) -> Callable[[Allotment], bool]:
    """A fault that only leaves words: it happens at one local time in one kecamatan."""

    def inject(allot: Allotment) -> bool:
        spot = allot.district(fault, fault)
        if spot is None:
            return False
        here = spot

        def scene() -> Scene:
            tell(allot, here)
            yield from ()

        allot.stage.start(scene(), allot.story.hour(spot.district.place, day, hour))
        return True

    return inject


def _line(allot: Allotment, fault: str, subject: str, says: str, part: Part = "", later: str | None = None) -> None:
    now, log = allot.stage.now, PENGAMANAN
    allot.truth.add(fault, None, subject, since=now, until=now, says=says, log=log, part=part, later=later)


def _sign(allot: Allotment, device: Device, t: str, log: LogName = PENGAMANAN, **members: Any) -> str:
    return allot.stage.sign(device, t, log=log, **members)


def _retired(allot: Allotment, spot: Spot) -> None:
    says = "Retired boxes of an earlier election were stolen: they are on no list, so no record can show it."
    _line(allot, "f10-retired-boxes", spot.regency.warehouse.site, says)


def _smoking(allot: Allotment, spot: Spot) -> None:
    post = allot.story.post_at(spot.district.place)
    tell(allot.story, post, "log", note="Anggota merokok di dekat tumpukan kotak; ditegur.")
    _line(
        allot, "f13-smoking-at-stack", post.name, "Smoking beside the boxes: a line in the log book, no box uncertain."
    )


def _rumour(allot: Allotment, spot: Spot) -> None:
    humas = allot.story.regency_crew(spot.regency.code).humas
    note = _sign(allot, humas, "rumour.note", note="Kotak suara diculik dari hotel", where="grup percakapan")
    _sign(allot, humas, "rumour.answer", of=note, note="Semua kotak ada di PPK dan terhitung.")
    _line(
        allot, "f14-rumour", spot.district.place.site, "A rumour that boxes were kidnapped, answered from the record."
    )


def _shifted_forms(allot: Allotment, spot: Spot) -> None:
    says = "Figures in a form were changed: outside what the record of boxes can or may hold."
    _line(allot, "f19-shifted-forms", spot.district.code, says)


def _reinforced(allot: Allotment, spot: Spot) -> None:
    commander, unit = allot.story.regency_crew(spot.regency.code).commander, spot.regency.polres
    name = f"bko-dalmas-{spot.regency.code}-131"
    named: Members = {"contingent": name, "from": f"polda-{unit[-4:-2]}", "number": "Sprin/131/XI/OPS.1.3./2024"}
    for step in ("requested", "ordered", "sent", "arrived", "tasked", "released"):
        task: Members = {"task": "hot-area", "to": spot.district.code} if step == "tasked" else {"to": unit}
        _sign(allot, commander, "bko.step", step=step, n=15, **named, **task)
    _line(allot, "f21-reinforcement", name, "Fifteen men sent to one PPK and withdrawn when it stayed calm.")


def _counted_twice(allot: Allotment, spot: Spot) -> None:
    commander, unit = allot.story.regency_crew(spot.regency.code).commander, spot.regency.polres
    named: Members = {"from": f"polda-{unit[-4:-2]}", "to": unit, "n": 40}
    names = []
    for word, number in (("staf", 141), ("samapta", 142)):
        names.append(f"bko-{word}-{spot.regency.code}-{number}")
        named |= {"contingent": names[-1], "number": f"Sprin/{number}/XI/OPS.1.3./2024"}
        for step in ("requested", "approved", "sent", "arrived"):
            _sign(allot, commander, "bko.step", step=step, **named)
    says = "Two contingents of forty from one Polda, told apart by name: easily counted once, or twice."
    _line(allot, "f22-double-count", names[-1], says, "command", "sum.mismatch")


def _edited(allot: Allotment) -> bool:
    spot = allot.district("edited-report", "report")
    if spot is None:
        return False
    regency, polres = spot.regency, allot.story.polres_of(spot.regency.code)

    def edit(stage: Stage, scene: Scenes) -> Scene:
        yield from scene()
        begun = stage.now
        yield stage.now + 5400
        published = report(allot.story, polres, "sitrep.publish", f"DEMO. Situasi {regency.name} (diubah).\n")
        yield stage.now + 3600
        report(allot.story, polres, "sitrep.correct", f"DEMO. Situasi {regency.name} (ralat).\n", of=published)
        allot.truth.add(
            "edited-report",
            None,
            published,
            since=begun,
            until=stage.now,
            log=PENGAMANAN,
            part="sitrep",
            says="A published report was published again with other words, and corrected only later.",
        )

    allot.stage.twist("report", f"{polres.unit}/1", edit)
    return True


FAULTS: dict[str, Fault] = {
    "f10-retired-boxes": Fault(
        "retired boxes stolen (nothing can show it)", _told("f10-retired-boxes", 3, 11, _retired)
    ),
    "f13-smoking-at-stack": Fault("smoking beside the boxes", _told("f13-smoking-at-stack", 1, 21, _smoking)),
    "f14-rumour": Fault("a rumour that boxes were kidnapped", _told("f14-rumour", 1, 16, _rumour)),
    "f19-shifted-forms": Fault("figures in a form changed", _told("f19-shifted-forms", 3, 15, _shifted_forms)),
    "f21-reinforcement": Fault("a reinforcement comes and goes", _told("f21-reinforcement", 1, 18, _reinforced)),
    "f22-double-count": Fault("two contingents of one size", _told("f22-double-count", -1, 9, _counted_twice)),
    "edited-report": Fault("a report edited after it was published (sitrep part)", _edited),
}
