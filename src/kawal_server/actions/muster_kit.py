"""What leaves the post for those who work without it: the administrators' kit, and the answer to an enrolled phone."""

from kawal.ledger.brief import Head, LogBrief, events_for, write_brief
from kawal.ledger.devices import Devices
from kawal.ledger.event import Kid, read_event
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_server.actions.admin_chain import NotBegun
from kawal_server.actions.take_in import the_ring
from kawal_server.store.heads import folder, witnessed
from kawal_server.store.opened import the_store

_TEACHING = ("ledger.genesis", "ledger.enrol", "ledger.revoke", "ledger.policy")


class NotEnrolled(ValueError):
    """Two agencies have not enrolled this phone: there is nothing to answer yet."""

    def __init__(self) -> None:
        super().__init__(
            "Ponsel ini belum didaftarkan dua lembaga; tunggu tanda tangan kedua. / "
            "Two agencies have not enrolled this phone yet; wait for the second signature."
        )


def kit() -> bytes:
    """The newest kit for administrators: it holds no device but theirs. Raises: NotBegun."""
    return write_brief({log: _brief(log, None) for log in LOG_NAMES})


def answer_for(kid: Kid) -> bytes:
    """The answer to a phone: its enrolment in each log that has it, and what it must know to begin.

    Raises: NotBegun, NotEnrolled.
    """
    told = {log: _brief(log, kid) for log in LOG_NAMES if kid in _devices(log).enrolments}
    if not told:
        raise NotEnrolled
    return write_brief(told)


def _devices(log: LogName) -> Devices:
    ring = the_ring(log)
    ring.catch_up(the_store())
    return ring.devices


def _brief(log: LogName, kid: Kid | None) -> LogBrief:
    store = the_store()
    leaves = store.leaves_of(log, _TEACHING)
    if not leaves:
        raise NotBegun(f"log {log} belum dimulai / the log {log} has not begun")
    devices = _devices(log)
    wanted = () if kid is None else (kid,)
    events = events_for([(leaf.jws, read_event(leaf.jws).event) for leaf in leaves], devices, *wanted)
    heads: dict[Kid, Head] = {
        one.kid: (one.seq, one.eid, one.ts)
        for one in store.device_heads(log)
        if (kid is None and devices.administers(one.kid)) or one.kid == kid
    }
    newest = folder(log) / "checkpoint"
    is_witnessed = bool(witnessed(log)) and newest.is_file()
    return LogBrief(events, (folder(log) / "policy").read_bytes(), newest.read_bytes() if is_witnessed else None, heads)
