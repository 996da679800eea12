"""From a phone's request to what two administrators sign, away from the post or at it, by the same rules."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kawal.ledger.brief import KnownLog
from kawal.ledger.devices import Devices, read_devices
from kawal.ledger.encoding import b64u, is_digest
from kawal.ledger.enrol_request import EnrolRequest, StaleRequest, check_fresh, read_request
from kawal.ledger.enrolling import logs_of, may_confirm, may_propose, may_stand
from kawal.ledger.event import INTEGER_LIMIT, BadEvent, Eid, Event, Kid, leaf_id, read_event, sign_event
from kawal.ledger.events import BadShape, Enrol, read_enrol, read_revoke
from kawal.ledger.keys import ES256, BadKey, BadSignature, PublicKey, SigningKey, check_key
from kawal.ledger.log_of import LogName
from kawal.ledger.reading import LogReader

_WHO = re.compile(r"p-[a-z0-9][a-z0-9-]{0,38}")
_UNIT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
UNIT_LETTERS = 64


class BadProposal(ValueError):
    """A line of a muster's list cannot be signed; the message says what to correct."""


class ChainNotWhole(ValueError):
    """This key was used elsewhere too: signing on here would fork its chain for good."""


class NotAdministrator(ValueError):
    """The key administers nothing in this log, or not any more."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What an enrolment says of a device beside its key. nbf, exp: first and last second, UNIX seconds."""

    who: str
    role: str
    unit: str
    agency: str
    nbf: int
    exp: int
    idc: str


def check_duty(duty: Duty) -> None:
    """Refuse a duty that no enrolment may state. Raises: BadProposal."""
    if _WHO.fullmatch(duty.who) is None:
        raise BadProposal(f"{duty.who[:40]!r}: kode orang harus seperti p-7f3a / the person's code must be like p-7f3a")
    if _UNIT.fullmatch(duty.unit) is None or len(duty.unit) > UNIT_LETTERS:
        raise BadProposal(f"{duty.unit[:70]!r}: satuan harus seperti polres-5303 / the unit must be like polres-5303")
    if not 0 <= duty.nbf <= duty.exp <= INTEGER_LIMIT:
        raise BadProposal("masa tugas berakhir sebelum mulai / the term of duty ends before it begins")
    if not is_digest(duty.idc):
        raise BadProposal("idc bukan SHA-256 / idc is not a SHA-256")


def enrol_members(key: PublicKey, duty: Duty) -> dict[str, Any]:
    """The members of the `ledger.enrol` of a key and its duty."""
    named = {"kid": key.kid, "alg": key.alg, "x": b64u(key.x)}
    return {
        **named,
        **({"y": b64u(key.y)} if key.alg == ES256 else {}),
        "who": duty.who,
        "role": duty.role,
        "unit": duty.unit,
        "agency": duty.agency,
        "nbf": duty.nbf,
        "exp": duty.exp,
        "idc": duty.idc,
    }


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of a muster's list: a request as it was scanned, and the duty it is to be enrolled for."""

    request: EnrolRequest
    text: str
    duty: Duty

    def as_line(self) -> str:
        """The line, JSON without its end."""
        duty = self.duty
        told = {"request": self.text, "who": duty.who, "role": duty.role, "unit": duty.unit, "agency": duty.agency}
        return json.dumps({**told, "nbf": duty.nbf, "exp": duty.exp, "idc": duty.idc}, separators=(",", ":"))


def make_proposal(text: str, duty: Duty, *, at: int) -> Proposal:
    """Check a scanned request against the duty it is wanted for. at: UNIX seconds.

    Raises: BadProposal, BadRequest, StaleRequest, BadKey, BadSignature.
    """
    request = read_request(text.strip())
    check_fresh(request, at)
    check_duty(duty)
    if not request.is_for(who=duty.who, unit=duty.unit):
        raise BadProposal(
            f"permintaan ini untuk {request.asked_for}, bukan {duty.who} di {duty.unit}; pindai ponsel orangnya / "
            f"this request is for {request.asked_for}, not for {duty.who} in {duty.unit}; scan that person's phone"
        )
    return Proposal(request, text.strip(), duty)


def read_proposals(lines: Iterable[str], *, at: int) -> tuple[list[Proposal], list[tuple[int, str]]]:
    """Read a muster's list. Gives what may be signed, and (line number, reason) for the rest.

    One key stands for one person, and no request counts twice: the later line of either is refused.
    """
    good: list[Proposal] = []
    bad: list[tuple[int, str]] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            made = _read_line(line, at=at)
        except (BadProposal, StaleRequest, BadKey, BadSignature, ValueError) as error:
            bad.append((number, str(error)))
            continue
        if made.request.kid in seen:
            bad.append((number, "ponsel ini sudah ada di daftar / this phone is on the list already"))
            continue
        seen.add(made.request.kid)
        good.append(made)
    return good, bad


def _read_line(line: str, *, at: int) -> Proposal:
    try:
        told = json.loads(line)
        texts = [told[name] for name in ("request", "who", "role", "unit", "agency", "idc")]
        times = [told[name] for name in ("nbf", "exp")]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadProposal("bukan baris daftar apel / not a line of a muster's list") from error
    if not all(isinstance(one, str) for one in texts) or not all(type(one) is int for one in times):
        raise BadProposal("bukan baris daftar apel / not a line of a muster's list")
    text, who, role, unit, agency, idc = texts
    return make_proposal(text, Duty(who, role, unit, agency, times[0], times[1], idc), at=at)


