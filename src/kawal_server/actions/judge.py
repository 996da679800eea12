"""Judge the record: read what the logs gained, fold it all, and write what changed into the projections.

The judge is a follower: its cursor moves in the transaction of its own writes, and it may be stopped, dropped and
replayed at any time (docs/decisions/0007-two-projections.md). It never touches the ledger.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal.ledger.reading import LogContent, LogReader, Signed
from kawal.sitrep.judged import Judgement, judge
from kawal_server.actions import lines
from kawal_server.actions.command_lines import COMMAND_PROJECTIONS
from kawal_server.actions.fitting import fit
from kawal_server.store.evidence import the_blobs
from kawal_server.store.heads import witnessed
from kawal_server.store.models import (
    ActivityLine,
    BookLine,
    BoundLine,
    BoxLine,
    DistrictLine,
    DutyLine,
    FindingLine,
    HandOverLine,
    IncidentLine,
    ItemLine,
    Judged,
    PlannedLine,
    PostLine,
    ReliefLine,
    SessionLine,
    SiteLine,
)
from kawal_server.store.port import Store

PAGE = 5_000
PROJECTIONS: tuple[type[models.Model], ...] = (
    BoxLine,
    FindingLine,
    ItemLine,
    SessionLine,
    HandOverLine,
    SiteLine,
    DistrictLine,
    PostLine,
    DutyLine,
    PlannedLine,
    ReliefLine,
    BookLine,
    BoundLine,
    ActivityLine,
    *COMMAND_PROJECTIONS,
    IncidentLine,
    Judged,
)


class Judge:
    """Keeps both logs in memory as they were read, and judges them anew whenever it is asked.

    Signatures were verified at intake, so they are not verified here again: `kawal verify` does that without the post.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._readers: dict[LogName, LogReader] = {name: LogReader(name, _at_intake) for name in LOG_NAMES}
        self._sizes: dict[LogName, int] = dict.fromkeys(LOG_NAMES, 0)

    def read(self, until: Mapping[LogName, int] | None = None) -> dict[LogName, int]:
        """Take in what the logs gained; gives their sizes as read. until: to read no further than these sizes."""
        for name, reader in self._readers.items():
            end = self._store.head(name).size if until is None else until[name]
            while leaves := self._store.leaves(name, self._sizes[name], min(end, self._sizes[name] + PAGE)):
                for leaf in leaves:
                    reader.take(leaf.jws)
                self._sizes[name] += len(leaves)
        return dict(self._sizes)

    def judge(self, *, at: int, known: Mapping[LogName, int] | None = None) -> Judgement | None:
        """Judge what was read; None while no log has a leaf.

        at: UNIX seconds taken as now. known: to know no witnessed checkpoint beyond these sizes.
        """
        upto = self._sizes if known is None else known
        contents = [self._content(name, upto[name]) for name, size in self._sizes.items() if size]
        return judge(contents, the_blobs(), at=at) if contents else None

    def _content(self, name: LogName, upto: int) -> LogContent:
        return self._readers[name].finish([one for one in witnessed(name) if one.size <= upto])

    def tell(self, *, at: int) -> bool:
        """Read, judge, and write what changed; True where something did."""
        sizes = self.read()
        done = self.judge(at=at)
        return done is not None and write(done, sizes)


def _at_intake(signed: Iterable[Signed]) -> list[str | None]:
    return [None for _ in signed]


def write(done: Judgement, sizes: dict[LogName, int]) -> bool:
    """Write a judgement into the projections, changed rows only, in one transaction; True where a row changed."""
    tables = lines.tables(done)
    with transaction.atomic():
        changed = [_write(kind, rows) for kind, rows in tables.items()]
        row = Judged.objects.select_for_update().filter(pk=1).first() or Judged(pk=1)
        row.now = done.history.now
        row.kotak_size, row.pengamanan_size = sizes["kotak"], sizes["pengamanan"]
        row.kotak_witnessed, row.pengamanan_witnessed = (_newest_head(done, name) for name in LOG_NAMES)
        row.zone = done.register.zone
        row.problems = lines.problems(done)
        row.limits = done.register.limits.source
        row.version += 1
        fit(row).save()
    return any(changed)


