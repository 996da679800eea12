"""Who must give a second factor, and what counts as one."""

from collections.abc import Sequence

from kawal_server.accounts.access import is_powerful
from kawal_server.accounts.models import FactorRow, Officer, RecoveryRow
from kawal_server.store.models import Operation

MOST = 12
NAME_LIMIT = 60


def factors_of(officer: Officer) -> Sequence[FactorRow]:
    """The officer's second factors, without codes on paper."""
    return list(FactorRow.objects.filter(officer=officer))


def has_factor(officer: Officer) -> bool:
    """Whether the officer has a second factor."""
    return FactorRow.objects.filter(officer=officer).exists()


def is_waived() -> bool:
    """Whether nobody has to enrol a factor here: only in a demonstration, where nothing is real."""
    return Operation.objects.filter(is_demo=True).exists()


def must_prove(officer: Officer) -> bool:
    """Whether a password alone is not enough: a powerful office, or somebody who chose to have a second factor."""
    return has_factor(officer) or (is_powerful(officer.office) and not is_waived())


def drop_factors(officer: Officer) -> None:
    """Take all second factors and codes on paper away."""
    FactorRow.objects.filter(officer=officer).delete()
    RecoveryRow.objects.filter(officer=officer).delete()
