"""Who may read which log: what the security log says of posts and guards is not every office's to read."""

from django.core.exceptions import PermissionDenied

from kawal.ledger.log_of import KOTAK, LOG_NAMES, LogName
from kawal_server.accounts.access import may


def logs_of(officer: object) -> tuple[LogName, ...]:
    """The logs whose events an officer may read; that a log is whole, anyone may check."""
    return LOG_NAMES if may(officer, "see-guard") else (KOTAK,)


def allow(officer: object, log: LogName) -> None:
    """Let pass whoever may read a log. Raises: PermissionDenied."""
    if log not in logs_of(officer):
        raise PermissionDenied(log)
