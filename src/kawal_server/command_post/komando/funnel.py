"""The funnel: how many boxes are at each stage of their way home, and how many need looking after."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max

from kawal_server.actions.lines import LOOKS
from kawal_server.command_post.komando.links import to_boxes
from kawal_server.command_post.places import place_name
from kawal_server.store.models import BoxLine

_STAGES = (("kpps", "vote"), ("pps", "house"), ("jalan", "truck"), ("ppk", "building"), ("kpu", "warehouse"))
_DOUBTS = ("bahaya", "tidak diketahui")


@dataclass(frozen=True, slots=True)
class Stage:
    """One number of the strip. looks: boxes by look, safe ones first; newest: UNIX seconds of the latest evidence."""

    name: str
    icon: str
    count: int
    looks: Sequence[tuple[str, int]]
    newest: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The strip. `placeless`: boxes of no stage; `looks`: how many look how."""

    stages: Sequence[Stage]
    total: int
    placeless: int
    looks: Counter[str]

    @property
    def doubts(self) -> Sequence[tuple[str, int]]:
        """Boxes in danger, and boxes nobody can vouch for."""
        return [(look, self.looks[look]) for look in _DOUBTS]

    @property
    def to_check(self) -> int:
        """How many these are."""
        return sum(count for _look, count in self.doubts)

    @property
    def to_check_look(self) -> str:
        """The gravest of them; with none, nothing more than a remark."""
        return next((look for look, count in self.doubts if count), "keterangan")

    @property
    def check_url(self) -> str:
        """Where these boxes are listed."""
        found = [look for look, count in self.doubts if count]
        return to_boxes(keadaan=found[0]) if len(found) == 1 else to_boxes(urut="keadaan")


def funnel() -> Funnel:
    """Count the boxes."""
    rows = list(BoxLine.objects.order_by().values_list("place", "look").annotate(Count("pk"), Max("seen_at")))
    stages = [_stage(place, icon, rows) for place, icon in _STAGES]
    looks: Counter[str] = Counter()
    for _place, look, count, _seen in rows:
        looks[look] += count
    return Funnel(stages, looks.total(), looks.total() - sum(stage.count for stage in stages), looks)


def _stage(place: str, icon: str, rows: Sequence[tuple[str, str, int, int | None]]) -> Stage:
    here = {look: (count, seen) for at, look, count, seen in rows if at == place}
    return Stage(
        name=place_name(place),
        icon=icon,
        count=sum(count for count, _seen in here.values()),
        looks=[(look, here[look][0]) for look in reversed(LOOKS) if look in here],
        newest=max((seen for _count, seen in here.values() if seen is not None), default=None),
        url=to_boxes(tempat=place),
    )
