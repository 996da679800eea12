"""The funnel: how many boxes are at each stage of their way home, and how many need looking after."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max

from kawal_server.command_post.komando.links import to_boxes
from kawal_server.command_post.places import place_name
from kawal_server.store.models import BoxLine

_STAGES = (("kpps", "keterangan"), ("pps", "keterangan"), ("jalan", "perhatian"), ("ppk", "aman"), ("kpu", "aman"))
_WAY_HOME = tuple(place for place, _ in _STAGES)


@dataclass(frozen=True, slots=True)
class Stage:
    """One number of the strip. newest: UNIX seconds of the latest evidence among these boxes."""

    name: str
    look: str
    count: int
    newest: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The strip. `placeless`: boxes of no stage; `looks`: how many look how."""

    stages: Sequence[Stage]
    total: int
    placeless: int
    looks: dict[str, int]
    newest_doubt: int | None

    @property
    def to_check(self) -> int:
        """Boxes in danger, and boxes nobody can vouch for."""
        return self.looks.get("bahaya", 0) + self.looks.get("tidak diketahui", 0)

    @property
    def to_check_look(self) -> str:
        """The gravest of them; with none, safe."""
        return next((look for look in ("bahaya", "tidak diketahui") if self.looks.get(look)), "aman")

    @property
    def check_url(self) -> str:
        """Where these boxes are listed."""
        return to_boxes(keadaan="bahaya,tidak diketahui")

    @property
    def danger(self) -> int:
        """Boxes in danger."""
        return self.looks.get("bahaya", 0)

    @property
    def unknown(self) -> int:
        """Boxes of which nobody can say how they are."""
        return self.looks.get("tidak diketahui", 0)


def funnel() -> Funnel:
    """Count the boxes."""
    rows = BoxLine.objects.order_by().values_list("place", "look").annotate(Count("pk"), Max("seen_at"))
    counted: dict[str, int] = {}
    looks: dict[str, int] = {}
    newest: dict[str, int] = {}
    for place, look, count, seen in rows:
        counted[place] = counted.get(place, 0) + count
        looks[look] = looks.get(look, 0) + count
        for key in (place, f"look {look}"):
            newest[key] = max(newest.get(key, 0), seen or 0)
    total = sum(counted.values())
    return Funnel(
        stages=[_stage(place, look, counted, newest) for place, look in _STAGES],
        total=total,
        placeless=total - sum(counted.get(place, 0) for place in _WAY_HOME),
        looks=looks,
        newest_doubt=max(newest.get("look bahaya", 0), newest.get("look tidak diketahui", 0)) or None,
    )


def _stage(place: str, look: str, counted: dict[str, int], newest: dict[str, int]) -> Stage:
    return Stage(place_name(place), look, counted.get(place, 0), newest.get(place) or None, to_boxes(tempat=place))
