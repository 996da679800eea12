"""What somebody asks of the hand-overs: which of them, of whom, and which page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_noop

from kawal_server.store.models import HandOverLine

ROWS = 50
LATE_S = 30 * 60
TEXT_LIMIT = 64
STATES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "menunggu": (gettext_noop("Menunggu jawaban"), ("menunggu",)),
    "catatan": (gettext_noop("Dengan catatan"), ("catatan",)),
    "ditolak": (gettext_noop("Ditolak"), ("ditolak",)),
    "kertas": (gettext_noop("Di kertas"), ("kertas",)),
    "dibatalkan": (gettext_noop("Ditarik"), ("dibatalkan",)),
    "diterima": (gettext_noop("Diterima"), ("diterima",)),
}
"""Filter -> its name, and the states behind it; without one all are shown."""


@dataclass(frozen=True)
class Asked:
    """The filters by their names in the address; "" asks for nothing."""

    keadaan: str = ""
    pihak: str = ""
    halaman: int = 1

    def address(self, **changed: object) -> str:
        """The query of an address with some filters changed."""
        said = {"keadaan": self.keadaan, "pihak": self.pihak, "halaman": 1, **changed}
        return urlencode({name: value for name, value in said.items() if value not in ("", 1)})

    def hand_overs(self, now: int) -> QuerySet[HandOverLine]:
        """The hand-overs asked for: those that wait too long first, the longest of them first, then the newest."""
        chosen = self._of_party().annotate(
            urgency=Case(When(_late(now), then=Value(0)), default=Value(1), output_field=IntegerField()),
            oldest=Case(When(_late(now), then=F("at")), default=Value(0)),
            newest=Coalesce("answered_at", "at"),
        )
        if self.keadaan:
            chosen = chosen.filter(state__in=STATES[self.keadaan][1])
        return chosen.order_by("urgency", "oldest", "-newest", "eid")

    def states(self) -> dict[str, int]:
        """How many hand-overs are in which state."""
        counted = dict(self._of_party().order_by().values_list("state").annotate(Count("eid")))
        return {name: sum(counted.get(one, 0) for one in states) for name, (_, states) in STATES.items()}

    def late(self, now: int) -> int:
        """How many have waited too long for their answer."""
        return self._of_party().filter(_late(now)).count()

    def _of_party(self) -> QuerySet[HandOverLine]:
        if not self.pihak:
            return HandOverLine.objects.all()
        party = self.pihak
        return HandOverLine.objects.filter(
            Q(giver__icontains=party) | Q(receiver__icontains=party) | Q(site__icontains=party) | Q(eid=party)
        )


def _late(now: int) -> Q:
    return Q(state="menunggu", at__lte=now - LATE_S)


def read_asked(query: QueryDict) -> Asked:
    """Read the filters of an address; what is not known counts as not asked."""
    state, page = query.get("keadaan", ""), query.get("halaman", "1")
    return Asked(
        state if state in STATES else "",
        " ".join(query.get("pihak", "").replace("\0", "").split())[:TEXT_LIMIT],
        max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )
