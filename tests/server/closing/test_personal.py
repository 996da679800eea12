"""The list that closing erases by: every line is a table, and no table with a person's fields is forgotten."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models

from kawal_server.actions import erase_personal
from kawal_server.store.models import PersonRow
from kawal_server.store.personal import PERSONAL, Personal
from tests.server.post import Post

OF_A_PERSON = re.compile(
    r"nrp|rank|phone|salt|(first|last|full)_name|email|leave|home_district|owner|contact|address"
    r"|(\w+_)?by|officer|session_data|testimony|password"
)
"""Names of fields that only something about a person has."""


NO_PERSON = {"commanded_by", "attested_by", "superseded_by"}
"""Units, roles and events that bear such a name."""


@pytest.mark.parametrize("one", PERSONAL, ids=[f"{at}-{one.table}" for at, one in enumerate(PERSONAL)])
def test_every_line_is_a_table_with_those_fields(one: Personal) -> None:
    names = {field.name for field in apps.get_model(one.table)._meta.get_fields()}
    assert {*one.blank, *one.where} <= names


def test_no_table_with_a_persons_fields_is_forgotten() -> None:
    listed = {one.table for one in PERSONAL}
    own = [kind for kind in apps.get_models() if kind._meta.app_label in ("store", "accounts", "sessions")]
    assert [kind._meta.label for kind in own if personal_fields(kind) and kind._meta.label not in listed] == []


def personal_fields(kind: type[models.Model]) -> set[str]:
    return {field.name for field in kind._meta.get_fields() if OF_A_PERSON.fullmatch(field.name)} - NO_PERSON


def test_a_table_whose_rows_are_kept_is_erased_and_kept_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    table = PersonRow._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TRIGGER kept BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'kept'); END")
    PersonRow.objects.create(who="p-1", name="Arif", unit="polsek-530305", agency="polri")
    with pytest.raises(IntegrityError, match="kept"):
        PersonRow.objects.all().delete()
    monkeypatch.setattr(erase_personal, "PERSONAL", [Personal("store.PersonRow", is_kept=True)])
    assert [one.rows for one in erase_personal.erase_personal()] == [1]
    PersonRow.objects.create(who="p-2", name="Yoga", unit="polsek-530305", agency="polri")
    with pytest.raises(IntegrityError, match="kept"):
        PersonRow.objects.all().delete()
