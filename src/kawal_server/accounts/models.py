"""Those who sign in at the post."""

from typing import ClassVar, Literal, get_args

from django.contrib.auth.models import AbstractUser
from django.db import models

# Tables of a word of their own, named here because Django looks for models in this module.
from kawal_server.accounts.door_rows import DoorRow as DoorRow
from kawal_server.accounts.door_rows import GuessRow as GuessRow
from kawal_server.accounts.door_rows import InvitationRow as InvitationRow
from kawal_server.accounts.factor_rows import FactorRow as FactorRow
from kawal_server.accounts.factor_rows import RecoveryRow as RecoveryRow
from kawal_server.accounts.kept_rows import AccountEvent as AccountEvent
from kawal_server.accounts.kept_rows import GlassRow as GlassRow
from kawal_server.accounts.kept_rows import ReadOfPersonal as ReadOfPersonal

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
    the slug of the one operation the office is held in, "" for the operation of this post. is_confirmed: the agency
    itself said that this person holds the office. is_pending: here, in this session, the second factor is not given
    yet; a matter of the session, and of no column.
    """

    is_pending = False

    office = models.CharField(max_length=20, choices=[(one, one) for one in get_args(Office)], default="auditor")
    agency = models.CharField(max_length=16, default="", blank=True)
    unit = models.CharField(max_length=64, default="", blank=True)
    operation = models.CharField(max_length=80, default="", blank=True)
    is_confirmed = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="", blank=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = []
