"""Who leads what in an operation: Kaops, Karendalops, Kasetops and those below, named by the level they serve at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kawal.command.operation import Level

Role = Literal["kaops", "wakaops", "karendalops", "kasetops", "kasatgas", "padal", "pamatwil"]
ROLES: tuple[Role, ...] = get_args(Role)
SUFFIX: Mapping[Level, str] = {"mabes": "pus", "polda": "da", "polres": "res", "polsek": ""}
"""What a title ends with at each level. What a Polsek's would end with stands in no source, so it ends with nothing."""
_CALLED: Mapping[Role, str] = {
    "kaops": "Kaops",
    "wakaops": "Wakaops",
    "karendalops": "Karendalops",
    "kasetops": "Kasetops",
    "kasatgas": "Kasatgas",
    "padal": "Padal",
    "pamatwil": "Pamatwil",
}
_ONE_EACH: tuple[Role, ...] = ("kaops", "karendalops", "kasetops")
_WITHOUT_SUFFIX: frozenset[Role] = frozenset({"padal", "pamatwil"})


@dataclass(frozen=True, slots=True)
class Assignment:
    """Somebody in a role. who: opaque id; about: the task force of a Kasatgas, the area of a Padal or Pamatwil."""

    role: Role
    who: str
    about: str = ""


def title(role: Role, level: Level, *, suffix: str | None = None) -> str:
    """The role as it is addressed: Kaopsda at a Polda, Kasetopsres at a Polres.

    suffix: another ending than the level's, such as `resta` of a Polresta (Karendalopsresta).
    """
    ending = SUFFIX[level] if suffix is None else suffix
    return _CALLED[role] if role in _WITHOUT_SUFFIX else f"{_CALLED[role]}{ending}"


def vacant(assignments: Iterable[Assignment], task_forces: Iterable[str] = ()) -> list[tuple[Role, str]]:
    """The roles that nobody holds though every operation needs them: (role, task force or "").

    task_forces: keys of those in use; each needs a Kasatgas.
    """
    held = {(one.role, one.about if one.role == "kasatgas" else "") for one in assignments}
    needed: list[tuple[Role, str]] = [(role, "") for role in _ONE_EACH]
    needed += [("kasatgas", key) for key in task_forces]
    return [one for one in needed if one not in held]
