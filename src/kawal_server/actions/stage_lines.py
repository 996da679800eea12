"""What a judgement says of the command, as rows: what stages may bind, and what was done by day."""

from django.db import models

from kawal.command.activities import by_day
from kawal.sitrep.judged import Judgement
from kawal_server.store.models import ActivityLine, BoundLine


def stage_tables(done: Judgement) -> dict[type[models.Model], list[models.Model]]:
    """The rows of the command's projections."""
    return {
        BoundLine: [
            BoundLine(
                kind=one.kind,
                name=one.name,
                title=one.title,
                stage=one.stage,
                ends=one.ends,
                site=one.site,
                extensions=[[each.order, each.number, each.until, each.stage] for each in one.extensions],
            )
            for one in done.bound
        ],
        ActivityLine: [
            ActivityLine(day=one.day.isoformat(), mode=one.mode, kind=one.kind, count=one.count)
            for one in by_day(done.activities, done.register.zone)
        ],
    }
