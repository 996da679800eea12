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
    def lasts(self) -> bool:
        """Whether any of it is not over."""
        return any(finding.until is None for finding in self.findings)

    @property
    def since(self) -> int:
        """When the oldest of it began."""
        return min(finding.since for finding in self.findings)


def items(findings: Iterable[Finding], *, limit: int = ITEM_LIMIT) -> list[Item]:
    """Group findings by cause: gravest first, and among these what still lasts.

    While causes are more than `limit`, the code with most causes becomes one item, the mild codes before the grave; the
    last resort joins everything mild. No finding is dropped: every one stands in exactly one item.
    """
    found = list(findings)
    joined: set[tuple[str, Severity]] = set()
    while True:
        grouped = _grouped(found, lambda one: _key(one, joined))
        if len(grouped) <= limit:
            return grouped
        largest = _largest(grouped, joined)
        if largest is None:
            return _grouped(found, _kind)
        joined.add(largest)


def _key(finding: Finding, joined: set[tuple[str, Severity]]) -> str:
    code = (finding.code, finding.severity)
    return ":".join(code) if code in joined else finding.cause


def _kind(finding: Finding) -> str:
    """The last resort: what is mild is one item. Never posts and boxes in one: not everyone may read of both."""
    if finding.severity == "alarm":
        return finding.code
    return f"guard:{finding.severity}" if finding.code.startswith("guard.") else finding.severity


def _largest(grouped: Sequence[Item], joined: set[tuple[str, Severity]]) -> tuple[str, Severity] | None:
    """The code, mild ones first, whose findings stand in most items of their own."""
    causes: dict[tuple[str, Severity], int] = {}
    for item in grouped:
        for code in {(one.code, one.severity) for one in item.findings} - joined:
            causes[code] = causes.get(code, 0) + 1
    several = [code for code, count in causes.items() if count > 1]
    return max(several, key=lambda code: (_GRAVITY[code[1]], causes[code], code), default=None)


def _grouped(findings: Sequence[Finding], key: Callable[[Finding], str]) -> list[Item]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    made = []
    for cause, many in groups.items():
        many.sort(key=lambda one: (_GRAVITY[one.severity], one.until is not None, one.since, one.code, one.subject))
        made.append(Item(cause, many[0].severity, tuple(many)))
    return sorted(made, key=lambda item: (_GRAVITY[item.severity], not item.lasts, item.since, item.cause))
