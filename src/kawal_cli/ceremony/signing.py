"""What an administrator signs on a machine of their own agency, from files and into files: no network anywhere."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kawal.ledger.brief import BadBrief, KnownLog, LogBrief, event_bytes, events_for, read_brief, write_brief
from kawal.ledger.devices import read_devices
from kawal.ledger.event import Event, Kid
from kawal.ledger.events import BadShape, Enrol, answers, read_enrol
from kawal.ledger.keys import SigningKey
from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal.ledger.proposing import (
    BadProposal,
    ChainNotWhole,
    NotAdministrator,
    Proposal,
    Signer,
    brought,
    enrol_members,
    read_proposals,
    stand,
)
from kawal_cli.ceremony.key_file import CannotSign, Journal, journal_of

LINES_LIMIT = 10_000
WHYS = ("lost", "stolen", "role-end", "compromised")


@dataclass
class Done:
    """What became of one run. refused: (where, reason); counted: enrolments that now bear two signatures."""

    signed: int = 0
    already: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    counted: list[Enrol] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)


@dataclass
class _Desk:
    signer: Signer
    journal: Journal
    done: Done = field(default_factory=Done)

    def keep(self, log: LogName, jws: bytes) -> None:
        self.journal.keep(log, jws)
        self.done.signed += 1


@contextmanager
def _desk(key_path: Path, key: SigningKey, kit: Path, *, adopts: bool) -> Iterator[_Desk]:
    with journal_of(key_path) as journal:
        known = read_kit(kit)
        kid = Kid(key.kid)
        if any(event.kid != kid for log in LOG_NAMES for event in journal.events(log)):
            raise CannotSign(
                f"{key_path}: jurnal di sebelahnya milik kunci lain / the journal beside it is another key's"
            )
        try:
            chains = {log: stand(one, kid, journal.events(log), adopts=adopts) for log, one in known.items()}
        except (NotAdministrator, ChainNotWhole) as error:
            raise CannotSign(str(error)) from error
        yield _Desk(Signer(key, known, chains), journal)


def read_kit(path: Path) -> dict[LogName, KnownLog]:
    """The kit that the post hands out, verified. Raises: CannotSign."""
    try:
        return read_brief(path.read_bytes())
    except (OSError, BadBrief) as error:
        raise CannotSign(f"{path}: {error}") from error


def propose(
    requests: Path, *, key_path: Path, key: SigningKey, kit: Path, out: Path, at: int, adopts: bool = False
) -> Done:
    """Sign the requests of a muster's list as this agency's administrator. at: UNIX seconds. Raises: CannotSign."""
    lines = requests.read_text("utf-8").splitlines()
    if len(lines) > LINES_LIMIT:
        raise CannotSign(f"{requests}: lebih dari {LINES_LIMIT} baris; bagi / over {LINES_LIMIT} lines; split it")
    good, bad = read_proposals(lines, at=at)
    with _desk(key_path, key, kit, adopts=adopts) as desk:
        desk.done.refused.extend((f"baris {number}", reason) for number, reason in bad)
        for proposal in good:
            _propose(desk, proposal, at)
        return _write(desk, out)


def _propose(desk: _Desk, proposal: Proposal, at: int) -> None:
    members = enrol_members(proposal.request.key, proposal.duty)
    if any(_says(event, members) for log in LOG_NAMES for event in desk.journal.events(log)):
        desk.done.already += 1
        return
    try:
        for log, jws in desk.signer.propose(proposal, at=at):
            desk.keep(log, jws)
    except BadProposal as error:
        desk.done.refused.append((proposal.duty.who, str(error)))


def _says(event: Event, members: Mapping[str, object]) -> bool:
    return event.t == "ledger.enrol" and all(event.payload.get(name) == value for name, value in members.items())


def confirm(
    folder: Path, *, key_path: Path, key: SigningKey, kit: Path, out: Path, at: int, adopts: bool = False
) -> Done:
    """Sign the second signature under what another agency's administrator brings. Raises: CannotSign."""
    with _desk(key_path, key, kit, adopts=adopts) as desk:
        brought_lines: dict[LogName, list[bytes]] = {}
        for log, one in desk.signer.known.items():
            lines = read_lines(folder / f"{log}.jws")
            brought_lines[log] = lines
            try:
                told, events = brought(one, lines)
            except BadProposal as error:
                raise CannotSign(f"{folder / log}.jws: {error}") from error
            here = Signer(desk.signer.key, {**desk.signer.known, log: told}, desk.signer.chains)
            for event in events:
                _confirm(desk, here, log, event, at)
        desk.done.counted = _counted(desk, brought_lines, at)
        _write(desk, out)
        _answers(desk, brought_lines, out, at)
        return desk.done


