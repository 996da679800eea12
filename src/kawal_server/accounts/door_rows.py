"""How an officer came in: sessions, invitations, and how often a key was tried in vain."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class DoorRow(models.Model):
    """One session of one officer. Without its row a session is nobody's.

    key: what the session names it by. UNIX seconds: begun_at; moved_at, when the officer last asked for a page;
    proved_at, when a second factor was given, 0 for none; fresh_at, when whoever sits there last proved to be the
    officer. browser: its kind, for the officer to know it again.
    """

    key = models.CharField(max_length=43, primary_key=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="doors")
    begun_at = models.BigIntegerField(db_index=True)
    moved_at = models.BigIntegerField()
    proved_at = models.BigIntegerField(default=0)
    fresh_at = models.BigIntegerField(default=0)
    browser = models.CharField(max_length=40, default="")

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-begun_at"]


class InvitationRow(models.Model):
    """A link by which one officer chooses a password, once. digest: SHA-256 of what the link carries, as hex."""

    digest = models.CharField(max_length=64, primary_key=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    expires_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)


class GuessRow(models.Model):
    """How often a key was tried in vain. key: a keyed hash of an account and an address, or of one of them."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.IntegerField(default=0)
    waits_until = models.FloatField(default=0)
    tried_at = models.FloatField(default=0, db_index=True)
