"""The rules of a roster as an office fills them in: numbers with the order they come from, never below the floor."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from kawal.guard.roster.problem import Limit, Rules
from kawal.guard.roster.rules import ASSUMED, usual_rules

NUMBERS: Mapping[str, tuple[int, int]] = {
    "rest_hours": (8, 48),
    "days_of_7": (1, 7),
    "nights_of_4": (0, 4),
    "duties_of_14": (1, 28),
    "linmas_one_in": (1, 10),
}
"""Each number with the least and the most it may be; the least rest is the planner's own floor."""
_LIMITS = {"days-7": "days_of_7", "nights-4": "nights_of_4", "duties-14": "duties_of_14"}


class BadRules(ValueError):
    """A rule's number cannot be. fields: field -> what is so and what to do, in both languages."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.fields = dict(wrong)


@dataclass(frozen=True, slots=True)
class RuleNumbers:
    """The numbers of the rules. source: the order or regulation they come from; "" while they are assumptions."""

    rest_hours: int = 16
    days_of_7: int = 6
    nights_of_4: int = 3
    duties_of_14: int = 12
    linmas_one_in: int = 3
    source: str = ""


def rules_of(numbers: RuleNumbers) -> Rules:
    """The rules with these numbers. A changed number bears its source. Raises: BadRules."""
    wrong = {name: _range(*most) for name, most in NUMBERS.items() if not _is_within(getattr(numbers, name), *most)}
    usual = RuleNumbers()
    changed = {one.name for one in fields(usual) if getattr(numbers, one.name) != getattr(usual, one.name)} - {"source"}
    if changed and len(numbers.source.strip()) < 3:
        wrong["source"] = (
            "Angkanya diubah. Tulis dasarnya, misalnya nomor sprin. / A number was changed. Write where it comes "
            "from, such as the number of the order."
        )
    if wrong:
        raise BadRules(wrong)
    source = numbers.source.strip()[:120] or ASSUMED
    rules = usual_rules(rest_hours=numbers.rest_hours)
    return replace(
        rules,
        rests=tuple(replace(one, source=source) if one.rule == "rest" else one for one in rules.rests),
        limits=tuple(_limit(one, numbers, source) for one in rules.limits),
        shares=tuple(replace(one, one_in=numbers.linmas_one_in, source=source) for one in rules.shares),
    )


def _limit(one: Limit, numbers: RuleNumbers, source: str) -> Limit:
    return replace(one, most=getattr(numbers, _LIMITS[one.rule]), source=source) if one.rule in _LIMITS else one


def _is_within(number: int, least: int, most: int) -> bool:
    return least <= number <= most


def _range(least: int, most: int) -> str:
    return f"Isi angka {least} sampai {most}. / Give a number from {least} to {most}."


def told(rules: Rules) -> list[tuple[str, int | None, str]]:
    """Every rule by its name, with its number, None where it has none, and its source."""
    return [
        *((one.rule, one.hours, one.source) for one in rules.rests),
        *((one.rule, one.most, one.source) for one in rules.limits),
        *((one.rule, one.one_in, one.source) for one in rules.shares),
        *((one.rule, None, one.source) for one in rules.bans),
    ]
