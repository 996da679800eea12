"""Briefings: what was said before a duty, who was present, and who was absent and why. People by opaque ids."""

from collections.abc import Mapping, Sequence

from kawal_server import clock
from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.store.models import Briefing

SAYS_LIMIT = 4_000


class BadBriefing(ValueError):
    """A briefing that cannot be kept. The message says what is so and what to do."""


class NotYourUnit(PermissionError):
    """The briefing is another unit's."""


def brief(
    officer: Officer,
    *,
    unit: str,
    says: str,
    present: Sequence[str],
    absent: Mapping[str, str],
    post: str = "",
    order: str = "",
    at: int | None = None,
) -> Briefing:
    """Keep one briefing. present: ids of people; absent: id -> the reason. Raises: NotYourUnit, BadBriefing."""
    if not may(officer, "change-guard", unit=unit):
        raise NotYourUnit("Arahan ini milik satuan lain. / This briefing is another unit's.")
    here, away = list(dict.fromkeys(present)), {who: why.strip()[:200] for who, why in absent.items()}
    _refuse(says, here, away)
    return Briefing.objects.create(
        unit=unit,
        post=post,
        order=order,
        at=clock.now() if at is None else at,
        says=says.strip()[:SAYS_LIMIT],
        present=here,
        absent=[[who, why] for who, why in sorted(away.items())],
        by=str(officer.pk),
    )


def _refuse(says: str, present: Sequence[str], absent: Mapping[str, str]) -> None:
    if not says.strip():
        raise BadBriefing("Tulis isi arahannya. / Write what was said.")
    if not present:
        raise BadBriefing("Pilih siapa yang hadir. / Choose who was present.")
    twice = sorted(set(present) & set(absent))
    if twice:
        raise BadBriefing(
            f"{', '.join(twice[:3])}: hadir sekaligus tidak hadir. Pilih satu. / both present and absent. Choose one."
        )
    if any(not why for why in absent.values()):
        raise BadBriefing("Tulis alasan setiap yang tidak hadir. / Write the reason of each who was absent.")
