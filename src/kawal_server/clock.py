"""The post's clock: the machine's own, or in a demonstration one that runs faster than life and can stand still."""

import time

from kawal_server.store.models import ClockRow

SPEEDS = (1, 10, 60, 300, 900)


def now() -> int:
    """UNIX seconds by the post's clock."""
    return int(exact())


def exact() -> float:
    """UNIX seconds by the post's clock, with fractions: for those who wait for a moment of it."""
    row = ClockRow.objects.first()
    return time.time() if row is None else _shown(row, time.time())


def _shown(row: ClockRow, real: float) -> float:
    return row.shown_at if row.is_paused else row.shown_at + row.speed * max(0.0, real - row.real_at)


def row() -> ClockRow | None:
    """The demonstration's clock; None in a real operation."""
    return ClockRow.objects.first()


def set_to(at: float, *, speed: int, is_paused: bool) -> None:
    """Set the demonstration's clock. at: UNIX seconds."""
    ClockRow.objects.update_or_create(
        pk=1, defaults={"shown_at": at, "real_at": time.time(), "speed": speed, "is_paused": is_paused}
    )


def steer(*, speed: int | None = None, is_paused: bool | None = None) -> None:
    """Change the pace of the demonstration's clock; it never jumps. Without such a clock nothing happens."""
    found = ClockRow.objects.first()
    if found is not None:
        set_to(
            _shown(found, time.time()),
            speed=found.speed if speed not in SPEEDS else speed,
            is_paused=found.is_paused if is_paused is None else is_paused,
        )
