"""What stands around every page: the operation, the post's clock, how old the record is, and where to go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kawal_server import clock
from kawal_server.accounts.access import Action, may
from kawal_server.actions.break_glass import Broken, broken_now
from kawal_server.command_post.akun.words import office_name
from kawal_server.command_post.live import Stand, read_stand
from kawal_server.command_post.moment import begin, moment
from kawal_server.command_post.places import region_name
from kawal_server.command_post.templatetags.kawal import language
from kawal_server.store.models import BoxLine, ClockRow, Judged, Operation

STALE_S = 5 * 60
STALE_REAL_S = 20
_WORDS = (
    ("komando", gettext_noop("Komando"), "map"),
    ("kotak-list", gettext_noop("Kotak"), "package"),
    ("serah-terima", gettext_noop("Serah terima"), "arrow-left-right"),
    ("penjagaan", gettext_noop("Penjagaan"), "shield"),
    ("perintah", gettext_noop("Perintah"), "scroll-text"),
    ("bko", "BKO", "users-round"),
    ("kerawanan", gettext_noop("Kerawanan"), "triangle-alert"),
    ("personel", gettext_noop("Personel & perangkat"), "smartphone"),
    ("buku-audit", gettext_noop("Buku audit"), "book-check"),
    ("operasi", gettext_noop("Operasi"), "settings-2"),
)
_RIGHTS: Mapping[str, Action] = {
    "komando": "see-board",
    "kotak-list": "see-boxes",
    "serah-terima": "see-hand-overs",
    "penjagaan": "see-guard",
    "perintah": "see-orders",
    "bko": "see-bko",
    "kerawanan": "see-risk",
    "personel": "see-devices",
    "buku-audit": "see-ledger",
    "operasi": "see-operation",
}
"""What opens each page."""


@dataclass(frozen=True)
class Way:
    """One entry of the navigation."""

    url: str
    name: str
    icon: str
    count: int | None
    is_here: bool


class Around:
    """Asked for by templates, one answer at a time: a fragment that needs none costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def operation(self) -> Operation | None:
        """The operation this post runs."""
        return Operation.objects.first()

    @cached_property
    def judged(self) -> Judged | None:
        """How far the judge has come."""
        return Judged.objects.first()

    @cached_property
    def clock(self) -> ClockRow | None:
        """The demonstration's clock."""
        return clock.row()

    @cached_property
    def stand(self) -> Stand:
        """What this page knows, so that its stream tells only what is newer."""
        kept: Stand | None = getattr(self._request, "stand", None)
        return kept or read_stand()

    @cached_property
    def zone(self) -> str:
        """The zone of the place."""
        if self.operation is not None:
            return self.operation.zone
        return self.judged.zone if self.judged is not None else "Asia/Jakarta"

    @property
    def area(self) -> str:
        """The operation's regions by name."""
        codes = self.operation.area.split(",") if self.operation is not None else []
        return ", ".join(region_name(code.strip()) for code in codes if code.strip())

    @property
    def now(self) -> int:
        """UNIX seconds of the post's clock."""
        return moment()

    @property
    def speed(self) -> int:
        """How many seconds of the post's clock pass in one real second."""
        return 1 if self.clock is None else 0 if self.clock.is_paused else self.clock.speed

    @property
    def hour(self) -> str:
        """The time of day: `17.19`."""
        return f"{self._local:%H.%M}"

    @property
    def offset(self) -> int:
        """Seconds the zone is ahead of UTC."""
        ahead = self._local.utcoffset()
        return 0 if ahead is None else int(ahead.total_seconds())

    @property
    def zone_name(self) -> str:
        """The zone as people write it: WIB, WITA, WIT."""
        return self._local.tzname() or "UTC"

    @property
    def day(self) -> str:
        """The date: `Sabtu, 30 November 2024`."""
        return format_date(self._local, "EEEE, d MMMM y", locale=language())

    @property
    def is_english(self) -> bool:
        """Whether the reader reads English."""
        return language() == "en"

    @property
    def speeds(self) -> tuple[int, ...]:
        """The paces a demonstration can run at."""
        return clock.SPEEDS

    @property
    def may_steer(self) -> bool:
        """Whether this officer may change the demonstration's pace."""
        return may(self._request.user, "steer-clock")

    @property
    def is_demo(self) -> bool:
        """Whether nothing here is real."""
        return self.clock is not None or (self.operation is not None and self.operation.is_demo)

    @property
    def stale_s(self) -> int:
        """From which age on, in seconds of the post's clock, the judgement counts as old."""
        return max(STALE_S, STALE_REAL_S * (1 if self.clock is None else self.clock.speed))

    @property
    def is_stale(self) -> bool:
        """Whether what the page shows is older than it may be, or of a time that the clock has not reached.

        A clock that was set back would else hide for hours that nobody judges any more.
        """
        return self.judged is not None and abs(self.now - self.judged.now) > self.stale_s

    @property
    def unjudged(self) -> int:
        """How many leaves the logs hold that no judgement has seen yet."""
        if self.judged is None:
            return 0
        return max(0, sum(self.stand.sizes) - self.judged.kotak_size - self.judged.pengamanan_size)

    @cached_property
    def ways(self) -> list[Way]:
        """The navigation."""
        return [way for word in _WORDS if (way := self._way(*word)) is not None]

    @cached_property
    def broken(self) -> list[Broken]:
        """The glasses that are broken now, as everybody who may see the operation is told."""
        if not may(self._request.user, "see-operation"):
            return []
        return [replace(one, office=office_name(one.office)) for one in broken_now()]

    @property
    def may_manage(self) -> bool:
        """Whether this officer manages accounts."""
        return may(self._request.user, "manage-accounts")

    @property
    def may_see_reads(self) -> bool:
        """Whether this officer sees who read about people."""
        return may(self._request.user, "see-reads")

    @property
    def may_see_operation(self) -> bool:
        """Whether this officer sees what is done beyond an office."""
        return may(self._request.user, "see-operation")

    def _way(self, word: str, name: str, icon: str) -> Way | None:
        if not may(self._request.user, _RIGHTS[word]):
            return None
        try:
            url = reverse(word)
        except NoReverseMatch:
            return None
        count = BoxLine.objects.count() if word == "kotak-list" else None
        return Way(url, _(name), icon, count, self._request.path.startswith(url))

    @cached_property
    def _local(self) -> datetime:
        try:
            zone = ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError):
            zone = ZoneInfo("UTC")
        return datetime.fromtimestamp(self.now, zone)


def hold_stand(request: HttpRequest) -> Stand:
    """Note what is known before a page reads its tables: nothing that changes meanwhile goes untold."""
    stand = read_stand()
    request.__dict__["stand"] = stand
    return stand


def around(request: HttpRequest) -> dict[str, object]:
    """Give every template what stands around its page."""
    begin()
    return {"around": Around(request)}
