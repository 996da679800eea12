"""The text that an enrolment commits to: what the post knows of a person, else their code alone."""

import json

from kawal_server.store.models import PersonRow

FIELDS = ("name", "rank", "nrp")


def record_of(who: str) -> str:
    """The record of a person as one canonical line. It stays at this post, under its salt."""
    known = PersonRow.objects.filter(pk=who).values(*FIELDS).first() or {}
    return json.dumps({"who": who, **known}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
