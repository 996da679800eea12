"""Faults of keys and logs: revoked, unenrolled, expired, enrolled by one agency, shown another tree, hiding a tail."""

from collections.abc import Callable

from kawal.ledger.encoding import b64u
from kawal.ledger.log_of import KOTAK, PENGAMANAN, LogName
from kawal_cli.simulate.acts import hand_over, nonce
from kawal_cli.simulate.crew import BOTH
from kawal_cli.simulate.devices import WIRED, Chain, Device, Duty, enrolment, make_device
from kawal_cli.simulate.dice import seed_of
from kawal_cli.simulate.faults.allotment import Allotment, Fault, Spot, ids
from kawal_cli.simulate.stage import Members, Scene, Stage

Scenes = Callable[[], Scene]
WITNESS_AHEAD_S = 2 * 3600
AFTERNOON = 14.0


def _spare(allot: Allotment, spot: Spot, name: str, role: str = "supervisor", log: LogName = KOTAK) -> Device:
    """Enrol one phone more than the operation needs."""
    agency, unit = {
        "supervisor": ("bawaslu", f"panwascam-{spot.district.code}"),
        "guard": ("polri", f"polsek-{spot.district.code}"),
    }[role]
    device = allot.story.crew.make(f"cadangan-{name}", role, unit, agency, WIRED, (log,))
    allot.story.crew.spare.append(device)
    return device


def _look(allot: Allotment, device: Device, spot: Spot) -> None:
    """Claim to have seen the PPK's first own box, at the PPK where it is."""
    box = spot.district.own_boxes[0]
    members: Members = {"box": box.id, "seals": box.seals.members(), "ok": True}
    allot.stage.sign(device, "custody.check", place=spot.district.place, **members)


def _claim_elsewhere(allot: Allotment, device: Device, spot: Spot) -> None:
    """Claim to have seen that box at the warehouse: were it counted, a gap would open."""
    box = spot.district.own_boxes[0]
    allot.stage.sign(device, "custody.check", place=spot.regency.warehouse, box=box.id, seals=[], ok=False)


def _start(allot: Allotment, spot: Spot, day: int, hour: float, scene: Scene) -> bool:
    allot.stage.start(scene, allot.story.hour(spot.district.place, day, hour))
    return True


def _revoked(allot: Allotment) -> bool:
    spot = allot.district("revoked-device", "keys-revoked")
    if spot is None:
        return False
    device, admins = _spare(allot, spot, "dicabut"), allot.story.crew.admins

    def steal() -> Scene:
        stage = allot.stage
        _look(allot, device, spot)
        yield stage.now + 3600
        good, stolen = device.head(), stage.now
        members: Members = {"kid": device.kid, "why": "stolen", "from": stolen, "good": good}
        revoked = stage.sign(admins["bawaslu"], "ledger.revoke", **members)
        yield stage.now + 600
        stage.sign(admins["polri"], "ledger.revoke-ok", of=revoked)
        yield stage.now + 3600
        _claim_elsewhere(allot, device, spot)
        allot.truth.add(
            "revoked-device",
            "ledger.revoked",
            device.kid,
            since=stage.now,
            until=None,
            says="A stolen supervisor's phone, revoked, signs that it saw a box elsewhere.",
        )

    return _start(allot, spot, -1, AFTERNOON, steal())


def _unenrolled(allot: Allotment) -> bool:
    spot = allot.district("unenrolled-device", "keys-unenrolled")
    if spot is None:
        return False
    crew = allot.story.crew
    device = crew.make("tak-terdaftar", "supervisor", f"panwascam-{spot.district.code}", "bawaslu", WIRED)

    def intrude() -> Scene:
        root = b64u(seed_of(allot.story.world.seed, "bukan pendaftaran"))
        device.chains[KOTAK] = Chain(0, root, cp=allot.stage.logs[KOTAK].published)
        _claim_elsewhere(allot, device, spot)
        allot.truth.add(
            "unenrolled-device",
            "ledger.unenrolled",
            device.kid,
            since=allot.stage.now,
            until=None,
            says="A key that nobody enrolled signed that it saw a box.",
        )
        yield from ()

    return _start(allot, spot, -1, AFTERNOON + 1, intrude())


def _expired(allot: Allotment) -> bool:
    spot = allot.district("expired-device", "keys-expired")
    if spot is None:
        return False
    story = allot.story
    duty = Duty(
        "supervisor",
        f"panwascam-{spot.district.code}",
        "bawaslu",
        story.crew.nbf,
        story.hour(spot.district.place, -2, 12),
    )
    device = make_device(story.world.seed, "cadangan-lewat", duty, WIRED)
    story.crew.spare.append(device)

    def overstay() -> Scene:
        _claim_elsewhere(allot, device, spot)
        allot.truth.add(
            "expired-device",
            "ledger.expired",
            device.kid,
            since=allot.stage.now,
            until=None,
            says="A supervisor's phone signed a day after its term of duty had ended.",
        )
        yield from ()

    return _start(allot, spot, -1, AFTERNOON, overstay())


