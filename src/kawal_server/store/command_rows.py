"""The command at this post: units and jurisdiction, stages and what they bind, people and their roles.

Ordinary rows, not evidence; the two lines among them are projections of the log.
"""

from typing import ClassVar

from django.db import models


class UnitRow(models.Model):
    """One unit (kawal.command.units.Unit). `commanded_by`, `elected_under`: the unit above in each tree, or ""."""

    unit = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    agency = models.CharField(max_length=16)
    area = models.CharField(max_length=10)
    commanded_by = models.CharField(max_length=64, default="", blank=True)
    elected_under = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["unit"]


class JurisdictionRow(models.Model):
    """One kecamatan and the Polres that polices it."""

    district = models.CharField(max_length=6, primary_key=True)
    polres = models.CharField(max_length=64)

    class Meta:
        """By code."""

        ordering: ClassVar = ["district"]


class StageRow(models.Model):
    """One stage (kawal.command.stages.Stage). starts, ends: UNIX seconds, `ends` outside; name: "" for a usual one.

    proposed_from: the day of the vote that its days follow from; null once somebody typed them.
    """

    stage = models.CharField(max_length=32, primary_key=True)
    order = models.IntegerField(default=0)
    name = models.CharField(max_length=80, default="", blank=True)
    starts = models.BigIntegerField(null=True)
    ends = models.BigIntegerField(null=True)
    is_left_out = models.BooleanField(default=False)
    proposed_from = models.DateField(null=True)

    class Meta:
        """In the order of the law; dates may overlap."""

        ordering: ClassVar = ["order", "stage"]


class StageMoveRow(models.Model):
    """One moving of a stage's end, kept for whoever asks who did it and why. by: the officer's account."""

    stage = models.CharField(max_length=32, db_index=True)
    before = models.BigIntegerField(null=True)
    after = models.BigIntegerField()
    why = models.CharField(max_length=200)
    by = models.CharField(max_length=150, default="", blank=True)
    at = models.BigIntegerField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-id"]


class BindingRow(models.Model):
    """What somebody bound to a stage by hand. name: of the post, or the eid of the order or roster.

    released: number of the record by which KPU took over what a post guarded.
    """

    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=64)
    stage = models.CharField(max_length=32, default="", blank=True)
    released = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        """One row a thing."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "name"], name="one_binding_a_thing")]


class BoundLine(models.Model):
    """A projection: one thing that a stage may bind (kawal.command.lapsing.Bound), as the record says.

    extensions: list of [eid, number, until, stage] of the orders that let it stand longer.
    """

    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=64)
    title = models.CharField(max_length=80)
    stage = models.CharField(max_length=64)
    ends = models.BigIntegerField()
    site = models.CharField(max_length=64)
    extensions = models.JSONField()

    class Meta:
        """By kind and name."""

        ordering: ClassVar = ["kind", "name"]


class ActivityLine(models.Model):
    """A projection: how many activities of a kind counted as a mode on one local day (kawal.command.activities)."""

    day = models.CharField(max_length=10)
    mode = models.CharField(max_length=12)
    kind = models.CharField(max_length=32)
    count = models.IntegerField()

    class Meta:
        """By day."""

        ordering: ClassVar = ["day", "mode", "kind"]


class PersonRow(models.Model):
    """One person (kawal.command.people.Person); no log holds any of it but `who`, which says nothing by itself.

    skills: list of words; leave: list of [first, last] as ISO dates; home_district: 6 digits or "".
    """

    who = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=120)
    rank = models.CharField(max_length=20, default="", blank=True)
    nrp = models.CharField(max_length=18, default="", blank=True)
    unit = models.CharField(max_length=64, db_index=True)
    agency = models.CharField(max_length=16)
    skills = models.JSONField(default=list)
    phone = models.CharField(max_length=18, default="", blank=True)
    home_district = models.CharField(max_length=6, default="", blank=True)
    leave = models.JSONField(default=list)

    class Meta:
        """By unit, then by name."""

        ordering: ClassVar = ["unit", "name", "who"]


class TaskForceRow(models.Model):
    """One task force (kawal.command.task_forces.TaskForce). mode: "" where every activity says for itself."""

    key = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=80)
    mode = models.CharField(max_length=12, default="", blank=True)
    order = models.IntegerField(default=0)

    class Meta:
        """As the plan of operation lists them."""

        ordering: ClassVar = ["order", "key"]


class RoleRow(models.Model):
    """Somebody in a role (kawal.command.roles.Assignment). about: task force of a Kasatgas, area of a Padal."""

    role = models.CharField(max_length=16)
    who = models.CharField(max_length=32, db_index=True)
    about = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """One person once in a role."""

        ordering: ClassVar = ["role", "about", "who"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "who", "about"], name="once_in_a_role")]