def _confirm(desk: _Desk, here: Signer, log: LogName, event: Event, at: int) -> None:
    if event.t not in ("ledger.enrol", "ledger.revoke"):
        return
    if any(event.eid in answers(one) for one in desk.journal.events(log)):
        desk.done.already += 1
        return
    try:
        desk.keep(log, here.confirm(log, event, at=at))
    except BadProposal as error:
        desk.done.refused.append((f"{log} {event.eid[:12]}", str(error)))


def revoke(
    kid: Kid,
    *,
    why: str,
    good: Mapping[LogName, tuple[int, str]],
    key_path: Path,
    key: SigningKey,
    kit: Path,
    out: Path,
    at: int,
    adopts: bool = False,
) -> Done:
    """Sign the withdrawal of a key in each log that knows it. good: its last good head by log. Raises: CannotSign."""
    with _desk(key_path, key, kit, adopts=adopts) as desk:
        for log, one in desk.signer.known.items():
            head = good.get(log) or (one.head(kid) or (0, "", 0))[:2]
            if not head[1]:
                desk.done.refused.append((log, "kunci itu tidak dikenal di log ini / this log does not know that key"))
                continue
            members = {"kid": kid, "why": why, "from": at, "good": list(head)}
            desk.keep(log, desk.signer.sign(log, "ledger.revoke", at=at, members=members))
        return _write(desk, out)


def read_lines(path: Path) -> list[bytes]:
    """The JWS of a file, one a line; none where there is no such file. Raises: CannotSign."""
    if not path.is_file():
        return []
    lines = [line for line in path.read_bytes().split(b"\n") if line]
    if len(lines) > LINES_LIMIT:
        raise CannotSign(f"{path}: lebih dari {LINES_LIMIT} baris / over {LINES_LIMIT} lines")
    return lines


def _write(desk: _Desk, out: Path) -> Done:
    """Write what the post does not have yet, in the order of the chain: an earlier run's lines too."""
    out.mkdir(parents=True, exist_ok=True)
    for log, one in desk.signer.known.items():
        told = one.head(Kid(desk.signer.key.kid))
        lines = desk.journal.after(log, told[0] if told else 0)
        if lines:
            path = out / f"{log}.jws"
            path.write_bytes(b"".join(line + b"\n" for line in lines))
            desk.done.written.append(path)
    return desk.done


def _whole(desk: _Desk, lines: Mapping[LogName, Sequence[bytes]], log: LogName) -> list[bytes]:
    mine = [jws for jws, _ in desk.journal.lines.get(log, [])]
    return list(dict.fromkeys((*desk.signer.known[log].brief.events, *lines.get(log, ()), *mine)))


def _counted(desk: _Desk, lines: Mapping[LogName, Sequence[bytes]], at: int) -> list[Enrol]:
    """The enrolments brought that now count in every log they were brought for; the others are named as refused."""
    counted: dict[Kid, Enrol] = {}
    for log in desk.signer.known:
        devices = read_devices([event for _, event in event_bytes(_whole(desk, lines, log))])
        for _, event in event_bytes(lines.get(log, ())):
            try:
                enrol = read_enrol(event)
            except BadShape:
                continue
            found = [one for one in devices.enrolments.get(enrol.kid, ()) if one.eid == event.eid]
            if event.t == "ledger.enrol" and found and enrol.kid not in devices.revocations:
                counted[enrol.kid] = enrol
    return list(counted.values())


def _answers(desk: _Desk, lines: Mapping[LogName, Sequence[bytes]], out: Path, at: int) -> None:
    """One answer a phone, so that it works from here on although nothing has reached the post yet."""
    read = {log: event_bytes(_whole(desk, lines, log)) for log in desk.signer.known}
    devices = {log: read_devices([event for _, event in many]) for log, many in read.items()}
    for enrol in desk.done.counted:
        told = {
            log: LogBrief(
                events_for(many, devices[log], enrol.kid),
                desk.signer.known[log].brief.policy,
                desk.signer.known[log].brief.checkpoint,
            )
            for log, many in read.items()
            if enrol.kid in devices[log].enrolments
        }
        path = out / "jawaban" / f"{enrol.who}-{enrol.kid[:6]}.kawal"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(write_brief(told))
        desk.done.written.append(path)
