"""The stages of this post's operation, and what they bind, read from their rows into the mission's words."""

from typing import cast

from kawal.command.lapsing import Bound, BoundKind, Extension
from kawal.command.stages import Stage, by_time
from kawal_server.store.command_rows import BindingRow, BoundLine, StageRow


def the_stages() -> tuple[Stage, ...]:
    """All stages, in their order."""
    return tuple(Stage(row.stage, row.starts, row.ends, row.name, row.is_left_out) for row in StageRow.objects.all())


def the_bound() -> tuple[Bound, ...]:
    """All that is bound: by hand, else as the order says, else to the stage that it ends in."""
    stages = the_stages()
    known = {one.stage for one in stages}
    by_hand = {(row.kind, row.name): row for row in BindingRow.objects.all()}
    return tuple(_bound(line, by_hand.get((line.kind, line.name)), stages, known) for line in BoundLine.objects.all())


def _bound(line: BoundLine, row: BindingRow | None, stages: tuple[Stage, ...], known: set[str]) -> Bound:
    named = next((one for one in (row.stage if row else "", line.stage) if one in known), "")
    return Bound(
        cast("BoundKind", line.kind),
        line.name,
        line.title,
        named or by_time(stages, line.ends),
        line.ends,
        line.site,
        tuple(Extension(*one) for one in line.extensions),
        row.released if row else "",
    )
