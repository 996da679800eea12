"""The second factors of an officer: codes of an app, passkeys, and codes on paper for when both are lost."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class FactorRow(models.Model):
    """One second factor.

    kind: totp or passkey; secret: sealed for an app, the public credential for a passkey; credential, rp: a passkey's
    id and the host it is bound to; counter: the last time step used, or a passkey's own count.
    """

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    secret = models.BinaryField()
    credential = models.CharField(max_length=1400, default="")
    rp = models.CharField(max_length=253, default="")
    counter = models.BigIntegerField(default=0)
    made_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)

    class Meta:
        """The oldest first."""

        ordering: ClassVar = ["made_at", "pk"]


class RecoveryRow(models.Model):
    """One code on paper. number: which of the ten, so that only one hash is ever tried."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery")
    number = models.IntegerField()
    digest = models.CharField(max_length=128)
    used_at = models.BigIntegerField(null=True)

    class Meta:
        """One of each number."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["officer", "number"], name="one_code_a_number")]
