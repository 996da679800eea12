"""The operation's own weights: how much each instrument counts, and each of Bawaslu's variables. No rule says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kawal.risk.indicators import VARIABLES
from kawal.risk.register import INSTRUMENTS

MOST = 100
_VARIABLE_KEYS = tuple(one.key for one in VARIABLES)


class BadWeights(ValueError):
    """Weights that give no score; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Instrument -> weight, variable -> weight; whole numbers from 0 to 100. 0 takes a thing out of the score."""

    instruments: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(INSTRUMENTS, 1))
    variables: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(_VARIABLE_KEYS, 1))


USUAL = Weights()
"""All alike, until an operation decides otherwise and says why."""


def check(weights: Weights) -> Weights:
    """Give the weights back where they can be used. Raises: BadWeights."""
    for given, known in ((weights.instruments, INSTRUMENTS), (weights.variables, _VARIABLE_KEYS)):
        if set(given) != set(known):
            raise BadWeights(
                f"Isi bobot untuk tepat: {', '.join(known)}. / Give weights for exactly: {', '.join(known)}."
            )
        if any(type(one) is not int or not 0 <= one <= MOST for one in given.values()):
            raise BadWeights(f"Bobot adalah bilangan bulat 0 sampai {MOST}. / A weight is a whole number, 0 to {MOST}.")
        if not any(given.values()):
            raise BadWeights("Paling sedikit satu bobot harus lebih dari 0. / At least one weight must be more than 0.")
    return weights


def share(weights: Weights, variables: Iterable[str]) -> int:
    """The share of Bawaslu's variables that some make up by weight, in hundredths, rounded up."""
    total = sum(weights.variables.values())
    touched = sum(weights.variables.get(one, 0) for one in set(variables))
    return -(-100 * touched // total) if total else 0
