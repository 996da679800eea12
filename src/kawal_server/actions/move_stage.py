"""Move a stage's end: what lapses is shown first, and done only as shown; and bind, and release, what it binds."""

from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from kawal.command.lapsing import Moving, StageEndRefused, moving
from kawal.ledger.clock import clock as written
from kawal_server import clock
from kawal_server.actions.bound_things import boxes_at
from kawal_server.actions.keep_lists import PreviewChanged
from kawal_server.actions.sign_command import refuse_names, tell_command
from kawal_server.store.models import BindingRow, BoundLine, Operation, StageMoveRow, StageRow
from kawal_server.store.stages import the_bound, the_stages

WHY_CHARACTERS = 200


class ReasonMissing(ValueError):
    """A stage moves for a reason that can be looked up."""

    def __init__(self) -> None:
        super().__init__(
            "Tulis dasarnya: nomor keputusan KPU, putusan MK atau sprin. / "
            "Write what it stands on: the number of KPU's decree, the court's ruling or the order."
        )


class NothingBound(LookupError):
    """There is no such thing to bind or release."""

    def __init__(self) -> None:
        super().__init__(
            "Yang hendak diikat tidak ada di catatan. Muat ulang halaman. / "
            "What was to be bound is not in the record. Load the page again."
        )


@dataclass(frozen=True, slots=True)
class Previewed:
    """What moving would do now. mark: what must be the same when it is done."""

    moving: Moving
    mark: str


def preview_move(operation: Operation, stage: str, new_end: int) -> Previewed:
    """Tell what moving a stage's end would do. new_end: UNIX seconds. Raises: PostHoldsBoxes, StageEndRefused."""
    stages = the_stages()
    found = next((one for one in stages if one.stage == stage), None)
    if found is None:
        raise StageEndRefused(f"Tahapan {stage[:32]} tidak ada. / There is no stage {stage[:32]}.")
    done = moving(
        found,
        new_end,
        the_bound(),
        stages=stages,
        now=clock.now(),
        boxes_at=boxes_at(),
        zone=operation.zone,
    )
    # What is over by now is no other thing than what was about to be: only what lapses, and when, must be as shown.
    seen = [repr(done.before), str(new_end), *(repr((one.thing, one.at, one.boxes)) for one in done.lapses)]
    return Previewed(done, sha256("\n".join(seen).encode()).hexdigest()[:32])


def move_stage(operation: Operation, stage: str, new_end: int, *, mark: str, why: str, by: str) -> Moving:
    """Move a stage's end, as it was shown; the log is told where the Polri key lies here.

    Raises: PostHoldsBoxes, StageEndRefused, PreviewChanged, ReasonMissing, NamesSomebody, NotTaken.
    """
    reason = " ".join(why.split())[:WHY_CHARACTERS]
    if len(reason) < 3:
        raise ReasonMissing
    refuse_names(reason)
    with transaction.atomic():
        previewed = preview_move(operation, stage, new_end)
        if previewed.mark != mark:
            raise PreviewChanged
        now, before = clock.now(), previewed.moving.before
        StageRow.objects.filter(stage=stage).update(ends=new_end, proposed_from=None)
        StageMoveRow.objects.create(stage=stage, before=before.ends, after=new_end, why=reason, by=by, at=now)
    _tell(operation, previewed.moving, reason, at=now)
    return previewed.moving


def _tell(operation: Operation, done: Moving, why: str, *, at: int) -> None:
    called = done.after.called.id
    ends = [written(one.ends, operation.zone) if one.ends is not None else "—" for one in (done.before, done.after)]
    tell_command(
        f"Akhir tahapan {called}: {ends[0]} menjadi {ends[1]}. Dasar: {why}", f"stage:{done.after.stage}", at=at
    )


def bind(kind: str, name: str, stage: str) -> None:
    """Bind a post, order or roster to a stage by hand; "" leaves it to its order and its time. Raises: NothingBound."""
    if stage and not StageRow.objects.filter(stage=stage).exists():
        raise NothingBound
    row = _binding(kind, name)
    row.stage = stage
    row.save()


def release_post(post: str, document: str) -> None:
    """Record that KPU took over what a post guarded, by the number of the record of it; the log is told.

    Raises: NothingBound, ReasonMissing, NamesSomebody, NotTaken.
    """
    number = " ".join(document.split())[:80]
    if len(number) < 3:
        raise ReasonMissing
    refuse_names(number)
    row = _binding("post", post)
    row.released = number
    row.save()
    tell_command(f"{post}: KPU menerima penjagaan, berita acara {number}", f"post:{post}", at=clock.now())


def _binding(kind: str, name: str) -> BindingRow:
    if not BoundLine.objects.filter(kind=kind, name=name).exists():
        raise NothingBound
    return BindingRow.objects.filter(kind=kind, name=name).first() or BindingRow(kind=kind, name=name)
