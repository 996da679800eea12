"""How long a phone may be silent before nothing is known of it any more: by its role, and twice what is expected."""

from collections.abc import Mapping

EXPECTED_S: Mapping[str, int] = {"guard": 3600, "escort": 900, "commander": 3 * 3600}
OTHERS_S = 6 * 3600
FADES_AFTER = 2


def expected_s(role: str) -> int:
    """Within how many seconds a phone of this role is heard of again, in ordinary duty with signal."""
    return EXPECTED_S.get(role, OTHERS_S)


def is_known(role: str, last: int | None, now: int) -> bool:
    """Whether the last contact still tells anything: unknown never looks safe. last, now: UNIX seconds."""
    return last is not None and now - last <= FADES_AFTER * expected_s(role)
