"""What is written about accounts and never changed: what happened to them, and who read about people.

Officers stand here by number: a name can be erased, what was done cannot.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models


class AccountEvent(models.Model):
    """Something that happened to an account. officer: whose; by: who did it; note: no name of anybody."""

    at = models.BigIntegerField()
    kind = models.CharField(max_length=20, db_index=True)
    officer = models.BigIntegerField(db_index=True)
    by = models.BigIntegerField(null=True)
    note = models.CharField(max_length=500, default="")

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]


class ReadOfPersonal(models.Model):
    """Somebody read about people. what: the kind of page; count: about how many; about: whom, by id; why: in words."""

    at = models.BigIntegerField()
    officer = models.BigIntegerField(db_index=True)
    action = models.CharField(max_length=24)
    what = models.CharField(max_length=40)
    count = models.IntegerField()
    about = models.CharField(max_length=200, default="")
    why = models.CharField(max_length=300, default="")

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]


class GlassRow(models.Model):
    """One break-glass: what an officer may do beyond the office, from begun_at until `until` or ended_at."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="glasses")
    reason = models.CharField(max_length=300)
    begun_at = models.BigIntegerField()
    until = models.BigIntegerField(db_index=True)
    ended_at = models.BigIntegerField(null=True)
    ended_by = models.BigIntegerField(null=True)
    confirmed_by = models.BigIntegerField(null=True)
    is_in_ledger = models.BooleanField(default=False)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]
