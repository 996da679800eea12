"""What somebody asks of the posts: which day, which of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import gettext_noop

from kawal.election.lists.dates import ZONE_HOURS
from kawal_server.store.models import PostLine

ROWS = 60
TEXT_LIMIT = 64
STATES: Mapping[str, tuple[str, str, dict[str, str]]] = {
    "kurang": (gettext_noop("Kurang orang"), "bahaya", {"look": "bahaya"}),
    "senyap": (gettext_noop("Senyap atau tidak diketahui"), "tidak diketahui", {"look": "tidak diketahui"}),
    "perhatian": (gettext_noop("Perlu perhatian"), "perhatian", {"look": "perhatian"}),
    "aman": (gettext_noop("Terjaga"), "aman", {"look": "aman"}),
}
"""Filter -> its name, its look, and the rows behind it."""


@dataclass(frozen=True)
class Asked:
    """The filters by their names in the address; "" asks for nothing. day: None for today."""

    keadaan: str = ""
    cari: str = ""
    hari: date | None = None
    halaman: int = 1

    def address(self, **changed: object) -> str:
        """The query of an address with some filters changed."""
        day = "" if self.hari is None else self.hari.isoformat()
        said = {"keadaan": self.keadaan, "cari": self.cari, "hari": day, "halaman": 1, **changed}
        return urlencode({name: value for name, value in said.items() if value not in ("", 1, None)})

    def posts(self, within: QuerySet[PostLine]) -> QuerySet[PostLine]:
        """The posts asked for that run or are still to come, the gravest first; ended ones only when looked for."""
        chosen = within if self.cari else within.exclude(state="berakhir")
        if self.cari:
            chosen = chosen.filter(post__icontains=self.cari) | chosen.filter(unit__icontains=self.cari)
        if self.keadaan:
            chosen = chosen.filter(**STATES[self.keadaan][2])
        looks = ("bahaya", "tidak diketahui", "perhatian", "aman")
        ranked = Case(
            *(When(look=look, then=Value(rank)) for rank, look in enumerate(looks)),
            default=Value(len(looks)),
            output_field=IntegerField(),
        )
        return chosen.annotate(rank=ranked).order_by("rank", "post")


def read_asked(query: QueryDict) -> Asked:
    """Read the filters of an address; what is not known counts as not asked."""
    state, page = query.get("keadaan", ""), query.get("halaman", "1")
    try:
        day = date.fromisoformat(query.get("hari", ""))
    except ValueError:
        day = None
    return Asked(
        state if state in STATES else "",
        " ".join(query.get("cari", "").replace("\0", "").split())[:TEXT_LIMIT],
        day if day is not None and 2000 <= day.year <= 2200 else None,
        max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def day_of(asked: Asked, *, now: int, zone: str) -> tuple[date, int]:
    """The day asked for and the UNIX second of its local midnight."""
    ahead = timezone(timedelta(hours=ZONE_HOURS.get(zone, 0)))
    day = asked.hari or datetime.fromtimestamp(now, ahead).date()
    return day, int(datetime.combine(day, time(0), ahead).timestamp())
