"""Who may speak: enrolments by two administrators of different agencies, expiry, and revocations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from kawal.ledger.event import INTEGER_LIMIT, Eid, Event, Kid
from kawal.ledger.events import BadShape, Enrol, Revoke, answers, read_enrol, read_genesis, read_revoke

Standing = Literal["good", "unenrolled", "one-agency", "expired", "revoked"]
_Term = tuple[int, int]
_ALWAYS: _Term = (0, INTEGER_LIMIT)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An enrolment with its second signature: the device counts from here on."""

    enrol: Enrol
    eid: Eid
    by: Kid
    ok: Eid
    ok_by: Kid


@dataclass(frozen=True, slots=True)
class Revocation:
    """A revocation with its second signature."""

    revoke: Revoke
    eid: Eid
    ok: Eid


@dataclass(frozen=True, slots=True)
class OneAgency:
    """An enrolment whose two administrators belong to one agency: it does not count."""

    kid: Kid
    enrol: Eid
    ok: Eid
    at: int
    agency: str


@dataclass(frozen=True, slots=True)
class Devices:
    """The devices of one log.

    admins: genesis administrators with their agency ("" where nothing tells it). lines: of a revoked device, the pid of
    each event that provably leads to its last good one, by seq.
    """

    genesis: Eid | None
    admins: Mapping[Kid, str]
    enrolments: Mapping[Kid, tuple[Enrolment, ...]]
    revocations: Mapping[Kid, Revocation]
    one_agency: tuple[OneAgency, ...]
    lines: Mapping[Kid, Mapping[int, str]] = field(default_factory=dict)

    def enrolment(self, kid: Kid, at: int) -> Enrolment | None:
        """The enrolment that covers this second, else the device's last one, else None."""
        many = self.enrolments.get(kid, ())
        covering = [one for one in many if one.enrol.nbf <= at <= one.enrol.exp]
        best = covering or list(many)
        return best[-1] if best else None

    def standing(self, event: Event, at: int) -> Standing:
        """Tell whether an event counts. at: its claimed time held inside its provable interval."""
        if event.kid not in self.admins:
            found = self.enrolment(event.kid, at)
            if found is None:
                is_one_agency = any(one.kid == event.kid for one in self.one_agency)
                return "one-agency" if is_one_agency else "unenrolled"
            if not found.enrol.nbf <= at <= found.enrol.exp:
                return "expired"
        return "revoked" if self._is_after_good(event, at) else "good"

    def _is_after_good(self, event: Event, at: int) -> bool:
        revocation = self.revocations.get(event.kid)
        if revocation is None:
            return False
        if revocation.revoke.good is None:
            return at > revocation.revoke.since
        seq, eid = revocation.revoke.good
        pid = self.lines.get(event.kid, {}).get(event.seq)
        if pid is not None:
            return event.pid != pid
        return event.seq > seq or (event.seq == seq and seq > 0 and event.eid != eid)

    def roots(self, kid: Kid) -> tuple[Eid, ...]:
        """What the first event of a device's chain may name as `prev`: its enrolments, or the genesis of an admin."""
        many = tuple(one.eid for one in self.enrolments.get(kid, ()))
        return (*many, self.genesis) if kid in self.admins and self.genesis else many

    def administers(self, kid: Kid) -> bool:
        """Whether a key is an administrator's, of the genesis or enrolled, and was not withdrawn."""
        is_enrolled = any(one.enrol.role == "admin" for one in self.enrolments.get(kid, ()))
        return (kid in self.admins or is_enrolled) and kid not in self.revocations

    def agency(self, kid: Kid) -> str:
        """The agency of a device; "" where nothing tells it."""
        many = self.enrolments.get(kid, ())
        return many[-1].enrol.agency if many else self.admins.get(kid, "")


def read_devices(events: Iterable[Event]) -> Devices:
    """Fold the ledger's own events of one log into its devices.

    events: verified events of one log, in log order, so that the genesis comes first; an enrolment and its confirmation
    may stand in any order.
    """
    many = list(events)
    draft = _Draft(many)
    for event in many:
        draft.take(event, is_first=event is many[0])
    devices = draft.settle()
    return replace(devices, lines=_good_lines(devices.revocations, many))


def _good_lines(revocations: Mapping[Kid, Revocation], events: Iterable[Event]) -> dict[Kid, dict[int, str]]:
    # A thief may fork the chain below the last good head: what does not lead to that head does not count.
    chains: dict[Kid, dict[str, Event]] = {}
    for event in events:
        if event.kid in revocations:
            chains.setdefault(event.kid, {})[event.eid] = event
    lines: dict[Kid, dict[int, str]] = {}
    for kid, chain in chains.items():
        good = revocations[kid].revoke.good
        event_at = chain.get(good[1]) if good else None
        while event_at is not None:
            lines.setdefault(kid, {})[event_at.seq] = event_at.pid
            event_at = chain.get(event_at.prev)
    return lines


@dataclass
class _Withdrawn:
    """What is withdrawn so far, and the lines that still count of whoever is withdrawn and administers."""

    revocations: dict[Kid, Revocation] = field(default_factory=dict)
    lines: dict[Kid, dict[int, str]] = field(default_factory=dict)

    def is_after(self, event: Event) -> bool:
        """Whether an administrator signed this after its last good head, or beside the line that leads to it."""
        revocation = self.revocations.get(event.kid)
        if revocation is None:
            return False
        good = revocation.revoke.good
        if good is None:
            return event.ts > revocation.revoke.since
        pid = self.lines.get(event.kid, {}).get(event.seq)
        return event.pid != pid if pid is not None else event.seq > good[0]


