"""The moment that one page speaks of: the post's clock read once, so that all its ages agree."""

from contextvars import ContextVar

from kawal_server import clock

_moment: ContextVar[int | None] = ContextVar("moment", default=None)


def begin() -> None:
    """Forget the moment of the page before."""
    _moment.set(None)


def moment() -> int:
    """UNIX seconds of the post's clock, the same for everything on one page."""
    kept = _moment.get()
    if kept is None:
        kept = clock.now()
        _moment.set(kept)
    return kept
