"""What the post keeps of enrolling: requests, the salts behind commitments, last contacts, lost phones. Not evidence.

The log holds key ids and commitments only; whatever ties them to a person stands here and is erased at the close.
"""

from typing import ClassVar

from django.db import models

STATES = ("asked", "proposed", "confirmed", "refused", "expired")


class DeviceRequest(models.Model):
    """One phone that asked to be enrolled. `state`: one of STATES; `nonce`: "" for a renewal of a key the log knows.

    `alg`, `x`, `y`: the public key, b64u; `asked_by`, `proposed_by`, `confirmed_by`: user names of the officers.
    """

    kid = models.CharField(max_length=43, db_index=True)
    alg = models.CharField(max_length=8)
    x = models.CharField(max_length=43)
    y = models.CharField(max_length=43, default="", blank=True)
    nonce = models.CharField(max_length=22, default="", blank=True)
    text = models.CharField(max_length=400, default="", blank=True)
    who = models.CharField(max_length=40, db_index=True)
    role = models.CharField(max_length=16)
    unit = models.CharField(max_length=64, db_index=True)
    agency = models.CharField(max_length=16)
    nbf = models.BigIntegerField()
    exp = models.BigIntegerField()
    idc = models.CharField(max_length=43)
    state = models.CharField(max_length=10, default="asked", db_index=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    muster = models.CharField(max_length=80, default="", blank=True, db_index=True)
    asked_by = models.CharField(max_length=150)
    asked_at = models.BigIntegerField()
    proposed_by = models.CharField(max_length=150, default="", blank=True)
    proposed_at = models.BigIntegerField(null=True)
    confirmed_by = models.CharField(max_length=150, default="", blank=True)
    confirmed_at = models.BigIntegerField(null=True)

    class Meta:
        """Newest first; the same request counts once."""

        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kid", "nonce"], condition=~models.Q(nonce=""), name="one_row_an_enrolment_request"
            )
        ]


class EnrolmentPerson(models.Model):
    """What was committed to in an enrolment. `salt`: 16 bytes as hex; `record`: the text that was hashed after it."""

    idc = models.CharField(max_length=43, primary_key=True)
    kid = models.CharField(max_length=43, db_index=True)
    who = models.CharField(max_length=40, db_index=True)
    salt = models.CharField(max_length=32)
    record = models.TextField()
    at = models.BigIntegerField()


class DeviceContact(models.Model):
    """What a phone last said of itself when it sent something new. `queue`: events not sent yet; None: not said."""

    kid = models.CharField(max_length=43, primary_key=True)
    at = models.BigIntegerField()
    app = models.CharField(max_length=32, default="", blank=True)
    queue = models.IntegerField(null=True)
    battery = models.IntegerField(null=True)


class LostPhone(models.Model):
    """One lost phone: who told it, in which words, and `th`, their salted hash, which a `ledger.gap` cites.

    `salt`: 16 bytes as hex; `signed_by`: the officer whose agency signed the gap.
    """

    kid = models.CharField(max_length=43, primary_key=True)
    unit = models.CharField(max_length=64, db_index=True)
    testimony = models.TextField()
    salt = models.CharField(max_length=32)
    th = models.CharField(max_length=43)
    opened_by = models.CharField(max_length=150)
    opened_at = models.BigIntegerField()
    signed_by = models.CharField(max_length=150, default="", blank=True)
    closed_at = models.BigIntegerField(null=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-opened_at"]