@dataclass(frozen=True)
class _Grown:
    """Who administers in which terms, and what they enrolled, given what is withdrawn."""

    terms: Mapping[Kid, Sequence[_Term]]
    agencies: Mapping[Kid, str]
    enrolments: Mapping[Kid, Sequence[Enrolment]]
    refused: Mapping[Eid, OneAgency]


class _Draft:
    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events
        self.genesis: Event | None = None
        self.admins: dict[Kid, str] = {}
        self.enrols: dict[Eid, tuple[Enrol, Event]] = {}
        self.revokes: dict[Eid, tuple[Revoke, Event]] = {}
        self.enrol_oks: list[Event] = []
        self.revoke_oks: list[Event] = []

    def take(self, event: Event, *, is_first: bool) -> None:
        try:
            match event.t:
                case "ledger.genesis" if is_first and event.prev == "":
                    self.admins = {admin.kid: admin.agency for admin in read_genesis(event).admins}
                    self.genesis = event
                case "ledger.enrol":
                    self.enrols[event.eid] = (read_enrol(event), event)
                case "ledger.enrol-ok":
                    self.enrol_oks.append(event)
                case "ledger.revoke":
                    self.revokes[event.eid] = (read_revoke(event), event)
                case "ledger.revoke-ok":
                    self.revoke_oks.append(event)
        except BadShape:
            return

    def settle(self) -> Devices:
        # In log order: whoever was withdrawn before withdraws nobody, and a copy of an old administrator's key undoes
        # nothing. A withdrawal that counted once stays, whatever a later one says of those who signed it.
        withdrawn = _Withdrawn()
        grown = self._grow(withdrawn)
        for ok in self.revoke_oks:
            for of in answers(ok):
                pair = self.revokes.get(of)
                if pair is None or pair[0].kid in withdrawn.revocations:
                    continue
                if not _may_pair(pair[1], ok, grown.terms, withdrawn):
                    continue
                revocation = Revocation(pair[0], of, ok.eid)
                withdrawn.revocations[revocation.revoke.kid] = revocation
                if revocation.revoke.kid in grown.terms:
                    withdrawn.lines |= _good_lines({revocation.revoke.kid: revocation}, self.events)
                    grown = self._grow(withdrawn)
        confirmed = {one.eid for many in grown.enrolments.values() for one in many}
        return Devices(
            self.genesis.eid if self.genesis else None,
            {kid: grown.agencies.get(kid, "") for kid in self.admins},
            {kid: tuple(many) for kid, many in grown.enrolments.items()},
            withdrawn.revocations,
            tuple(one for eid, one in grown.refused.items() if eid not in confirmed),
        )

    def _grow(self, withdrawn: _Withdrawn) -> _Grown:
        terms: dict[Kid, list[_Term]] = {kid: [_ALWAYS] for kid in self.admins}
        agencies = self._genesis_agencies(terms, withdrawn)
        # An administrator enrolled by administrators may enrol others in turn: repeat until nobody is added.
        while True:
            before = dict(terms)
            enrolments, refused = self._confirmed(terms, agencies, withdrawn)
            for kid, many in enrolments.items():
                admin = [one.enrol for one in many if one.enrol.role == "admin"]
                if admin and kid not in self.admins:
                    terms[kid] = [(enrol.nbf, enrol.exp) for enrol in admin]
                    agencies.setdefault(kid, admin[0].agency)
            if terms == before:
                return _Grown(terms, agencies, enrolments, refused)

    def _genesis_agencies(self, terms: Mapping[Kid, Sequence[_Term]], withdrawn: _Withdrawn) -> dict[Kid, str]:
        # Only what two administrators signed tells an agency: one alone could call itself another agency's.
        agencies = {kid: agency for kid, agency in self.admins.items() if agency}
        signed, _ = self._confirmed(terms, {}, withdrawn)
        for kid in self.admins:
            for one in signed.get(kid, ()):
                agencies.setdefault(kid, one.enrol.agency)
        return agencies

    def _confirmed(
        self, terms: Mapping[Kid, Sequence[_Term]], agencies: Mapping[Kid, str], withdrawn: _Withdrawn
    ) -> tuple[dict[Kid, list[Enrolment]], dict[Eid, OneAgency]]:
        enrolments: dict[Kid, list[Enrolment]] = {}
        refused: dict[Eid, OneAgency] = {}
        taken: set[Eid] = set()
        for ok in self.enrol_oks:
            for of in answers(ok):
                pair = self.enrols.get(of)
                if pair is None or of in taken or not _may_pair(pair[1], ok, terms, withdrawn):
                    continue
                enrol, event = pair
                agency = agencies.get(event.kid, "")
                if agency and agency == agencies.get(ok.kid, ""):
                    refused.setdefault(of, OneAgency(enrol.kid, of, ok.eid, event.ts, agency))
                    continue
                taken.add(of)
                enrolments.setdefault(enrol.kid, []).append(Enrolment(enrol, of, event.kid, ok.eid, ok.kid))
        return enrolments, refused


def _may_pair(first: Event, second: Event, terms: Mapping[Kid, Sequence[_Term]], withdrawn: _Withdrawn) -> bool:
    if first.kid == second.kid:
        return False
    return all(_is_in_term(event, terms) and not withdrawn.is_after(event) for event in (first, second))


def _is_in_term(event: Event, terms: Mapping[Kid, Sequence[_Term]]) -> bool:
    return any(since <= event.ts <= until for since, until in terms.get(event.kid, ()))
