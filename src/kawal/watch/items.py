"""Findings as things to do: what one cause broke is one item, and a district never has more than twenty."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kawal.ledger.finding import Finding, Severity

ITEM_LIMIT = 20
_GRAVITY: dict[Severity, int] = {"alarm": 0, "warn": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Item:
    """What a person looks at once. `findings`: gravest and oldest first."""

    cause: str
    severity: Severity
    findings: tuple[Finding, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The things concerned, each once."""
        return tuple(dict.fromkeys(finding.subject for finding in self.findings))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in it, each once."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings))

    @property
    def since(self) -> int:
        """When the oldest of it began."""
        return min(finding.since for finding in self.findings)


def items(findings: Iterable[Finding], *, limit: int = ITEM_LIMIT) -> list[Item]:
    """Group findings by cause, gravest first.

    Where causes are more than `limit`, the mild ones are joined by code, then the grave ones; the last resort joins
    everything mild. No finding is dropped: every one stands in exactly one item.
    """
    found = list(findings)
    steps: Sequence[Callable[[Finding], str]] = (
        lambda one: one.cause,
        lambda one: one.cause if one.severity == "alarm" else one.code,
        lambda one: f"{one.code}:{one.severity}",
        lambda one: one.code if one.severity == "alarm" else one.severity,
    )
    grouped: list[Item] = []
    for key in steps:
        grouped = _grouped(found, key)
        if len(grouped) <= limit:
            break
    return grouped


def _grouped(findings: Sequence[Finding], key: Callable[[Finding], str]) -> list[Item]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    made = []
    for cause, many in groups.items():
        many.sort(key=lambda one: (_GRAVITY[one.severity], one.since, one.code, one.subject))
        made.append(Item(cause, many[0].severity, tuple(many)))
    return sorted(made, key=lambda item: (_GRAVITY[item.severity], item.since, item.cause))
