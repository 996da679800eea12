"""The list that closing erases by: every line is a table, and no table with a person's fields is forgotten."""

import pytest
from django.apps import apps
from django.db import models

from kawal_server.store.personal import PERSONAL, Personal

OF_A_PERSON = {
    "nrp", "rank", "phone", "salt", "first_name", "last_name", "full_name", "email", "leave", "home_district",
    "owner", "contact", "address", "by", "officer", "session_data",
}  # fmt: skip
"""Names of fields that only something about a person has."""


@pytest.mark.parametrize("one", PERSONAL, ids=[f"{at}-{one.table}" for at, one in enumerate(PERSONAL)])
def test_every_line_is_a_table_with_those_fields(one: Personal) -> None:
    names = {field.name for field in apps.get_model(one.table)._meta.get_fields()}
    assert {*one.blank, *one.where} <= names


def test_no_table_with_a_persons_fields_is_forgotten() -> None:
    listed = {one.table for one in PERSONAL}
    own = [kind for kind in apps.get_models() if kind._meta.app_label in ("store", "accounts", "sessions")]
    assert [kind._meta.label for kind in own if personal_fields(kind) and kind._meta.label not in listed] == []


def personal_fields(kind: type[models.Model]) -> set[str]:
    return OF_A_PERSON & {field.name for field in kind._meta.get_fields()}
