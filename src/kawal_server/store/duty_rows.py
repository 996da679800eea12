"""What the fold of guarding makes of the log, in tables that pages read. All of it can be dropped and replayed."""

from typing import ClassVar

from django.db import models


class PostLine(models.Model):
    """One post as it stands. `wanted`, `present`: guards now; `beat_s`: 0 where silence is expected just now.

    `unit`: the police unit of its region, else whose people first stood there; `heard_at`: its last sign of life;
    `periods`: [[since, until, strength, beat_s]]; `look`, `why`: the gravest of its findings that last.
    """

    post = models.CharField(max_length=64, primary_key=True)
    site = models.CharField(max_length=64, db_index=True)
    site_kind = models.CharField(max_length=12)
    unit = models.CharField(max_length=64, db_index=True)
    zone = models.CharField(max_length=40)
    wanted = models.IntegerField()
    present = models.IntegerField()
    beat_s = models.IntegerField()
    heard_at = models.BigIntegerField(null=True)
    starts = models.BigIntegerField(null=True)
    ends = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10)
    periods = models.JSONField()
    look = models.CharField(max_length=20, db_index=True)
    why = models.JSONField()

    class Meta:
        """By name."""

        ordering: ClassVar = ["post"]


class DutyLine(models.Model):
    """One person at one post, UNIX seconds. `left_at` None while there; `order`, `sop`: what they stand under."""

    eid = models.CharField(max_length=43, primary_key=True)
    post = models.CharField(max_length=64, db_index=True)
    who = models.CharField(max_length=64, db_index=True)
    unit = models.CharField(max_length=64)
    on_at = models.BigIntegerField(db_index=True)
    left_at = models.BigIntegerField(null=True)
    has_signed_off = models.BooleanField()
    heard_at = models.BigIntegerField()
    people = models.IntegerField()
    order = models.CharField(max_length=43)
    sop = models.CharField(max_length=43)

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["on_at", "eid"]


class PlannedLine(models.Model):
    """One duty as the roster in the log plans it, UNIX seconds."""

    post = models.CharField(max_length=64, db_index=True)
    who = models.CharField(max_length=64, db_index=True)
    since = models.BigIntegerField(db_index=True)
    until = models.BigIntegerField()

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["since", "post", "who", "id"]


class ReliefLine(models.Model):
    """One relief of a post: offered, and what became of it. `given`, `taken`: boxes, None where not seen."""

    eid = models.CharField(max_length=43, primary_key=True)
    post = models.CharField(max_length=64, db_index=True)
    giver = models.CharField(max_length=64)
    receiver = models.CharField(max_length=64)
    at = models.BigIntegerField()
    accepted_at = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=8)
    given = models.IntegerField(null=True)
    taken = models.IntegerField(null=True)
    is_closed = models.BooleanField()

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["at", "eid"]


class BookLine(models.Model):
    """One line of a post's log book (buku mutasi). `kind`: on, off, relief, log, in, out; `who`: who wrote it."""

    eid = models.CharField(max_length=43, primary_key=True)
    post = models.CharField(max_length=64, db_index=True)
    at = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    who = models.CharField(max_length=64)
    note = models.TextField()
    doc = models.CharField(max_length=200)
    beside = models.JSONField()

    class Meta:
        """As the paper book: in order of time."""

        ordering: ClassVar = ["at", "eid"]