@dataclass(frozen=True)
class Signer:
    """An administrator who signs away from the post. chains: where the key's chain stands in each log."""

    key: SigningKey
    known: Mapping[LogName, KnownLog]
    chains: dict[LogName, tuple[int, Eid, int]]

    @property
    def agency(self) -> str:
        """The agency that both logs know this administrator by."""
        return next(iter(self.known.values())).devices.agency(Kid(self.key.kid))

    def sign(self, log: LogName, t: str, *, at: int, members: Mapping[str, Any]) -> bytes:
        """Sign the next event of the chain. Whoever calls keeps it durably before anybody sees it."""
        seq, head, ts = self.chains[log]
        payload: dict[str, Any] = {"v": 1, "t": t, "seq": seq + 1, "prev": head, "ts": max(at, ts)}
        if self.known[log].cp is not None:
            payload["cp"] = list(self.known[log].cp or ())
        jws = sign_event({**payload, **members}, self.key)
        self.chains[log] = (seq + 1, Eid(leaf_id(jws)), max(at, ts))
        return jws

    def propose(self, proposal: Proposal, *, at: int) -> list[tuple[LogName, bytes]]:
        """Sign a proposal in each log its role writes to. Raises: BadProposal where it is another agency's to make."""
        ruling = may_propose(self.agency, proposal.duty.agency, proposal.duty.role)
        if not ruling:
            raise BadProposal(ruling.reason)
        members = enrol_members(proposal.request.key, proposal.duty)
        return [
            (log, self.sign(log, "ledger.enrol", at=at, members=members))
            for log in logs_of(proposal.duty.role)
            if log in self.known
        ]

    def confirm(self, log: LogName, event: Event, *, at: int) -> bytes:
        """Sign the second signature under an enrolment or revocation of another administrator. Raises: BadProposal."""
        devices = self.known[log].devices
        first = devices.agency(event.kid)
        try:
            if event.t == "ledger.enrol":
                enrol = read_enrol(event)
                _check_enrol(enrol, first, self.agency)
                return self.sign(log, "ledger.enrol-ok", at=at, members={"of": event.eid})
            read_revoke(event)
        except (BadShape, BadKey) as error:
            raise BadProposal(str(error)) from error
        if event.kid == self.key.kid or not may_confirm(first, self.agency):
            raise BadProposal(may_confirm(first, self.agency).reason or "tidak boleh diri sendiri / not by oneself")
        return self.sign(log, "ledger.revoke-ok", at=at, members={"of": event.eid})


def _check_enrol(enrol: Enrol, first: str, second: str) -> None:
    check_key(enrol.key)
    check_duty(Duty(enrol.who, enrol.role, enrol.unit, enrol.agency, enrol.nbf, enrol.exp, b64u(bytes(32))))
    ruling = may_stand(enrol, first, second)
    if not ruling:
        raise BadProposal(ruling.reason)


def stand(known: KnownLog, kid: Kid, signed_here: Sequence[Event], *, adopts: bool = False) -> tuple[int, Eid, int]:
    """Where an administrator signs on in one log: seq, eid and ts of the head of its chain.

    signed_here: what this machine ever signed with the key in this log, by seq. adopts: the log may be ahead of it.
    Raises: NotAdministrator, ChainNotWhole.
    """
    told = known.head(kid)
    if told is None or not known.devices.administers(kid):
        raise NotAdministrator("kunci ini bukan admin log ini / this key is no administrator of this log")
    if not signed_here:
        return told
    mine = {event.seq: event for event in signed_here}
    last = signed_here[-1]
    if told[0] in mine and mine[told[0]].eid != told[1]:
        raise ChainNotWhole(
            f"nomor {told[0]} di posko bukan yang ditandatangani di sini: rantai bercabang. Cabut kunci ini. / "
            f"number {told[0]} at the post is not what was signed here: this key's chain is forked. Revoke the key."
        )
    if told[0] > last.seq and not adopts:
        raise ChainNotWhole(
            f"posko sudah punya nomor {told[0]}, di sini baru {last.seq}: kunci ini dipakai juga di tempat lain. / "
            f"the post has number {told[0]}, this machine {last.seq}: the key is used elsewhere too."
        )
    return told if told[0] > last.seq else (last.seq, last.eid, last.ts)


def brought(known: KnownLog, lines: Sequence[bytes]) -> tuple[KnownLog, list[Event]]:
    """Read what another administrator brings, and the log as it will stand with it. Raises: BadProposal."""
    reader = LogReader("dibawa")
    for jws in (*known.brief.events, *lines):
        reader.take(jws)
    content = reader.finish(has_tree=False)
    if content.problems or content.unknown:
        raise BadProposal("ada baris yang tanda tangannya tidak cocok / the signature of a line does not hold")
    events = [event for event in content.events if event is not None]
    start = len(known.brief.events)
    return replace(known, devices=read_devices(events)), events[start:]


def counts(known: KnownLog, lines: Iterable[bytes], kid: Kid, at: int) -> bool:
    """Whether with these lines two agencies have enrolled a key: what is signed in vain is not worth a signature."""
    try:
        devices: Devices = read_devices([read_event(jws).event for jws in (*known.brief.events, *lines)])
    except BadEvent:
        return False
    found = devices.enrolment(kid, at)
    return found is not None and kid not in devices.revocations
