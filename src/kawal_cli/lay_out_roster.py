"""A roster for the demonstration: asked for as an officer would, and planned by the post's own worker."""

from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from kawal.election.lists.dates import ZONE_HOURS

if TYPE_CHECKING:
    from kawal_server.store.models import Operation

DAYS, TEMPLATE, SECONDS = 2, "2x12", 10
MORNING = time(7)
BY = "demo"


def lay_out_roster(operation: "Operation", *, now: int) -> None:
    """Queue a small roster of the Polres from tomorrow's first shift on, once. now: UNIX seconds.

    Nothing is planned here and nothing is made up: until the worker is through, the page says that it is planning.
    """
    from kawal.guard.roster.as_json import as_json
    from kawal_server.actions.roster_problem import Asked, gather, own_forces
    from kawal_server.store.models import RosterDraft

    if RosterDraft.objects.exists():
        return
    unit = f"polres-{operation.area.replace('.', '').split(',')[0][:4]}"
    starts = _tomorrow(now, operation.zone)
    ends = starts + DAYS * 86_400
    asked = Asked(unit, starts, ends, TEMPLATE, forces=own_forces(unit), seconds=SECONDS)
    gathered = gather(asked, now=now)
    if not gathered.problem.slots or not gathered.problem.people:
        return
    RosterDraft.objects.create(
        made_at=now,
        by=BY,
        unit=unit,
        starts=starts,
        ends=ends,
        template=TEMPLATE,
        notes=[list(one) for one in gathered.notes],
        problem=as_json(gathered.problem),
        seconds=SECONDS,
    )


def _tomorrow(now: int, zone: str) -> int:
    ahead = timezone(timedelta(hours=ZONE_HOURS[zone]))
    day = datetime.fromtimestamp(now, ahead).date() + timedelta(days=1)
    return int(datetime.combine(day, MORNING, ahead).timestamp())
