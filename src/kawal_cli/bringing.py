"""Events that come on a stick: the same intake as over the network, without a server."""

from collections.abc import Iterable, Iterator
from itertools import islice

from kawal.ledger.log_of import LogName

BATCH = 500


def bring(log: LogName, lines: Iterable[bytes]) -> Iterator[dict[str, object]]:
    """Take lines in, 500 a transaction; yields one answer for each line that is not empty, as the API gives it."""
    from kawal_server.actions.take_in import take_in

    source = (line.rstrip(b"\n") for line in lines)
    number = 0
    while many := list(islice(source, BATCH)):
        wanted = [(number + at, line) for at, line in enumerate(many, 1) if line]
        for (at, _), answer in zip(wanted, take_in(log, [line for _, line in wanted]), strict=True):
            yield answer.as_json(at)
        number += len(many)
