"""The picture of the stages: a bar each, the months above, and what is bound to each as marks where it lapses."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from babel.dates import format_date
from django.utils.translation import ngettext

from kawal.command.lapsing import Standing
from kawal.command.stages import Stage, StageState
from kawal.election.lists.dates import ZONE_HOURS
from kawal_server.command_post.standing import look, state_word
from kawal_server.command_post.templatetags.kawal import language

MOST_MONTHS = 13


@dataclass(frozen=True, slots=True)
class Mark:
    """Things of one look that lapse at about one time. x: percent of the picture's width."""

    x: str
    look: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One stage. x, width: percent, "" without dates; last: its last second, for the day that people mean."""

    stage: Stage
    name: str
    state: StageState
    word: str
    x: str
    width: str
    marks: Sequence[Mark]
    bound: str
    standing: Sequence[Standing]
    needs: int

    @property
    def last(self) -> int | None:
        """The last second that is part of it."""
        return None if self.stage.ends is None else self.stage.ends - 1


@dataclass(frozen=True, slots=True)
class Month:
    """The beginning of a month."""

    x: str
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture. now: percent, "" where now lies outside it."""

    rows: Sequence[Row]
    months: Sequence[Month]
    now: str


def draw(stages: Sequence[Stage], standing: Sequence[Standing], *, now: int, zone: str) -> Timeline:
    """Draw the stages. standing: what this reader may know to be bound."""
    times = [at for one in stages if not one.is_left_out for at in (one.starts, one.ends) if at is not None]
    first, last = (min(times), max(times)) if times else (now, now + 1)
    span = max(1, last - first)

    def percent(at: int) -> str:
        return f"{min(100.0, max(0.0, 100 * (at - first) / span)):.2f}%"

    rows = []
    for one in stages:
        own = [each for each in standing if each.thing.stage == one.stage]
        x = width = ""
        if not one.is_left_out and one.starts is not None and one.ends is not None:
            x, width = percent(one.starts), f"{100 * (one.ends - one.starts) / span:.2f}%"
        state = one.state(now)
        rows.append(
            Row(
                one,
                one.called.en if language() == "en" else one.called.id,
                state,
                state_word(state),
                x,
                width,
                _marks(own, percent, now),
                counted(own),
                own,
                sum(each.state == "stays" for each in own),
            )
        )
    return Timeline(rows, _months(first, last, percent, zone), percent(now) if first <= now <= last else "")


def _marks(standing: Sequence[Standing], percent: Callable[[int], str], now: int) -> list[Mark]:
    counted = Counter((percent(one.until), look(one, now)) for one in standing)
    return [Mark(x, shown, count) for (x, shown), count in sorted(counted.items())]


def counted(standing: Sequence[Standing]) -> str:
    """`24 pos, 1 perintah`."""
    count = Counter(one.thing.kind for one in standing)
    words = {
        "post": ngettext("%(n)s pos", "%(n)s pos", count["post"]) % {"n": count["post"]},
        "order": ngettext("%(n)s perintah", "%(n)s perintah", count["order"]) % {"n": count["order"]},
        "roster": ngettext("%(n)s jadwal jaga", "%(n)s jadwal jaga", count["roster"]) % {"n": count["roster"]},
    }
    return ", ".join(word for kind, word in words.items() if count[kind])  # type: ignore[index]


def _months(first: int, last: int, percent: Callable[[int], str], zone: str) -> list[Month]:
    ahead = timedelta(hours=ZONE_HOURS.get(zone, 0))
    begins = datetime.fromtimestamp(first, UTC) + ahead
    found: list[Month] = []
    year, month = begins.year, begins.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        local = datetime(year, month, 1, tzinfo=UTC)
        at = int((local - ahead).timestamp())
        if at >= last or len(found) > 400:
            break
        found.append(Month(percent(at), format_date(local, "MMM", locale=language())))
    return found[:: -(-len(found) // MOST_MONTHS) or 1]
