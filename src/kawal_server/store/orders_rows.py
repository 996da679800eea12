"""Orders, lent forces and the command's log as the folds made them, and the ordinary rows behind them.

The lines are projections: dropped and replayed at will. The rows are not evidence: drafts, demands, and people's phone
numbers, which no log may hold.
"""

from typing import ClassVar

from django.db import models


class OrderLine(models.Model):
    """One order. `extends`: the order it extends; `superseded_by`: one that extends it; `to`: in the order's own order.

    `others`: what units said of it that it was not addressed to: [unit, at, whether they took it on].
    """

    eid = models.CharField(max_length=43, primary_key=True)
    number = models.CharField(max_length=120, db_index=True)
    mh = models.CharField(max_length=43)
    stage = models.CharField(max_length=64)
    extends = models.CharField(max_length=43)
    superseded_by = models.CharField(max_length=43)
    issuer = models.CharField(max_length=64)
    at = models.BigIntegerField(db_index=True)
    until = models.BigIntegerField(null=True, db_index=True)
    to = models.JSONField()
    awaited = models.IntegerField()
    others = models.JSONField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "eid"]


class OrderUnitLine(models.Model):
    """One unit that an order is addressed to. `read_at`, `ack_at`: UNIX seconds, null while it has not."""

    eid = models.CharField(max_length=43, db_index=True)
    unit = models.CharField(max_length=64, db_index=True)
    read_at = models.BigIntegerField(null=True)
    ack_at = models.BigIntegerField(null=True)

    class Meta:
        """By order and unit."""

        ordering: ClassVar = ["eid", "unit"]


class ContingentLine(models.Model):
    """One contingent under BKO. `unit`: whom it is lent to; counts are null while no step names one.

    `first_at`, `last_at`: of its steps; `times`: step -> when it was taken; `steps`: all of them as signed;
    `shortfalls`: [before, after, count, why]; `oddities`: what does not fit together.
    """

    name = models.CharField(max_length=64, primary_key=True)
    origin = models.CharField(max_length=64, db_index=True)
    number = models.CharField(max_length=120)
    unit = models.CharField(max_length=64, db_index=True)
    reached = models.CharField(max_length=12, db_index=True)
    requested = models.IntegerField(null=True)
    approved = models.IntegerField(null=True)
    sent = models.IntegerField(null=True)
    arrived = models.IntegerField(null=True)
    released = models.IntegerField(null=True)
    strength = models.IntegerField()
    tasked = models.IntegerField()
    unmet = models.IntegerField()
    until = models.BigIntegerField(null=True)
    first_at = models.BigIntegerField()
    last_at = models.BigIntegerField()
    times = models.JSONField()
    steps = models.JSONField()
    shortfalls = models.JSONField()
    oddities = models.JSONField()

    class Meta:
        """The first asked for first."""

        ordering: ClassVar = ["first_at", "name"]


class ContingentTaskLine(models.Model):
    """So many of a contingent do one task. `to`: a unit or kecamatan, or ""."""

    contingent = models.CharField(max_length=64, db_index=True)
    task = models.CharField(max_length=12)
    to = models.CharField(max_length=64)
    count = models.IntegerField()
    at = models.BigIntegerField()

    class Meta:
        """By contingent and task."""

        ordering: ClassVar = ["contingent", "task", "to"]


class CommandLogLine(models.Model):
    """One line of the command's log. `unit`: of the device that signed, "" where the post did."""

    eid = models.CharField(max_length=43, primary_key=True)
    at = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=12, db_index=True)
    mode = models.CharField(max_length=12)
    about = models.CharField(max_length=64, db_index=True)
    note = models.TextField()
    unit = models.CharField(max_length=64, db_index=True)
    role = models.CharField(max_length=16)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "eid"]


class OrderDraft(models.Model):
    """An order in the making. `by`: the account that wrote it last, who may not issue it; `eid`: once it is issued."""

    number = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    text = models.TextField()
    to = models.JSONField(default=list)
    until = models.BigIntegerField()
    stage = models.CharField(max_length=64, default="", blank=True)
    extends = models.CharField(max_length=43, default="", blank=True)
    unit = models.CharField(max_length=64, default="", blank=True)
    by = models.CharField(max_length=150)
    made_at = models.BigIntegerField()
    eid = models.CharField(max_length=43, default="", blank=True, db_index=True)
    issued_by = models.CharField(max_length=150, default="", blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-made_at", "-id"]


class ContactRow(models.Model):
    """Whom to call in a desa: kades, Bhabinkamtibmas, Babinsa, PKD. `unit`: whose area it lies in."""

    area = models.CharField(max_length=10, db_index=True)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=24)
    unit = models.CharField(max_length=64, db_index=True)
    changed_at = models.BigIntegerField()

    class Meta:
        """One of each kind in a desa."""

        ordering: ClassVar = ["area", "kind"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "kind"], name="one_contact_a_kind")]


class BkoNeed(models.Model):
    """Forces that are needed and not asked for yet. `source`: what showed it; `contingent`: once it is asked for."""

    unit = models.CharField(max_length=64, db_index=True)
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    count = models.IntegerField()
    skill = models.CharField(max_length=60, default="", blank=True)
    area = models.CharField(max_length=64, default="", blank=True)
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=300, default="", blank=True)
    made_at = models.BigIntegerField()
    contingent = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """The first needed first."""

        ordering: ClassVar = ["starts", "id"]


class OwnForceRow(models.Model):
    """A force that is not lent: the Polres' own, Linmas. It only serves the sum of all who stand ready."""

    name = models.CharField(max_length=120, unique=True)
    count = models.IntegerField()
    unit = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["name"]
