"""The list beside the map: the same kecamatan, the same looks, in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from kawal_server.command_post.komando.links import to_boxes
from kawal_server.command_post.komando.plenos import pleno_name
from kawal_server.command_post.places import region_name
from kawal_server.store.models import DistrictLine

_GRAVITY = ("bahaya", "tidak diketahui", "perhatian", "aman")


@dataclass(frozen=True, slots=True)
class District:
    """One kecamatan. `counts`: (look, boxes) of what is not safe, gravest first."""

    name: str
    look: str
    boxes: int
    counts: Sequence[tuple[str, int]]
    pleno: str
    url: str


def districts() -> list[District]:
    """Every kecamatan, gravest first."""
    lines = sorted(DistrictLine.objects.all(), key=lambda one: (_gravity(one.look), _doubtful(one), one.code))
    return [
        District(
            name=region_name(line.code),
            look=line.look,
            boxes=line.boxes,
            counts=[(look, line.looks[look]) for look in _GRAVITY[:3] if line.looks.get(look)],
            pleno=pleno_name(line.pleno),
            url=to_boxes(kecamatan=line.code),
        )
        for line in lines
    ]


def _gravity(look: str) -> int:
    return _GRAVITY.index(look) if look in _GRAVITY else 1


def _doubtful(line: DistrictLine) -> tuple[int, ...]:
    """Most boxes of the gravest look first."""
    return tuple(-int(line.looks.get(look, 0)) for look in _GRAVITY[:3])
