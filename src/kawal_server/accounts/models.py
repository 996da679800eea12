"""Those who sign in at the post."""

from typing import ClassVar, Literal, get_args

from django.contrib.auth.models import AbstractUser
from django.db import models

Office = Literal[
    "operator",
    "kaops",
    "karendalops",
    "kasetops",
    "kasatgas",
    "padal",
    "pamatwil",
    "humas",
    "auditor",
    "kpu",
    "bawaslu",
]


class Officer(AbstractUser):
    """A person with an account. Names live here and in no log.

    agency: as in an enrolment; unit: the unit whose subtree the office reaches, "" for the whole operation; operation:
    the slug of the one operation the office is held in, "" for the operation of this post.
    """

    office = models.CharField(max_length=20, choices=[(one, one) for one in get_args(Office)], default="auditor")
    agency = models.CharField(max_length=16, default="", blank=True)
    unit = models.CharField(max_length=64, default="", blank=True)
    operation = models.CharField(max_length=80, default="", blank=True)
    language = models.CharField(max_length=2, default="", blank=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = []
