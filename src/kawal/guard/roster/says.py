"""The sentences of a roster: which post, which hours, which rule, how many short; one in each language."""

from datetime import UTC, datetime, timedelta

from kawal.guard.roster.blocking import BUSY, DATES, EXCLUSION, LEAVE, ORDER, PLACE, REST, SHARE
from kawal.guard.roster.problem import HOUR, Limit, RosterProblem, Rules

_DAYS_ID = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_ID = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNAMBIGUOUS_DAYS = 7
"""Within a week a weekday names one day; in a longer roster the date stands beside it."""

_PLAIN = {
    BUSY: ("semua yang boleh sedang bertugas di pos lain", "everybody who may is on duty elsewhere"),
    LEAVE: ("cuti dan sakit", "leave and sickness"),
    DATES: ("masa BKO belum mulai atau sudah berakhir", "BKO that has not begun or is over"),
    EXCLUSION: ("benturan kepentingan", "conflicts of interest"),
    PLACE: ("aturan instansi di pos itu", "the agencies allowed there"),
    ORDER: ("perintah pos itu sudah berakhir", "the order of that post, which has ended"),
    SHARE: ("batas bagian instansi dalam satu pos", "the largest part an agency may be of a post"),
    "": ("tidak ada personel", "nobody at hand"),
    "free": ("tim terkecil tidak tercapai", "a smallest team that is not reached"),
}
_WHAT_ID = {"duties": "dinas", "days": "hari dinas", "nights": "malam", "hours": "jam dinas"}
_WHAT_EN = {"duties": "duties", "days": "days of duty", "nights": "nights", "hours": "hours of duty"}
_LACKS = {
    "leader": ("komandan jaga", "leader"),
    "core": ("personel Polri", "of Polri"),
    "experienced": ("personel berpengalaman", "experienced"),
}


def hours_of(problem: RosterProblem, starts: int, ends: int) -> tuple[str, str]:
    """A time as people say it: `Sabtu 00.00-08.00`; the date too where the roster is longer than a week."""
    opened, closed = (datetime.fromtimestamp(at, UTC) + timedelta(hours=problem.zone_hours) for at in (starts, ends))
    ends_at_midnight = closed.hour == closed.minute == 0
    last = closed - timedelta(minutes=1) if ends_at_midnight else closed
    until = "24.00" if ends_at_midnight else f"{closed:%H.%M}"
    span = problem.span
    is_long = problem.day_of(span.ends - 1) - problem.day_of(span.starts) >= UNAMBIGUOUS_DAYS
    texts = []
    for days, months in ((_DAYS_ID, _MONTHS_ID), (_DAYS_EN, _MONTHS_EN)):
        first, second = (
            f"{days[day.weekday()]} {day.day} {months[day.month - 1]}" if is_long else days[day.weekday()]
            for day in (opened, last)
        )
        texts.append(f"{first} {opened:%H.%M}-{until if last.date() == opened.date() else f'{second} {until}'}")
    return texts[0], texts[1]


def reason_of(rules: Rules, rule: str, length: int) -> tuple[str, str]:
    """What stands after `karena`. length: of the hours in question, since a long duty asks for more rest."""
    if rule == REST:
        hours = rules.rest_after(length) // HOUR
        return f"batas istirahat {hours} jam", f"the rest of {hours} hours"
    limit = next((one for one in rules.limits if one.rule == rule), None)
    return _of_limit(limit) if limit is not None else _PLAIN[rule]


def _of_limit(limit: Limit) -> tuple[str, str]:
    return (
        f"batas {limit.most} {_WHAT_ID[limit.what]} dalam {limit.days} hari",
        f"the limit of {limit.most} {_WHAT_EN[limit.what]} in {limit.days} days",
    )


def lacking(what: str) -> tuple[str, str]:
    """A skill or agency that is missing, in words."""
    return _LACKS.get(what, (what, what))


def short_sentence(post: str, n: int, lacks: str, when: tuple[str, str], why: tuple[str, str]) -> tuple[str, str]:
    """`Pos PPK Marang Kayu kurang 2 orang Sabtu 00.00-08.00 karena batas istirahat 8 jam`.

    lacks: "" for people, else the skill or agency that is missing.
    """
    kind_id, kind_en = lacking(lacks) if lacks else ("orang", "people" if n > 1 else "person")
    return (
        f"{post} kurang {n} {kind_id} {when[0]} karena {why[0]}",
        f"{post} is {n} {kind_en} short {when[1]} because of {why[1]}",
    )
