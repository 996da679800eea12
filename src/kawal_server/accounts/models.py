"""Those who sign in at the post."""

from typing import ClassVar, Literal, get_args

from django.contrib.auth.models import AbstractUser
from django.db import models

Office = Literal["operator", "auditor"]


class Officer(AbstractUser):
    """A person with an account. Names live here and in no log."""

    office = models.CharField(max_length=20, choices=[(one, one) for one in get_args(Office)], default="auditor")
    language = models.CharField(max_length=2, default="", blank=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = []
