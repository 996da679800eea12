"""What strangers sign, made to fit the columns of the projections on every database.

A phone may write any text and any number into an event. PostgreSQL refuses a text with a NUL, one that is too long, and
a number too large, and one such row would keep the whole judgement from ever being written.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

from kawal.ledger.encoding import digest

NAME_LENGTH = 64
DIGEST_LENGTH = 22
_MARK = "…"
_LIMITS = {"IntegerField": 2**31 - 1, "BigIntegerField": 2**63 - 1}


def fit(row: models.Model) -> models.Model:
    """Make every value of a row one that its column takes; a row that fits already stays as it is."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        fitting = _fitting(field, value)
        if fitting is not value:
            setattr(row, field.attname, fitting)
    return row


def fitted(rows: Iterable[models.Model]) -> list[models.Model]:
    """Rows that fit. Of several with one primary key the last stands, as the table will have it."""
    many = [fit(row) for row in rows]
    if not many or isinstance(many[0]._meta.pk, models.AutoField):
        return many
    return list({row.pk: row for row in many}.values())


def name_of(text: str, length: int = NAME_LENGTH) -> str:
    """A name as a column of `length` takes it: one that does not fit keeps its beginning and ends with its digest.

    So two names that differ stay two, wherever they differ.
    """
    shown = text.replace("\0", "\ufffd")
    if shown == text and len(text) <= length:
        return text
    return f"{shown[: length - DIGEST_LENGTH - 1]}{_MARK}{digest(text.encode())[:DIGEST_LENGTH]}"


def _fitting(field: "models.Field[Any, Any]", value: Any) -> Any:
    if isinstance(value, str) and isinstance(field, models.CharField):
        length = field.max_length or NAME_LENGTH
        return name_of(value, length) if length >= NAME_LENGTH else _without_nul(value)[:length]
    if type(value) is int:
        limit = _LIMITS.get(field.get_internal_type())
        return value if limit is None or -limit <= value <= limit else max(-limit, min(limit, value))
    return _without_nul(value)


def _without_nul(value: Any) -> Any:
    """The same value where no text in it holds a NUL."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd") if "\0" in value else value
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(one) for key, one in value.items()}
    return value
