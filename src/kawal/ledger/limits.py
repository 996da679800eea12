"""Limits by finding code: the defaults, and what the register's policy manifest (TOML) changes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULTS: dict[str, dict[str, int]] = {
    "custody.one-sided": {"limit_min": 30},
    "custody.unsealed": {"limit_min": 60},
    "custody.overdue": {"plan_percent": 150},
    "custody.two-places": {"speed_kmh": 150, "slack_min": 30},
    "custody.missing": {"warehouse_h": 24},
    "guard.silent": {"grace_s": 300},
    "guard.fatigue": {"rest_h": 8},
    "ledger.late": {"limit_h": 12},
    "ledger.clock": {"slack_s": 600},
}
"""Finding code -> name -> whole number; the unit stands last in the name."""

STANDING: dict[str, dict[str, int]] = {
    "watch.escalation": {"polres_min": 15, "polda_min": 60},
}
"""Standing orders set by the same manifest: no finding's limits, but whom an open finding is told to when."""


LIMIT_CEILING = 100_000


class BadLimits(ValueError):
    """The policy manifest is not TOML, or sets a limit to something that is not a positive whole number."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits one audit uses, and where each came from ("bawaan" or the manifest's hash)."""

    values: Mapping[str, Mapping[str, int]]
    source: str = "bawaan"

    def of(self, code: str, name: str) -> int:
        """One limit, in the unit its name ends in."""
        return self.values[code][name]

    def seconds(self, code: str, name: str) -> int:
        """One limit in seconds, from its unit (`_s`, `_min`, `_h`)."""
        return self.of(code, name) * {"s": 1, "min": 60, "h": 3600}[name.rpartition("_")[2]]


def default_limits() -> Limits:
    """The limits of docs/operate/settings.md."""
    return Limits(DEFAULTS | STANDING)


def read_limits(text: str, *, source: str) -> Limits:
    """Read a policy manifest over the defaults; unknown tables and names are kept out, not refused.

    Raises: BadLimits.
    """
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadLimits(f"kebijakan bukan TOML / the policy manifest is not TOML: {error}") from error
    return Limits({code: _merged(code, tables.get(code, {})) for code in DEFAULTS | STANDING}, source)


def _merged(code: str, table: object) -> dict[str, int]:
    values = dict((DEFAULTS | STANDING)[code])
    if not isinstance(table, dict):
        raise BadLimits(f"{code}: bukan tabel / not a table")
    for name in values:
        value = table.get(name, values[name])
        if type(value) is not int or not 0 < value <= LIMIT_CEILING:
            raise BadLimits(f"{code}.{name}: bukan bilangan bulat positif / not a positive whole number")
        values[name] = value
    return values
