"""A muster without signal: KPU, Bawaslu and Polri administer both logs, and phones ask to be enrolled.

The cast: penjaga guards, pps holds boxes, pencuri steals.
"""

from kawal.ledger.brief import KnownLog, LogBrief, events_for, read_brief, write_brief
from kawal.ledger.devices import read_devices
from kawal.ledger.enrol_request import write_request
from kawal.ledger.enrolling import commitment
from kawal.ledger.event import Eid, Kid
from kawal.ledger.log_of import KOTAK, LOG_NAMES, LogName
from kawal.ledger.proposing import Duty, Proposal, Signer, make_proposal, stand
from tests.mission.ledger.scene import DAWN, DAY, Log, digest_of, event_of, key_of

NOW = DAWN + 3600
POLICY = b"policy"
SALT = bytes(range(16))


def logs() -> dict[LogName, Log]:
    return {name: Log(name).opened(kpu="kpu", bawaslu="bawaslu", polri="polri") for name in LOG_NAMES}


def brief(logs: dict[LogName, Log], *kids: Kid) -> bytes:
    """What the post hands out: all that concerns administrators, and these kids."""
    told = {}
    for name, log in logs.items():
        events = [(jws, event_of(jws)) for jws in log.leaves]
        devices = read_devices([event for _, event in events])
        heads: dict[Kid, tuple[int, Eid, int]] = {}
        for _, event in events:
            if devices.administers(event.kid):
                heads[event.kid] = (event.seq, event.eid, event.ts)
        told[name] = LogBrief(events_for(events, devices, *kids), POLICY, None, heads)
    return write_brief(told)


def known(logs: dict[LogName, Log], *kids: Kid) -> dict[LogName, KnownLog]:
    return read_brief(brief(logs, *kids))


def signer(logs: dict[LogName, Log], name: str) -> Signer:
    """An administrator at the muster, on a machine that never signed before."""
    told, key = known(logs), key_of(name)
    return Signer(key, told, {log: stand(one, Kid(key.kid), []) for log, one in told.items()})


def request(name: str, *, asked_for: str = "", at: int = NOW) -> str:
    return write_request(key_of(name), asked_for=asked_for, made_at=at, nonce=digest_of(name).encode()[:16])


def duty(name: str = "penjaga", **other: str | int) -> Duty:
    told: dict[str, str | int] = {
        "who": f"p-{name}",
        "role": "guard",
        "unit": "polres-5303",
        "agency": "polri",
        "nbf": DAWN,
        "exp": DAWN + 30 * DAY,
        "idc": commitment(SALT, name),
        **other,
    }
    return Duty(**told)  # type: ignore[arg-type]


def proposal(name: str = "penjaga", **other: str | int) -> Proposal:
    return make_proposal(request(name, asked_for=f"p-{name}"), duty(name, **other), at=NOW)


def first_enrol(signed: list[tuple[LogName, bytes]]) -> bytes:
    return next(jws for log, jws in signed if log == KOTAK)