def _one_agency(allot: Allotment) -> bool:
    spot = allot.district("one-agency", "keys-agency")
    if spot is None:
        return False
    crew = allot.story.crew
    second = crew.make("admin-kpu-2", "admin", f"kpu-{spot.regency.code}", "kpu", WIRED, BOTH)
    crew.spare.append(second)
    ghost = crew.make("hantu", "ppk", f"ppk-{spot.district.code}", "ppk", WIRED)

    def admit() -> Scene:
        stage = allot.stage
        begun = stage.now
        eid = stage.sign(crew.admins["kpu"], "ledger.enrol", **enrolment(ghost))
        yield stage.now + 300
        stage.sign(second, "ledger.enrol-ok", of=eid)
        ghost.chains[KOTAK] = Chain(0, eid, cp=stage.logs[KOTAK].published)
        yield stage.now + 900
        _claim_elsewhere(allot, ghost, spot)
        allot.truth.add(
            "one-agency",
            "ledger.one-agency",
            ghost.kid,
            since=begun,
            until=None,
            says="Two administrators of KPU enrolled a phone between them; it does not count.",
        )

    return _start(allot, spot, -4, 9.0, admit())


def _split_view(allot: Allotment) -> bool:
    spot = allot.district("split-view", "keys-split")
    if spot is None:
        return False
    device = _spare(allot, spot, "pandangan-lain")

    def cite_other_tree() -> Scene:
        published = allot.stage.logs[KOTAK].published
        if published is not None:
            other = b64u(seed_of(allot.story.world.seed, "pohon lain"))
            device.chains[KOTAK].cp = (published[0], other)
            _look(allot, device, spot)
            allot.truth.add(
                "split-view",
                "ledger.split-view",
                device.kid,
                since=allot.stage.now,
                until=allot.stage.now,
                says="A phone was shown a checkpoint that is not in this log's history, and cited it.",
            )
        yield from ()

    return _start(allot, spot, -1, AFTERNOON, cite_other_tree())


def _withheld(allot: Allotment) -> bool:
    spot = allot.district("withheld-tail", "keys-withheld")
    if spot is None:
        return False
    guard = _spare(allot, spot, "menahan", "guard", PENGAMANAN)
    escort = allot.story.district_crew(spot.district.code).escort

    def hide() -> Scene:
        stage, place = allot.stage, spot.district.place
        begun = stage.now
        told: Members = {"what": "vehicle", "to": guard.kid, "ch": nonce(guard), "hb": guard.head(PENGAMANAN), "n": 1}
        offer = stage.sign(escort, "custody.offer", log=PENGAMANAN, place=place, **told)
        yield stage.now + 30
        accept, _ = stage.sign_only(guard, "custody.accept", log=PENGAMANAN, place=place, of=offer, res="ok")
        yield stage.now + 30
        stage.sign(escort, "custody.close", log=PENGAMANAN, of=accept, rtt=60)
        allot.truth.add(
            "withheld-tail",
            "ledger.withheld",
            escort.kid,
            since=begun,
            until=None,
            log=PENGAMANAN,
            says="A guard took over a vehicle and never sent what it signed; its partner's close names it.",
        )

    return _start(allot, spot, -1, AFTERNOON, hide())


def _wrong_order(allot: Allotment) -> bool:
    spot = allot.village("custody-order")
    if spot is None:
        return False
    story = allot.story

    def receive_before_sent(stage: Stage, _: Scenes) -> Scene:
        crew, kpps, log = story.village_crew(spot.village.code), story.kpps(spot.station), stage.logs[KOTAK]
        crew.pps.network = kpps.network = WIRED
        others = [one for one in spot.village.stations if one is not spot.station]
        yield from stage.until(lambda: all(one.is_done for one in others) and log.has_news)
        begun = stage.now
        kpps.chains[KOTAK].cp = log.checkpoint(stage.now + WITNESS_AHEAD_S)
        yield stage.now + 5
        handed = yield from hand_over(stage, kpps, crew.pps, spot.boxes, spot.village.place)
        story.received.setdefault(spot.village.code, []).append(handed.accept)
        spot.village.store.extend(spot.boxes)
        allot.truth.add(
            "custody-order",
            "custody.order",
            ids(spot.boxes),
            since=begun,
            until=stage.now,
            holder=kpps.unit,
            also=("ledger.clock",),
            others=[device.kid for device in (kpps, crew.pps, crew.escort, crew.supervisor)],
            says="The offer cites a checkpoint both witnesses dated two hours ahead: received before it was given.",
        )

    allot.stage.twist("bring", spot.station.code, receive_before_sent)
    return True


FAULTS: dict[str, Fault] = {
    "revoked-device": Fault("a revoked phone goes on signing", _revoked),
    "unenrolled-device": Fault("a key that nobody enrolled signs", _unenrolled),
    "expired-device": Fault("a phone signs after its term of duty", _expired),
    "one-agency": Fault("a phone enrolled by two administrators of one agency", _one_agency),
    "split-view": Fault("a phone was shown another tree", _split_view),
    "withheld-tail": Fault("a phone hides what it signed; its partner's event names it", _withheld),
    "custody-order": Fault("provably received before it was given, by false witness times", _wrong_order),
}
