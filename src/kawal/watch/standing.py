"""Standing orders: who is told of what is wrong at a post, by rank and by the minutes for which it has lasted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kawal.command.units import Jurisdiction, Units
from kawal.ledger.clock import duration
from kawal.ledger.finding import Finding, Says
from kawal.ledger.limits import Limits
from kawal.watch.titles import title

STANDING_CODES = ("guard.uncovered", "guard.relief-gap", "guard.silent", "guard.away", "guard.count")
"""What is told upward while it lasts. Rest that was too short is over when it is known."""
_WAITS: Mapping[str, str] = {"polsek": "", "polres": "polres_min", "polda": "polda_min"}


@dataclass(frozen=True, slots=True)
class Told:
    """One unit that a finding is told to by now, UNIX seconds. answered_at: when somebody took it up, if they did."""

    post: str
    code: str
    unit: str
    since: int
    at: int
    answered_at: int | None
    why: Says


def escalations(
    findings: Iterable[Finding],
    now: int,
    units: Units,
    jurisdiction: Jurisdiction,
    area_of_post: Callable[[str], str],
    limits: Limits,
    *,
    answered: Mapping[str, int] | None = None,
) -> list[Told]:
    """Tell who has been told by now: the Polsek at once, the Polres and the Polda each after its minutes.

    area_of_post: region code of a post's site, "" where it is not known; answered: by post, when an order about it was
    acknowledged or command logged it. That is shown, and stops no clock: only what ends the finding does. Expected
    silence is no finding, so nobody is told of it.
    """
    told: list[Told] = []
    for finding in findings:
        if finding.code not in STANDING_CODES or finding.until is not None or finding.since > now:
            continue
        taken_up = (answered or {}).get(finding.subject)
        # What was done before it began was done about something else.
        taken_up = taken_up if taken_up is not None and taken_up >= finding.since else None
        for unit, wait in _ranks(area_of_post(finding.subject), units, jurisdiction, limits):
            if finding.since + wait <= now:
                told.append(_told(finding, unit, finding.since + wait, taken_up))
    return sorted(told, key=lambda one: (one.at, one.post, one.code, one.unit))


def _ranks(area: str, units: Units, jurisdiction: Jurisdiction, limits: Limits) -> Iterator[tuple[str, int]]:
    """The post's chain of command with the seconds each waits; the nearest unit that there is waits for nothing."""
    ranked = [
        (unit, _WAITS[kind]) for unit in _chain(area, units, jurisdiction) if (kind := _kind(unit, units)) in _WAITS
    ]
    for place, (unit, name) in enumerate(ranked):
        yield unit, limits.seconds("watch.escalation", name) if place and name else 0


def _chain(area: str, units: Units, jurisdiction: Jurisdiction) -> tuple[str, ...]:
    """Polsek, Polres and Polda of a place; of a kabupaten's own store the Polres first. Unknown: who commands all."""
    polsek = f"polsek-{area[:6]}"
    if len(area) >= 6 and polsek in units.by_name:
        return units.chain(polsek)
    if len(area) >= 4:
        return units.chain(jurisdiction.polres(area))
    return tuple(name for name, unit in sorted(units.by_name.items()) if unit.kind == "polda")


def _kind(unit: str, units: Units) -> str:
    found = units.by_name.get(unit)
    return found.kind if found else unit.partition("-")[0]


def _told(finding: Finding, unit: str, at: int, answered_at: int | None) -> Told:
    lasted = at - finding.since
    why = []
    for language, tell in (("id", _in_indonesian), ("en", _in_english)):
        words = title(finding.code, language=language)
        why.append(tell(words, finding.subject, duration(lasted, language=language), lasted, answered_at is not None))
    return Told(finding.subject, finding.code, unit, finding.since, at, answered_at, Says(why[0], why[1]))


def _in_indonesian(words: str, post: str, long: str, lasted: int, is_answered: bool) -> str:
    since = f"belum pulih setelah {long}" if lasted else "baru diketahui"
    answer = "sudah ditanggapi, belum pulih" if is_answered else "belum ada yang menanggapi"
    return f"{words}, pos {post}: {since}; {answer}. Pastikan pos terjaga dan laporkan."


def _in_english(words: str, post: str, long: str, lasted: int, is_answered: bool) -> str:
    since = f"not restored after {long}" if lasted else "just found"
    answer = "taken up, not restored" if is_answered else "nobody has taken it up"
    return f"{words}, post {post}: {since}; {answer}. See that the post is held, and report."
