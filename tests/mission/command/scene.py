"""A record of the command for tests: a Polda or Polres, its guards, its orders; every event is really signed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

from kawal.command.binding import fold_bound
from kawal.command.lapsing import Bound
from kawal.election.manifests import write_rows
from kawal.ledger.history import History, build_history
from kawal.ledger.log_of import PENGAMANAN
from kawal.ledger.reading import LogReader
from tests.mission.custody.operation import Device, Memory, Operation

WITA, WIB = timezone(timedelta(hours=8)), timezone(timedelta(hours=7))


def at(day: str, hour: int = 0, zone: timezone = WITA) -> int:
    """UNIX seconds of an hour of a day written as 2024-11-07."""
    return int(datetime.combine(date.fromisoformat(day), time(hour), zone).timestamp())


class Command(Operation):
    """The log of a command, which issues orders and mans posts."""

    def __post_init__(self) -> None:
        super().__post_init__()
        until = at("2025-12-31")
        self.commander = self.device("commander", "polres-6402", agency="polri", until=until)
        self.arif = self.device("guard", "polres-6402", agency="polri", until=until)
        self.yoga = self.device("guard", "polres-6402", agency="polri", until=until)

    def order(self, issued: int, until: int, *, number: str, stage: str = "", of: str = "") -> str:
        members = {"no": number, **({"stage": stage} if stage else {}), **({"of": of} if of else {})}
        mh = self.blob(number.encode())
        return self.say(self.commander, "order.issue", issued, mh=mh, to=["polres-6402"], exp=until, **members)

    def post(self, post: str, site: str, begins: int, ends: int, *, listed_at: int) -> None:
        self._list("posts", [[post, site, 1, 2, 10_800, begins, ends]], listed_at)

    def roster(self, rows: Sequence[Sequence[object]], *, listed_at: int) -> None:
        self._list("roster", rows, listed_at)

    def _list(self, kind: str, rows: Sequence[Sequence[object]], listed_at: int) -> None:
        mh = self.blob(write_rows(kind, rows))
        self.say(self.commander, "register.manifest", listed_at, kind=kind, mh=mh, n=len(rows))

    def duty(self, guard: Device, post: str, order: str, begins: int) -> None:
        self.say(guard, "guard.on", begins, post=post, order=order)
        self.say(guard, "guard.off", begins + 12 * 3600, post=post, order=order)

    def history(self, now: int) -> History:
        reader = LogReader(PENGAMANAN)
        for line in self.lines:
            reader.take(line)
        return build_history([reader.finish()], at=now)

    def bound(self, now: int) -> dict[tuple[str, str], Bound]:
        found = fold_bound(self.history(now), Memory(self.blobs))
        return {(one.kind, one.title if one.kind == "order" else one.name): one for one in found}
