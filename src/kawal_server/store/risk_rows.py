"""The register of kerawanan at this post: ordinary rows, never evidence, and never leaving the post.

Nothing here is changed once it stands: a correction is a new row that says what it replaces, by whom and when.
"""

from typing import ClassVar

from django.db import models


class RiskEntry(models.Model):
    """One statement about a place (kawal.risk.register.Entry). `unit`: whose jurisdiction the place is in.

    `level`: what kind of place it is, so that stations can be kept from those who may not see them; `kind`: class,
    score, indicators, or withdrawn; `value`: the class, the score as text, or the indicators; `replaces`: id of a row.
    """

    place = models.CharField(max_length=64, db_index=True)
    level = models.CharField(max_length=10, db_index=True)
    unit = models.CharField(max_length=64, db_index=True)
    instrument = models.CharField(max_length=12)
    stage = models.CharField(max_length=40)
    on = models.DateField()
    source = models.CharField(max_length=300)
    kind = models.CharField(max_length=10)
    value = models.JSONField()
    confidentiality = models.CharField(max_length=10)
    replaces = models.BigIntegerField(null=True)
    by = models.CharField(max_length=150)
    at = models.BigIntegerField()

    class Meta:
        """As they came in."""

        ordering: ClassVar = ["id"]


class RiskWeight(models.Model):
    """The operation's own weights as somebody set them; the last row counts. `why`: what was weighed."""

    instruments = models.JSONField()
    variables = models.JSONField()
    why = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.BigIntegerField()

    class Meta:
        """As they came in."""

        ordering: ClassVar = ["id"]


class RiskCut(models.Model):
    """Where an instrument's classes begin for one kind of place (kawal.risk.register.Cut); the last row counts."""

    instrument = models.CharField(max_length=12)
    kind = models.CharField(max_length=10)
    prone_from = models.DecimalField(max_digits=5, decimal_places=2)
    high_from = models.DecimalField(max_digits=5, decimal_places=2)
    source = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.BigIntegerField()

    class Meta:
        """As they came in."""

        ordering: ClassVar = ["id"]


class ForcePattern(models.Model):
    """So many Polri for so many stations of a class, with so many Linmas; the last row of a class and area counts."""

    risk = models.CharField(max_length=8)
    area = models.CharField(max_length=10, default="", blank=True)
    polri = models.IntegerField()
    stations = models.IntegerField()
    linmas = models.IntegerField()
    source = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.BigIntegerField()

    class Meta:
        """As they came in."""

        ordering: ClassVar = ["id"]


class StrategicSite(models.Model):
    """A strategic site (kawal.risk.sites.Strategic); the last row of a site counts, unless it `is_dropped`."""

    site = models.CharField(max_length=64, db_index=True)
    unit = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    area = models.CharField(max_length=10)
    priority = models.IntegerField()
    reason = models.CharField(max_length=300)
    lat_e6 = models.IntegerField(null=True)
    lon_e6 = models.IntegerField(null=True)
    is_dropped = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.BigIntegerField()

    class Meta:
        """As they came in."""

        ordering: ClassVar = ["id"]


class Closeness(models.Model):
    """How close a race is said to be, as one of three words; the newest by date counts."""

    race = models.CharField(max_length=10)
    step = models.CharField(max_length=8)
    source = models.CharField(max_length=300)
    on = models.DateField()
    by = models.CharField(max_length=150)
    at = models.BigIntegerField()

    class Meta:
        """As they came in."""

        ordering: ClassVar = ["id"]


class IncidentLine(models.Model):
    """A projection: one incident of the pengamanan log, as far as it moves the kerawanan of a place."""

    eid = models.CharField(max_length=43, primary_key=True)
    level = models.CharField(max_length=10)
    kind = models.CharField(max_length=80)
    about = models.CharField(max_length=80)
    area = models.CharField(max_length=13, db_index=True)
    opened_at = models.BigIntegerField()
    closed_at = models.BigIntegerField(null=True)

    class Meta:
        """By when they were opened."""

        ordering: ClassVar = ["opened_at", "eid"]
