"""A real operation whose time passes only when a test says so."""

from collections.abc import Iterator

import pytest

from kawal_server.accounts import seconds
from kawal_server.store.models import ClockRow, Operation, UnitRow
from tests.server.accounts.cast import make_operation, make_units
from tests.server.post import Post


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The real time."""
    at = [1_800_000_000.0]
    monkeypatch.setattr(seconds, "exact", lambda: at[0])
    return at


@pytest.fixture
def real(post: Post, second: list[float]) -> Iterator[Post]:
    """A post with a real operation and its units."""
    make_operation()
    make_units()
    ClockRow.objects.all().delete()
    yield post
    Operation.objects.all().delete()
    UnitRow.objects.all().delete()
