"""The hours of a post as its site divides the day: three times eight, two times twelve, once round the clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kawal.guard.roster.problem import DAY, HOUR, Slot, Span


@dataclass(frozen=True, slots=True)
class ShiftTemplate:
    """Local hours at which a shift begins; each lasts until the next one, over midnight too."""

    name: str
    begins: tuple[int, ...]

    def shifts(self, span: Span, *, zone_hours: int) -> Iterator[Span]:
        """Every shift that begins within a time, in order; the last may end after it."""
        first = (span.starts + zone_hours * HOUR) // DAY
        last = (span.ends + zone_hours * HOUR) // DAY
        for day in range(first - 1, last + 1):
            midnight = day * DAY - zone_hours * HOUR
            for at, hour in enumerate(self.begins):
                following = self.begins[at + 1] if at + 1 < len(self.begins) else self.begins[0] + 24
                begun = midnight + hour * HOUR
                if span.starts <= begun < span.ends:
                    yield Span(begun, midnight + following * HOUR)


THREE_BY_EIGHT = ShiftTemplate("3x8", (0, 8, 16))
TWO_BY_TWELVE = ShiftTemplate("2x12", (8, 20))
ROUND_THE_CLOCK = ShiftTemplate("1x24", (8,))
TEMPLATES: Mapping[str, ShiftTemplate] = {one.name: one for one in (THREE_BY_EIGHT, TWO_BY_TWELVE, ROUND_THE_CLOCK)}


def slots_of(pattern: Slot, template: ShiftTemplate, *, zone_hours: int) -> tuple[Slot, ...]:
    """One slot for each shift of a post, as the pattern asks between its start and its end."""
    span = Span(pattern.starts, pattern.ends)
    return tuple(
        replace(pattern, starts=shift.starts, ends=shift.ends) for shift in template.shifts(span, zone_hours=zone_hours)
    )
