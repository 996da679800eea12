"""Set the operation up: its name, its regions, its elections, its day. Until it opens, everything may be changed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from kawal.command.operation import LEVELS, PhasesRefused, read_phases
from kawal.election.lists.coordinates import read_position
from kawal.election.lists.dates import ZONE_HOURS
from kawal.election.lists.problems import RowRefused
from kawal.election.regions import UnknownRegion, plain
from kawal.ledger.log_of import LOG_NAMES
from kawal_machine.centres import zone_of
from kawal_machine.regions import official_codes
from kawal_server.actions.area_of_post import elections_in, places_in, usual_elections
from kawal_server.actions.keep_structure import make_usual_task_forces
from kawal_server.actions.set_stages import make_usual_stages
from kawal_server.actions.set_units import make_usual_units
from kawal_server.store.heads import folder
from kawal_server.store.models import Operation

AREA_CHARACTERS = 200
FIRST_YEAR, LAST_YEAR = 2020, 2099
NO_DOMAIN = "kawal.invalid"
_DOMAIN = re.compile(r"(?=.{4,120}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


class AlreadyOpened(RuntimeError):
    """The operation is live, or its opening has begun: what its logs are called, and where it is, stays as it is."""

    def __init__(self) -> None:
        super().__init__(
            "Operasi sudah dibuka; wilayah, pemilihan dan namanya tidak dapat diubah lagi. / "
            "The operation is open; its area, elections and name can no longer be changed."
        )


class OperationRefused(ValueError):
    """What was typed is no operation. fields: field -> "what is so and what to do", in both languages."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = dict(fields)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed. areas: region codes; zone "": by province; vote_day: ISO; point: "" or a position.

    level: polsek, polres, polda or mabes; phases: pre, exec, post -> first and last day, ISO.
    """

    name: str
    code_name: str = ""
    areas: tuple[str, ...] = ()
    elections: tuple[str, ...] = ()
    zone: str = ""
    vote_day: str = ""
    domain: str = ""
    point: str = ""
    level: str = "polres"
    phases: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def set_operation(asked: Asked) -> Operation:
    """Keep what was typed. Raises: OperationRefused, AlreadyOpened."""
    if is_fixed(Operation.objects.first()):
        raise AlreadyOpened
    wrong: dict[str, str] = {}
    areas = _areas(asked.areas, wrong)
    point = _point(asked.point, wrong)
    fields = {
        "name": _name(asked.name, wrong),
        "code_name": " ".join(asked.code_name.split())[:60],
        "area": ",".join(areas),
        "elections": _elections(asked.elections, areas, wrong),
        "zone": _zone(asked.zone, areas, wrong),
        "vote_day": _day(asked.vote_day, wrong),
        "domain": _domain(asked.domain, wrong),
        "lat_e6": point[0],
        "lon_e6": point[1],
        "level": asked.level if asked.level in LEVELS else "polres",
        "phases": _phases(asked.phases, wrong),
    }
    if wrong:
        raise OperationRefused(wrong)
    with transaction.atomic():
        operation = Operation.objects.update_or_create(pk=1, defaults=fields)[0]
        make_usual_units(operation)
        make_usual_stages(operation)
        make_usual_task_forces()
    return operation


def is_fixed(operation: Operation | None) -> bool:
    """Whether the operation is live, played, or half open: the name of its logs then stands in a policy."""
    if operation is not None and (operation.opened_at is not None or operation.is_demo):
        return True
    return any((folder(log) / "policy").exists() for log in LOG_NAMES)


def _name(text: str, wrong: dict[str, str]) -> str:
    name = " ".join(text.split())
    if not 3 <= len(name) <= 120:
        wrong["name"] = "Tulis nama operasi, 3 sampai 120 huruf. / Write the operation's name, 3 to 120 characters."
    return name[:120]


def _areas(asked: Sequence[str], wrong: dict[str, str]) -> tuple[str, ...]:
    codes = sorted({plain(code) for code in asked if plain(code)})
    whole = tuple(one for one in codes if not any(one != other and one.startswith(other) for other in codes))
    for code in whole:
        try:
            official_codes().region(code)
            is_known = len(code) in (2, 4, 6)
        except UnknownRegion:
            is_known = False
        if not is_known:
            wrong["areas"] = (
                f"Tidak ada provinsi, kabupaten/kota atau kecamatan dengan kode {code[:13]}. Cari lagi. / "
                f"No province, kabupaten, kota or kecamatan has the code {code[:13]}. Search again."
            )
            return ()
    if not whole:
        wrong["areas"] = "Pilih paling sedikit satu wilayah. / Choose at least one region."
    elif len(",".join(whole)) > AREA_CHARACTERS:
        wrong["areas"] = (
            "Terlalu banyak kecamatan. Pilih kabupaten/kotanya saja. / Too many kecamatan. Choose their kabupaten."
        )
        return ()
    return whole


def _elections(asked: Sequence[str], areas: tuple[str, ...], wrong: dict[str, str]) -> list[str]:
    if not areas:
        return list(asked)
    regencies = [one.code for one in places_in(areas).regencies]
    chosen = list(asked) or list(usual_elections(regencies))
    held = {one for regency in regencies for one in elections_in(regency, chosen)}
    without = [one for one in regencies if not elections_in(one, chosen)]
    if without or held != set(chosen):
        named = ", ".join(places_in(areas).name(one) for one in without[:3])
        wrong["elections"] = (
            "Pemilihan ini tidak cocok dengan wilayahnya: kabupaten memilih bupati, kota memilih wali kota. "
            f"{named} / These elections do not fit the area: a kabupaten elects a regent, a kota a mayor. {named}"
        )
    return [one for one in ("GUB", "BUP", "WAKO") if one in chosen]


def _zone(asked: str, areas: tuple[str, ...], wrong: dict[str, str]) -> str:
    zone = asked or (zone_of(areas[0]) if areas else "Asia/Jakarta")
    if zone not in ZONE_HOURS:
        wrong["zone"] = "Pilih WIB, WITA atau WIT. / Choose WIB, WITA or WIT."
    return zone


def _day(text: str, wrong: dict[str, str]) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        wrong["vote_day"] = (
            "Isi hari pemungutan suara, misalnya 2024-11-27. / Fill the day of the election, such as 2024-11-27."
        )
    return day


def _phases(asked: Mapping[str, tuple[str, str]], wrong: dict[str, str]) -> dict[str, list[str]]:
    try:
        phases = read_phases(asked)
    except PhasesRefused as error:
        wrong["phases"] = str(error)
        return {}
    return {one.name: [one.first.isoformat(), one.last.isoformat()] for one in phases}


def _domain(text: str, wrong: dict[str, str]) -> str:
    domain = text.strip().lower() or NO_DOMAIN
    if _DOMAIN.fullmatch(domain) is None:
        wrong["domain"] = (
            "Tulis domain tanpa https://, misalnya kawal.kpu-ttu.example. / "
            "Write a domain without https://, such as kawal.kpu-ttu.example."
        )
    return domain[:120]


def _point(text: str, wrong: dict[str, str]) -> tuple[int | None, int | None]:
    if not text.strip():
        return None, None
    try:
        position = read_position(text, None, None, None)
    except RowRefused as refused:
        wrong["point"] = str(refused)
        return None, None
    return position.e6 if position is not None else (None, None)
