"""What a post's people keep beside the ledger: plans of posts, SOP cards, briefings, and machines that send heartbeats.

Ordinary rows. What counts as evidence (duty, relief, heartbeats) is in the log; a plan becomes evidence only when it is
published as a manifest.
"""

from typing import ClassVar

from django.db import models


class PostPlan(models.Model):
    """A post as it is planned. `zones`: [{"ring", "name", "strength"}]; `quiet`: [["22.00", "05.00"]], local hours.

    `unit`: the unit that stands it; `starts`, `ends`: UNIX seconds; `stage`, `order`: what it is bound to; `risk`: the
    class that set its strength, "" where nobody knows; `card`: the kind of its SOP card.
    """

    post = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=120)
    site = models.CharField(max_length=64)
    unit = models.CharField(max_length=64, default="", blank=True, db_index=True)
    zones = models.JSONField(default=list)
    beat_s = models.IntegerField(default=3600)
    quiet = models.JSONField(default=list)
    starts = models.BigIntegerField()
    ends = models.BigIntegerField()
    stage = models.CharField(max_length=40, default="", blank=True)
    order = models.CharField(max_length=43, default="", blank=True)
    risk = models.CharField(max_length=8, default="", blank=True)
    card = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["post"]


class SopCard(models.Model):
    """One version of a SOP card, never changed. `digest`: b64u(SHA-256) of its text, which `guard.on` cites."""

    kind = models.CharField(max_length=40)
    version = models.IntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=43, unique=True)
    made_at = models.BigIntegerField()
    by = models.CharField(max_length=64)

    class Meta:
        """The newest version of each kind first."""

        ordering: ClassVar = ["kind", "-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "version"], name="one_card_a_version")]


class Briefing(models.Model):
    """One briefing (apel, arahan): what was said, who was there, who was not and why. People by their opaque ids."""

    unit = models.CharField(max_length=64, db_index=True)
    post = models.CharField(max_length=64, default="", blank=True)
    order = models.CharField(max_length=43, default="", blank=True)
    at = models.BigIntegerField()
    says = models.TextField()
    present = models.JSONField(default=list)
    absent = models.JSONField(default=list)
    by = models.CharField(max_length=64)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-id"]


class Machine(models.Model):
    """A camera or sensor that sends heartbeats. Only the hash of its token is kept. `last_at`: its last heartbeat."""

    post = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=120)
    site = models.CharField(max_length=64)
    unit = models.CharField(max_length=64, default="", blank=True, db_index=True)
    beat_s = models.IntegerField(default=300)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True)
    last_at = models.BigIntegerField(null=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["post"]
