"""The text that an enrolment commits to: what the post knows of a person, else their code alone."""

import json

from django.apps import apps

FIELDS = ("name", "rank", "nrp")


def record_of(who: str) -> str:
    """The record of a person as one canonical line. It stays at this post, under its salt."""
    told = {"who": who, **_known(who)}
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _known(who: str) -> dict[str, str]:
    try:
        people = apps.get_model("store", "PersonRow")
    except LookupError:
        return {}
    row = people._default_manager.filter(pk=who).first()
    return {} if row is None else {name: str(getattr(row, name, "")) for name in FIELDS}


def names_of(whos: list[str]) -> dict[str, str]:
    """The names behind codes; none where this post keeps no people. Whoever asks notes the reading."""
    try:
        people = apps.get_model("store", "PersonRow")
    except LookupError:
        return {}
    return {row.pk: str(getattr(row, "name", "")) for row in people._default_manager.filter(pk__in=whos)}
