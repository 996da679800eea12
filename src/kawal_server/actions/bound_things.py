"""What stages bind at this post, how many boxes stand where, and where every bound thing stands now."""

from kawal.command.lapsing import Bound, Standing, held_boxes, standings
from kawal_server.store.models import SiteLine
from kawal_server.store.stages import the_bound, the_stages


def boxes_at() -> dict[str, int]:
    """Site -> boxes that stand there, as judged last."""
    return dict(SiteLine.objects.filter(boxes__gt=0).values_list("site", "boxes"))


def all_standings(*, now: int) -> tuple[Standing, ...]:
    """Where every bound thing stands at a UNIX second."""
    return standings(the_bound(), the_stages(), now=now, boxes_at=boxes_at())


def guarded_posts() -> list[tuple[Bound, int]]:
    """The posts at which boxes stand that nobody took over, with how many."""
    here = boxes_at()
    return [(one, boxes) for one in the_bound() if (boxes := held_boxes(one, here))]
