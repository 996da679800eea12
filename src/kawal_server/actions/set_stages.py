"""The stages as data: the usual ones to begin with, dates as somebody types them, stages of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kawal.command.lapsing import PostHoldsBoxes
from kawal.command.operation import LEVELS, read_phases
from kawal.command.stages import USUAL, Stage, StageRefused, on_days, usual_stages
from kawal_server.actions.bound_things import guarded_posts
from kawal_server.store.models import BindingRow, Operation, StageRow
from kawal_server.store.slugs import slug_of


class StageDated(ValueError):
    """A stage of an open operation has an end already: it is moved, with what lapses shown first."""

    def __init__(self) -> None:
        super().__init__(
            "Tahapan ini sudah bertanggal. Pindahkan akhirnya supaya terlihat apa yang gugur. / "
            "This stage has dates already. Move its end, so that what lapses is shown."
        )


@dataclass(frozen=True, slots=True)
class AskedStage:
    """What somebody typed of a stage: ISO dates, both inside; is_left_out: it does not take place."""

    first: str = ""
    last: str = ""
    is_left_out: bool = False


def make_usual_stages(operation: Operation) -> None:
    """Make the usual stages, with the days that follow from the vote. A stage that is there stays as it is.

    Until the operation opens, the proposed days follow the day of the vote where nobody has typed others.
    """
    proposed = usual_stages(operation.vote_day, operation.zone)
    rows = {row.stage: row for row in StageRow.objects.all()}
    for order, one in enumerate(proposed):
        row = rows.get(one.stage)
        if row is None:
            StageRow.objects.create(
                stage=one.stage, order=order, starts=one.starts, ends=one.ends, proposed_from=operation.vote_day
            )
        elif row.proposed_from not in (None, operation.vote_day) and operation.opened_at is None:
            row.starts, row.ends, row.proposed_from = one.starts, one.ends, operation.vote_day
            row.save()


def set_stage(operation: Operation, stage: str, asked: AskedStage) -> None:
    """Type the days of a stage, or that it does not take place. Raises: StageRefused, StageDated, PostHoldsBoxes."""
    row = _row(stage)
    if operation.opened_at is not None and row.ends is not None and not row.is_left_out:
        if not asked.is_left_out:
            raise StageDated
        _refuse_leaving_boxes(stage)
    row.is_left_out = asked.is_left_out
    if not asked.is_left_out:
        typed = _typed(stage, asked, operation.zone)
        row.starts, row.ends = typed.starts, typed.ends
    row.proposed_from = None
    row.save()


def _typed(stage: str, asked: AskedStage, zone: str) -> Stage:
    try:
        first, last = date.fromisoformat(asked.first.strip()), date.fromisoformat(asked.last.strip())
    except ValueError as error:
        raise StageRefused(
            "Isi hari pertama dan hari terakhir tahapan. / Fill the first and the last day of the stage."
        ) from error
    return on_days(stage, first, last, zone)


def _refuse_leaving_boxes(stage: str) -> None:
    held = [(one, boxes) for one, boxes in guarded_posts() if one.stage == stage]
    if held:
        named = "; ".join(f"{one.called.id}: {boxes}" for one, boxes in held)
        raise PostHoldsBoxes(
            f"Tahapan ini tidak dapat ditiadakan: masih ada kotak yang dijaga ({named}). / "
            f"This stage cannot be left out: boxes are still guarded ({named})."
        )


def set_phases(operation: Operation, level: str, days: Mapping[str, tuple[str, str]]) -> None:
    """Keep the operation's level and phases: they may change as long as it stands. Raises: PhasesRefused."""
    phases = read_phases(days)
    operation.level = level if level in LEVELS else operation.level
    operation.phases = {one.name: [one.first.isoformat(), one.last.isoformat()] for one in phases}
    operation.save(update_fields=["level", "phases"])


def add_stage(operation: Operation, name: str, asked: AskedStage) -> StageRow:
    """Add a stage that is none of the usual ones, such as a second re-vote. Raises: StageRefused."""
    called = " ".join(name.split())
    if not 3 <= len(called) <= 80:
        raise StageRefused("Tulis nama tahapan, 3 sampai 80 huruf. / Write the stage's name, 3 to 80 characters.")
    key = slug_of("", called)[:32]
    if StageRow.objects.filter(stage=key).exists():
        raise StageRefused(f"Tahapan {called} sudah ada. / The stage {called} is there already.")
    typed = _typed(key, asked, operation.zone)
    last = StageRow.objects.order_by("-order").first()
    return StageRow.objects.create(
        stage=key, name=called, order=(last.order + 1 if last else 0), starts=typed.starts, ends=typed.ends
    )


def remove_stage(stage: str) -> None:
    """Remove a stage of one's own that binds nothing. Raises: StageRefused."""
    row = _row(stage)
    if row.stage in USUAL:
        raise StageRefused("Tahapan baku tidak dihapus; tandai tidak dilaksanakan. / Mark a usual stage as not held.")
    if BindingRow.objects.filter(stage=stage).exists():
        raise StageRefused("Masih ada yang terikat pada tahapan ini. / Things are still bound to this stage.")
    row.delete()


def _row(stage: str) -> StageRow:
    row = StageRow.objects.filter(stage=stage).first()
    if row is None:
        raise StageRefused(f"Tahapan {stage[:32]} tidak ada. / There is no stage {stage[:32]}.")
    return row
