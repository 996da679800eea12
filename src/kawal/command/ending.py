"""When the operation may end: after the last ruling, with no stage running, no post at boxes, and no order open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kawal.command.lapsing import Bound, Standing, standings
from kawal.command.stages import Stage
from kawal.ledger.clock import clock
from kawal.ledger.finding import Says


def in_the_way(
    stages: Sequence[Stage], bound: Iterable[Bound], *, now: int, boxes_at: Mapping[str, int], zone: str
) -> tuple[Says, ...]:
    """What keeps the operation from being closed, each thing by its name; nothing where it may be."""
    standing = standings(bound, stages, now=now, boxes_at=boxes_at)
    return (
        *(_undone(one, now, zone) for one in stages if one.state(now) not in ("over", "left-out")),
        *(_guarding(one) for one in standing if one.thing.kind == "post" and one.boxes),
        *_open_orders(standing, now, zone),
    )


def _undone(stage: Stage, now: int, zone: str) -> Says:
    called = stage.called
    if stage.state(now) == "undated" or stage.ends is None:
        return Says(
            f"Tahapan {called.id} belum bertanggal: isi, atau tandai tidak dilaksanakan.",
            f"The stage {called.en} has no dates: fill them, or mark it as not held.",
        )
    when_id, when_en = clock(stage.ends, zone), clock(stage.ends, zone, language="en")
    return Says(
        f"Tahapan {called.id} belum selesai: berakhir {when_id}.",
        f"The stage {called.en} is not over: it ends {when_en}.",
    )


def _guarding(one: Standing) -> Says:
    called = one.thing.called
    return Says(
        f"{called.id} masih menjaga {one.boxes} kotak. Catat serah terimanya kepada KPU di halaman Tahapan.",
        f"{called.en} still guards {one.boxes} boxes. Record on the page Stages that KPU took over.",
    )


def _open_orders(standing: Iterable[Standing], now: int, zone: str) -> Iterator[Says]:
    for one in standing:
        if one.thing.kind == "order" and now < one.until:
            called = one.thing.called
            when_id, when_en = clock(one.until, zone), clock(one.until, zone, language="en")
            yield Says(
                f"{called.id} masih berlaku sampai {when_id}. Tunggu, atau akhiri tahapannya.",
                f"{called.en} stands until {when_en}. Wait, or end its stage.",
            )
