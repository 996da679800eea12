"""What is bound to a stage lapses with it: what moving a stage's end does, and what a post with boxes is spared.

A bound thing lives no longer than its stage, and never longer than its own end, but for a new order that extends it.
Moving a stage lengthens nothing by itself. A post where boxes stand does not lapse (docs/decisions/0012).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kawal.command.stages import Stage
from kawal.ledger.clock import clock
from kawal.ledger.finding import Says

BoundKind = Literal["post", "order", "roster"]
BoundState = Literal["runs", "extended", "stays", "lapsed"]
_CALLED: Mapping[BoundKind, tuple[str, str]] = {
    "post": ("Pos", "Post"),
    "order": ("Perintah", "Order"),
    "roster": ("Jadwal jaga", "Roster"),
}


class PostHoldsBoxes(ValueError):
    """A stage cannot end while a post bound to it holds boxes; the message names each post and its boxes."""


class StageEndRefused(ValueError):
    """An end that no stage can be moved to; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A new order that lets something stand longer. order: its eid; number: as printed; until: UNIX seconds.

    stage: the stage it is bound to itself, "" where it says none.
    """

    order: str
    number: str
    until: int
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """Something bound to a stage. name: of the post, or the eid; ends: its own end, UNIX seconds; stage: "" for none.

    released: number of the record by which KPU took over what a post guarded; "" while it did not.
    """

    kind: BoundKind
    name: str
    title: str
    stage: str
    ends: int
    site: str = ""
    extensions: tuple[Extension, ...] = ()
    released: str = ""

    @property
    def called(self) -> Says:
        """As a sentence names it."""
        said_id, said_en = _CALLED[self.kind]
        return Says(f"{said_id} {self.title}", f"{said_en} {self.title}")

    def until(self, stages: Mapping[str, Stage]) -> int:
        """When it lapses if nothing else happens: UNIX seconds."""
        return max([self.base(stages), *(_within(one.until, one.stage, stages) for one in self.extensions)])

    def base(self, stages: Mapping[str, Stage]) -> int:
        """When it would have lapsed without a new order."""
        return _within(self.ends, self.stage, stages)

    def extension(self, stages: Mapping[str, Stage]) -> Extension | None:
        """The order that lets it stand longest; None where none lengthens it."""
        longer = [one for one in self.extensions if _within(one.until, one.stage, stages) > self.base(stages)]
        return max(longer, key=lambda one: (_within(one.until, one.stage, stages), one.order), default=None)


def _within(ends: int, stage: str, stages: Mapping[str, Stage]) -> int:
    found = stages.get(stage)
    return ends if found is None or found.ends is None else min(ends, found.ends)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a bound thing stands. until: when it lapses or lapsed; boxes: how many stand at its site, of a post."""

    thing: Bound
    state: BoundState
    until: int
    boxes: int = 0
    extended_by: Extension | None = None


def standings(
    bound: Iterable[Bound], stages: Sequence[Stage], *, now: int, boxes_at: Mapping[str, int]
) -> tuple[Standing, ...]:
    """Where every bound thing stands at a UNIX second. boxes_at: site -> boxes that stand there."""
    by_name = {one.stage: one for one in stages}
    return tuple(_standing(one, by_name, now, boxes_at) for one in bound)


def _standing(thing: Bound, stages: Mapping[str, Stage], now: int, boxes_at: Mapping[str, int]) -> Standing:
    until, boxes = thing.until(stages), held_boxes(thing, boxes_at)
    extension = thing.extension(stages)
    state: BoundState
    if now < thing.base(stages):
        state = "runs"
    elif now < until:
        state = "extended"
    else:
        state = "stays" if boxes else "lapsed"
    return Standing(thing, state, until, boxes, extension)


def held_boxes(thing: Bound, boxes_at: Mapping[str, int]) -> int:
    """The boxes that keep a post standing: none once KPU has taken over what it guarded."""
    return boxes_at.get(thing.site, 0) if thing.kind == "post" and not thing.released else 0


