"""What is said of failures at the door: to the machine's log without names or addresses, to the account its waits."""

import logging

from kawal_server.accounts.events import note_event
from kawal_server.accounts.guesses import Verdict
from kawal_server.accounts.models import Officer

_logger = logging.getLogger(__name__)


def tell_of_wait(verdict: Verdict, officer: Officer | None, *, what: str = "password") -> None:
    """A secret was wrong. Where that made a wait the longest, it is also an event of the account tried."""
    _logger.warning("sign-in: wrong %s%s", what, ", longest wait" if verdict.is_new_longest else "")
    if verdict.is_new_longest and officer is not None:
        note_event("waits", officer, note=what)