def _newest_head(done: Judgement, name: LogName) -> int:
    log = done.history.logs.get(name)
    return max((one.size for one in log.witnessed), default=0) if log is not None else 0


def _write(kind: type[models.Model], rows: list[models.Model]) -> bool:
    """Make a table hold exactly these rows. Rows are told apart by their primary key, or, without one, by content."""
    fields = _fields(kind)
    key = kind._meta.pk.attname
    if key not in fields:
        return _write_by_content(kind, rows, fields)
    kept = {row[key]: row for row in kind._default_manager.values(*fields)}
    fresh = {getattr(row, key): row for row in rows}
    changed = [row for name, row in fresh.items() if name in kept and _differs(row, kept[name], fields)]
    added = [row for name, row in fresh.items() if name not in kept]
    gone = [name for name in kept if name not in fresh]
    for start in range(0, len(gone), 500):
        kind._default_manager.filter(pk__in=gone[start : start + 500]).delete()
    kind._default_manager.bulk_update(changed, [name for name in fields if name != key], batch_size=50)
    kind._default_manager.bulk_create(added, batch_size=200)
    return bool(gone or changed or added)


def _write_by_content(kind: type[models.Model], rows: list[models.Model], fields: list[str]) -> bool:
    kept: dict[str, list[int]] = {}
    for row in kind._default_manager.values("pk", *fields):
        kept.setdefault(_said(row[name] for name in fields), []).append(row["pk"])
    added = []
    for made in rows:
        same = kept.get(_said(getattr(made, name) for name in fields))
        if same:
            same.pop()
        else:
            added.append(made)
    gone = [pk for many in kept.values() for pk in many]
    for start in range(0, len(gone), 500):
        kind._default_manager.filter(pk__in=gone[start : start + 500]).delete()
    kind._default_manager.bulk_create(added, batch_size=200)
    return bool(gone or added)


def _differs(row: models.Model, kept: dict[str, Any], fields: list[str]) -> bool:
    return any(getattr(row, name) != kept[name] for name in fields)


def drop() -> None:
    """Empty every projection; the ledger stays."""
    with transaction.atomic():
        for kind in PROJECTIONS:
            kind._default_manager.all().delete()


def differing(store: Store) -> list[str]:
    """Replay the logs as of the judge's own moment, and name each projection that is not what the replay gives."""
    kept = Judged.objects.filter(pk=1).first()
    if kept is None:
        return []
    judge_anew = Judge(store)
    judge_anew.read(until={"kotak": kept.kotak_size, "pengamanan": kept.pengamanan_size})
    known: dict[LogName, int] = {"kotak": kept.kotak_witnessed, "pengamanan": kept.pengamanan_witnessed}
    done = judge_anew.judge(at=kept.now, known=known)
    return (
        []
        if done is None
        else [kind.__name__ for kind, rows in lines.tables(done).items() if _content(kind) != _made(kind, rows)]
    )


def _content(kind: type[models.Model]) -> list[str]:
    fields = _fields(kind)
    return sorted(_said(row[name] for name in fields) for row in kind._default_manager.values(*fields))


def _made(kind: type[models.Model], rows: list[models.Model]) -> list[str]:
    fields = _fields(kind)
    return sorted(_said(getattr(row, name) for name in fields) for row in rows)


def _said(values: Iterable[object]) -> str:
    """Values as one text; PostgreSQL gives the members of an object back in an order of its own."""
    return json.dumps(list(values), sort_keys=True)


def _fields(kind: type[models.Model]) -> list[str]:
    return [field.attname for field in kind._meta.concrete_fields if not isinstance(field, models.AutoField)]