@dataclass(frozen=True, slots=True)
class Lapse:
    """Something that the moved stage outlives, or ends. at: when it lapses; is_over: it has already; boxes: see there.

    needed: until when the stage would need it. A post with boxes is listed and does not lapse: it needs an order.
    """

    thing: Bound
    at: int
    needed: int
    is_over: bool
    boxes: int = 0

    @property
    def stays(self) -> bool:
        """Whether boxes keep it standing."""
        return self.boxes > 0

    def says(self, zone: str) -> Says:
        """What happens to it, and what to do. zone: IANA name of Indonesia."""
        called, when = self.thing.called, {one: clock(self.at, zone, language=one) for one in ("id", "en")}
        if self.stays:
            return Says(
                f"{called.id} menjaga {self.boxes} kotak dan tidak dapat gugur; dasarnya habis {when['id']}. "
                "Terbitkan perintah baru.",
                f"{called.en} guards {self.boxes} boxes and cannot lapse; what it stands on ends {when['en']}. "
                "Issue a new order.",
            )
        gone = ("sudah gugur", "has lapsed") if self.is_over else ("gugur", "lapses")
        return Says(
            f"{called.id} {gone[0]} {when['id']}. Hanya perintah baru yang memperpanjangnya.",
            f"{called.en} {gone[1]} {when['en']}. Only a new order extends it.",
        )


@dataclass(frozen=True, slots=True)
class Moving:
    """What moving a stage's end would do. after: the stage as it would be."""

    before: Stage
    after: Stage
    lapses: tuple[Lapse, ...]


def moving(
    stage: Stage,
    new_end: int,
    bound: Iterable[Bound],
    *,
    stages: Sequence[Stage],
    now: int,
    boxes_at: Mapping[str, int],
    zone: str,
) -> Moving:
    """Tell what lapses when a stage's end is moved; nothing is changed by asking.

    new_end: UNIX seconds. Later: whatever is bound to the stage and ends before it. Earlier: whatever the new end cuts
    short. Raises: PostHoldsBoxes where an earlier end would take a post from its boxes, StageEndRefused.
    """
    _refuse_end(stage, new_end, now)
    after = replace(stage, ends=new_end)
    old, new = {one.stage: one for one in stages}, {one.stage: one for one in stages} | {stage.stage: after}
    is_earlier = stage.ends is not None and new_end < stage.ends
    found = []
    for thing in bound:
        at = thing.until(new)
        touches = thing.stage == stage.stage or any(one.stage == stage.stage for one in thing.extensions)
        if touches and (at < thing.until(old) if is_earlier else at < new_end):
            found.append(Lapse(thing, at, new_end, at <= now, held_boxes(thing, boxes_at)))
    held = [one for one in found if one.stays]
    if is_earlier and held:
        raise PostHoldsBoxes(_holding(held, after))
    return Moving(stage, after, tuple(sorted(found, key=lambda one: (not one.stays, one.at, one.thing.name))))


def _refuse_end(stage: Stage, new_end: int, now: int) -> None:
    if stage.starts is None or new_end <= stage.starts:
        raise StageEndRefused(
            "Akhir tahapan harus sesudah mulainya. Isi dulu mulainya, atau pilih waktu lain. / "
            "A stage ends after it begins. Fill its beginning first, or choose another time."
        )
    if stage.ends is not None and new_end < min(now, stage.ends):
        raise StageEndRefused(
            "Akhir tahapan tidak dapat dipindah ke waktu yang sudah lewat: yang dijaga saat itu tetap dijaga. "
            "Pilih waktu mulai sekarang. / "
            "A stage's end cannot be moved into the past: what was guarded then was guarded. Choose a time from now on."
        )


def _holding(held: Sequence[Lapse], after: Stage) -> str:
    named_id = "; ".join(f"{one.thing.called.id} masih menjaga {one.boxes} kotak" for one in held)
    named_en = "; ".join(f"{one.thing.called.en} still guards {one.boxes} boxes" for one in held)
    called = after.called
    return (
        f"{called.id} tidak dapat diakhiri lebih awal: {named_id}. Pindahkan kotaknya, atau catat serah terima kepada "
        f"KPU. / {called.en} cannot end earlier: {named_en}. Move the boxes, or record that KPU took over."
    )
