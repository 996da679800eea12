"""Papan penguasaan kotak: the boxes that need looking after first, each with who held it last."""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Value, When

from kawal_server.store.models import BoxLine

SHOWN = 12
_GRAVITY = Case(
    When(look="bahaya", then=Value(0)),
    When(look="tidak diketahui", then=Value(1)),
    When(look="perhatian", then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


def holdings() -> Sequence[BoxLine]:
    """The first boxes of the board, worst first, of these the newest."""
    return list(BoxLine.objects.order_by(_GRAVITY, "-seen_at", "box")[:SHOWN])
