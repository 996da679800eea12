"""Take in a list of classes or scores: the good rows are kept, each bad one is named by its number and its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from kawal.election.lists.problems import RowProblem, Skipped
from kawal.election.lists.tables import alike, best_tables
from kawal.risk.lists import read_risk
from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.actions.area_of_post import places_of
from kawal_server.actions.keep_risk import keep_entries
from kawal_server.actions.open_lists import open_list
from kawal_server.actions.open_operation import NoOperation
from kawal_server.actions.reach_risk import may_write_place, unit_finder
from kawal_server.actions.read_lists import EmptyList
from kawal_server.store.models import Operation


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list. kept: how many rows stand in the register now; skipped: rows that are no entries."""

    kept: int
    problems: Sequence[RowProblem]
    skipped: Sequence[Skipped]


def import_risk(officer: Officer, content: bytes, *, stage: str) -> Imported:
    """Read a file and keep its good rows. stage: for rows that name none.

    Raises: PermissionDenied, ListRefused, EmptyList, ColumnsMissing, NoOperation.
    """
    if not may(officer, "change-risk"):
        raise PermissionDenied("change-risk")
    operation = Operation.objects.first()
    if operation is None:
        raise NoOperation
    places, find = places_of(operation), unit_finder()
    tables = best_tables(open_list(content), "risk", places)
    if not tables:
        raise EmptyList
    read = read_risk(alike(tables), places, stage=stage, may_keep=lambda place: may_write_place(officer, place, find))
    kept = keep_entries(officer, [one.entry for one in read.rows])
    return Imported(len(kept), read.problems, read.skipped)
