"""What is wrong, and why: the shape of every finding, and how grave each code is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kawal.ledger.event import Eid

Severity = Literal["info", "warn", "alarm"]

SEVERITY: dict[str, Severity] = {
    "custody.gap": "alarm",
    "custody.one-sided": "warn",
    "custody.same-person": "alarm",
    "custody.wrong-roles": "alarm",
    "custody.seal-mismatch": "alarm",
    "custody.opened": "alarm",
    "custody.unsealed": "warn",
    "custody.two-places": "alarm",
    "custody.count": "alarm",
    "custody.missing": "alarm",
    "custody.unknown": "alarm",
    "custody.seal-reused": "alarm",
    "custody.early": "warn",
    "custody.overdue": "warn",
    "custody.order": "alarm",
    "guard.silent": "warn",
    "guard.uncovered": "alarm",
    "guard.relief-gap": "warn",
    "guard.fatigue": "warn",
    "guard.count": "warn",
    "guard.away": "warn",
    "ledger.chain-gap": "warn",
    "ledger.fork": "alarm",
    "ledger.clock": "warn",
    "ledger.revoked": "alarm",
    "ledger.unenrolled": "alarm",
    "ledger.expired": "warn",
    "ledger.one-agency": "warn",
    "ledger.split-view": "alarm",
    "ledger.late": "warn",
    "ledger.withheld": "alarm",
}
"""Severity by code, as docs/format/findings.md says; a finding may be milder where that page allows it."""


@dataclass(frozen=True, slots=True)
class Says:
    """The same sentence in both languages: it names the thing, the time and the reason."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `since`, `until`: UNIX seconds, `until` None while it lasts; `evidence`: eids.

    `cause` names what a person would mend (a device, a hand-over, a session): findings of one cause are one item.
    """

    code: str
    severity: Severity
    subject: str
    since: int
    until: int | None
    evidence: tuple[Eid, ...]
    says: Says
    cause: str = ""

    def as_json(self) -> dict[str, object]:
        """The published shape (docs/format/findings.md)."""
        return {
            "code": self.code,
            "severity": self.severity,
            "subject": self.subject,
            "from": self.since,
            "to": self.until,
            "evidence": list(self.evidence),
            "says": {"id": self.says.id, "en": self.says.en},
        }


def found(
    code: str,
    subject: str,
    *,
    since: int,
    until: int | None,
    evidence: Iterable[Eid],
    says: Says,
    cause: str = "",
    severity: Severity | None = None,
) -> Finding:
    """Make a finding with its code's own severity, unless a milder one is given."""
    unique = tuple(dict.fromkeys(evidence))
    return Finding(code, severity or SEVERITY[code], subject, since, until, unique, says, cause or subject)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort by (code, subject, from), the order in which an audit prints."""
    return sorted(findings, key=lambda one: (one.code, one.subject, one.since, one.until or 0, one.evidence))
