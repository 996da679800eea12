"""Rosters in the making: what was asked, how far the planner is, what it found. Ordinary rows until one is published.

Nobody is named in them: people stand by their opaque ids, as in the log, with what planning needs (unit, skills, home
district, days of leave). Closing the operation empties them.
"""

from typing import ClassVar

from django.db import models


class RosterDraft(models.Model):
    """One roster in the making, or what became of it. starts, ends: UNIX seconds.

    kind: roster | replan | what-if, the last two made from `base`. by: the officer's account (pk) that made it; hands:
    all accounts that changed it since. state: queued | running | done | cancelled | failed | published. asked: what a
    re-plan or a "what if" was asked; notes: what the rows lack, [id, en]; problem, plan: kawal.guard.roster.as_json;
    checked: breaches of its hard rules; told: shortages and fairness; changes: a re-plan's, with the cause of each.
    """

    made_at = models.BigIntegerField()
    by = models.CharField(max_length=64)
    hands = models.JSONField(default=list)
    unit = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=8, default="roster")
    base = models.IntegerField(null=True)
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    template = models.CharField(max_length=8)
    asked = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    problem = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="queued", db_index=True)
    is_cancelled = models.BooleanField(default=False)
    progress = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    checked = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    seconds = models.IntegerField(default=60)
    message = models.CharField(max_length=600, default="", blank=True)
    eid = models.CharField(max_length=43, default="", blank=True, db_index=True)
    published_by = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-made_at", "-id"]


class PlannedPersonRow(models.Model):
    """What only the planner asks of a person. contingent: of BKO; exclusions: posts or region codes not to guard."""

    who = models.CharField(max_length=32, primary_key=True)
    contingent = models.CharField(max_length=64, default="", blank=True)
    exclusions = models.JSONField(default=list)

    class Meta:
        """By id."""

        ordering: ClassVar = ["who"]
