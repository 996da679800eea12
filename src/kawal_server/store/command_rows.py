"""Who is under whom at this post: units, and which Polres polices which kecamatan. Ordinary rows, not evidence."""

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
