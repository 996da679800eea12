"""Problems and plans as JSON, for files and the process that plans; read back strictly, naming the place of a fault."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kawal.guard.roster.problem import Roster, RosterPlan, RosterProblem

Json = dict[str, Any]


class BadProblem(ValueError):
    """A file is no roster problem; the message says where and why."""


def as_json(one: object) -> Any:
    """A problem, a roster or a plan as JSON values; members that hold nothing beside their default are written too."""
    if is_dataclass(one):
        return {member.name: as_json(getattr(one, member.name)) for member in fields(one)}
    if isinstance(one, Mapping):
        return {str(key): as_json(value) for key, value in one.items()}
    if isinstance(one, frozenset):
        return sorted(as_json(value) for value in one)
    return [as_json(value) for value in one] if isinstance(one, (tuple, list)) else one


def read_problem(value: object) -> RosterProblem:
    """Read a problem. Raises: BadProblem."""
    read = _read(RosterProblem, value, "")
    assert isinstance(read, RosterProblem)
    return read


def read_roster(value: object) -> Roster:
    """Read a roster. Raises: BadProblem."""
    read = _read(Roster, value, "")
    assert isinstance(read, Roster)
    return read


def read_plan(value: object) -> RosterPlan:
    """Read a plan. Raises: BadProblem."""
    read = _read(RosterPlan, value, "")
    assert isinstance(read, RosterPlan)
    return read


def _read(kind: Any, value: object, at: str) -> Any:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _members(kind, value, at)
    if origin in (Union, UnionType):
        return _either(kind, value, at)
    if origin in (tuple, frozenset):
        return _row(kind, value, at)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        _expect(isinstance(value, dict), at, "objek / an object")
        return {str(key): _read(get_args(kind)[1], one, f"{at}.{key}") for key, one in value.items()}  # type: ignore[attr-defined]
    if origin is Literal:
        _expect(value in get_args(kind), at, " | ".join(map(str, get_args(kind))))
        return value
    if kind is float:
        _expect(isinstance(value, (int, float)) and not isinstance(value, bool), at, "bilangan / a number")
        return float(value)  # type: ignore[arg-type]
    _expect(type(value) is kind, at, kind.__name__)
    return value


def _members(kind: Any, value: object, at: str) -> Any:
    _expect(isinstance(value, dict), at, "objek / an object")
    assert isinstance(value, dict)
    hints = get_type_hints(kind)
    names = {member.name for member in fields(kind)}
    unknown = sorted(set(value) - names)
    _expect(not unknown, at, f"tanpa / without {', '.join(unknown)}")
    try:
        return kind(**{name: _read(hints[name], one, f"{at}.{name}") for name, one in value.items()})
    except TypeError as error:
        raise BadProblem(f"{at or 'berkas / file'}: {error}") from error


def _either(kind: Any, value: object, at: str) -> Any:
    if value is None and NoneType in get_args(kind):
        return None
    return _read(next(one for one in get_args(kind) if one is not NoneType), value, at)


def _row(kind: Any, value: object, at: str) -> Any:
    _expect(isinstance(value, list), at, "daftar / a list")
    assert isinstance(value, list)
    kinds = get_args(kind)
    if get_origin(kind) is frozenset:
        return frozenset(_read(kinds[0], one, f"{at}[{index}]") for index, one in enumerate(value))
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], one, f"{at}[{index}]") for index, one in enumerate(value))
    _expect(len(value) == len(kinds), at, f"{len(kinds)} nilai / values")
    return tuple(_read(one, value[index], f"{at}[{index}]") for index, one in enumerate(kinds))


def _expect(is_so: bool, at: str, what: str) -> None:
    if not is_so:
        raise BadProblem(f"{at.lstrip('.') or 'berkas / file'}: harus {what} / must be that")
