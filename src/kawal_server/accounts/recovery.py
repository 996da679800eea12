"""Ten codes on paper, for the day when phone and key are lost: shown once, kept as hashes, each used once."""

import re
import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from kawal_server.accounts import seconds
from kawal_server.accounts.models import Officer, RecoveryRow

COUNT = 10
LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_codes(officer: Officer) -> list[str]:
    """Make ten codes; those before them count no more. Shown now and never again."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(COUNT)]
    with transaction.atomic():
        RecoveryRow.objects.filter(officer=officer).delete()
        RecoveryRow.objects.bulk_create(
            RecoveryRow(officer=officer, number=number, digest=make_password(code))
            for number, code in enumerate(codes, start=1)
        )
    return [f"{number}-{code[:4]}-{code[4:8]}-{code[8:]}" for number, code in enumerate(codes, start=1)]


def codes_left(officer: Officer) -> int:
    """How many of the ten are unused."""
    return RecoveryRow.objects.filter(officer=officer, used_at=None).count()


def is_paper_code_right(officer: Officer, typed: str) -> bool:
    """Take one of the codes on paper; it counts once."""
    number, _, code = typed.strip().lower().partition("-")
    if not re.fullmatch(r"[0-9]{1,2}", number):
        return False
    row = RecoveryRow.objects.filter(officer=officer, number=int(number), used_at=None).first()
    if row is None or not check_password(re.sub(r"[^a-z0-9]", "", code), row.digest):
        return False
    return RecoveryRow.objects.filter(pk=row.pk, used_at=None).update(used_at=seconds.now()) == 1
