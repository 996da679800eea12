"""What the forms of rosters ask: a new roster, what happened since, a move, a slot."""

from collections.abc import Mapping
from dataclasses import fields

from django.http import QueryDict

from kawal.guard.roster.problem import DAY, HOUR, RosterProblem, Span
from kawal_server.actions.change_roster import Hours, Move
from kawal_server.actions.plan_roster import Happened
from kawal_server.actions.roster_problem import FORCES, Asked, own_forces
from kawal_server.actions.roster_rules import RuleNumbers
from kawal_server.command_post.times import read_time, written_time

USUAL_DAYS = 7
USUAL_SECONDS = 60
NUMBER_FIELDS: Mapping[str, str] = {
    "istirahat": "rest_hours",
    "hari_dari_7": "days_of_7",
    "malam_dari_4": "nights_of_4",
    "dinas_dari_14": "duties_of_14",
    "bagian_linmas": "linmas_one_in",
}
FORM_FIELDS: Mapping[str, str] = {
    "unit": "satuan",
    "starts": "mulai",
    "ends": "selesai",
    "template": "pola",
    "seconds": "detik",
    "source": "dasar",
    **{name: field for field, name in NUMBER_FIELDS.items()},
}
"""A field of a refusal -> the field of the form that it stands beside."""


def new_form(unit: str, *, now: int, zone: str, zone_hours: int) -> dict[str, str]:
    """The form as it is first seen: from the next midnight, for a week, with the usual rules."""
    midnight = (now + zone_hours * HOUR) // DAY * DAY + DAY - zone_hours * HOUR
    usual = RuleNumbers()
    return {
        "satuan": unit,
        "mulai": written_time(midnight, zone),
        "selesai": written_time(midnight + USUAL_DAYS * DAY, zone),
        "pola": "3x8",
        "komandan": "ya",
        "detik": str(USUAL_SECONDS),
        "dasar": "",
        **{field: str(getattr(usual, name)) for field, name in NUMBER_FIELDS.items()},
        **{agency: str(n) for agency, n in own_forces(unit).items()},
    }


def read_form(form: QueryDict, zone: str) -> Asked:
    """Read it; what is no number is 0, what is no time is 0, and both are refused further on."""
    numbers = {name: _whole(form.get(field, "")) for field, name in NUMBER_FIELDS.items()}
    assert numbers.keys() <= {one.name for one in fields(RuleNumbers)}
    return Asked(
        form.get("satuan", "")[:64],
        read_time(form.get("mulai", ""), zone) or 0,
        read_time(form.get("selesai", ""), zone) or 0,
        form.get("pola", "")[:8],
        RuleNumbers(**numbers, source=" ".join(form.get("dasar", "").split())[:120]),
        form.get("komandan") == "ya",
        {agency: _whole(form.get(agency, "")) for agency in FORCES},
        _whole(form.get("detik", "")),
    )


def read_happened(form: QueryDict, problem: RosterProblem, zone: str) -> Happened:
    """Read what happened after a roster was made."""
    known = {one.who for one in problem.people}
    return Happened(
        tuple(who for who in form.getlist("sakit") if who in known),
        _span(form, "sakit", zone),
        form.get("tambah-pos", "")[:64],
        _whole(form.get("tambah", "")),
        _span(form, "tambah", zone),
        form.get("mundur-pos", "")[:64],
        read_time(form.get("mundur-mulai", ""), zone),
    )


def _span(form: QueryDict, name: str, zone: str) -> Span | None:
    starts, ends = (read_time(form.get(f"{name}-{end}", ""), zone) for end in ("mulai", "selesai"))
    return Span(starts, ends) if starts is not None and ends is not None else None


def read_move(form: QueryDict) -> Move:
    """Read a move."""
    return Move(
        form.get("orang", "")[:64],
        read_hours(form.get("dari", "")),
        read_hours(form.get("ke", "")),
        _whole(form.get("jumlah", "")) or 1,
    )


def read_hours(text: str) -> Hours | None:
    """A slot as a choice bears it: `post|starts|ends`; None for off duty, and for what is no slot."""
    post, _, times = text[:160].partition("|")
    starts, _, ends = times.partition("|")
    return (post, _whole(starts), _whole(ends)) if post and _whole(starts) and _whole(ends) else None


def _whole(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
