"""The first events of both logs: genesis, the administrators' agencies, and every phone enrolled by two agencies."""

from collections.abc import Iterator

from kawal.ledger.encoding import b64u
from kawal.ledger.event import Eid
from kawal.ledger.log_of import LogName
from kawal_cli.simulate.crew import Crew
from kawal_cli.simulate.devices import Chain, Device, enrolment
from kawal_cli.simulate.stage import Scene, Stage

OFFICE_S = 190_000
SLOWEST_S = 20
_GUARDING = ("polri", "tni", "linmas", "satpolpp", "post")
_SECOND_AGENCY = {"kpu": "bawaslu", "bawaslu": "polri", "polri": "kpu"}


def found(stage: Stage, crew: Crew) -> Scene:
    """Write genesis, enrol the administrators, then everybody, over two office days."""
    for log in stage.logs:
        _genesis(stage, crew, log)
    yield stage.now + 600
    for name, admin in crew.admins.items():
        first, second = (crew.admins[other] for other in crew.admins if other != name)
        for log in stage.logs:
            eid = stage.sign(first, "ledger.enrol", log=log, **enrolment(admin))
            stage.sign(second, "ledger.enrol-ok", log=log, of=eid)
        yield stage.now + 300
    yield from enrol_all(stage, crew)


def _genesis(stage: Stage, crew: Crew, log: LogName) -> None:
    admins = list(crew.admins.values())
    for admin in admins:
        admin.chains[log] = Chain(0, "")
    keys = [{"kid": admin.kid, "alg": "Ed25519", "x": b64u(admin.key.public.x)} for admin in admins]
    kept = stage.logs[log]
    eid, jws = stage.sign_only(
        admins[0], "ledger.genesis", log=log, origin=kept.origin, admins=keys, need=2, policy=kept.policy
    )
    stage.arrive(log, jws)
    for admin in admins[1:]:
        admin.chains[log] = Chain(0, eid)


def enrol_all(stage: Stage, crew: Crew) -> Scene:
    """Enrol every phone in each log it writes to."""
    devices = list(crew.devices())
    a_second = max(1, -(-len(devices) // OFFICE_S))
    pause = max(1, min(SLOWEST_S, OFFICE_S // max(1, len(devices))))
    for number, device in enumerate(devices):
        for log in device.logs:
            enrol(stage, crew, device, log)
        if number % a_second == 0:
            yield stage.now + pause


def enrol(stage: Stage, crew: Crew, device: Device, log: LogName) -> Eid:
    """Enrol one phone: its own agency's administrator proposes, another agency's confirms."""
    first, second = _pair(device)
    eid = stage.sign(crew.admins[first], "ledger.enrol", log=log, **enrolment(device))
    stage.sign(crew.admins[second], "ledger.enrol-ok", log=log, of=eid)
    device.chains[log] = Chain(0, eid, cp=stage.logs[log].published)
    return eid


def _pair(device: Device) -> Iterator[str]:
    agency = device.duty.agency
    first = "bawaslu" if agency in ("bawaslu", "party") else "polri" if agency in _GUARDING else "kpu"
    return iter((first, _SECOND_AGENCY[first]))
