"""The units of the operation: the usual ones from its area, and what the office changes in the two trees."""

from collections.abc import Iterable, Mapping
from typing import get_args

from django.db import transaction

from kawal.command.units import AGENCY_OF_KIND, GoesInCircles, Unit, UnitKind, Units, usual_jurisdiction, usual_units
from kawal.election.regions import UnknownRegion
from kawal_machine.regions import official_codes
from kawal_server.actions.area_of_post import places_of
from kawal_server.store.models import JurisdictionRow, Operation, UnitRow
from kawal_server.store.slugs import slug_of
from kawal_server.store.units import the_jurisdiction, the_units

KINDS: tuple[UnitKind, ...] = get_args(UnitKind)


class UnitRefused(ValueError):
    """What was asked of a unit cannot be; the message says why and what to do, in both languages."""


def make_usual_units(operation: Operation) -> None:
    """Make the units that the operation's area has, and give each kecamatan to the Polres of its kabupaten.

    What somebody changed stays: a kecamatan given to another Polres, a unit's name, a unit added by hand. What belongs
    to an area that the operation no longer has goes.
    """
    districts = [one.code for one in places_of(operation).districts]
    kept = {code: polres for code, polres in the_jurisdiction().polres_of.items() if code in districts}
    before = {one.unit for one in usual_units(the_jurisdiction(), {})}
    jurisdiction = usual_jurisdiction(districts, of=kept)
    fresh = usual_units(jurisdiction, _names([*districts, *jurisdiction.polres_of.values()]))
    with transaction.atomic():
        UnitRow.objects.filter(unit__in=before - {one.unit for one in fresh}).delete()
        JurisdictionRow.objects.exclude(district__in=districts).delete()
        UnitRow.objects.bulk_create([_row(one) for one in fresh], ignore_conflicts=True)
        rows = [JurisdictionRow(district=code, polres=unit) for code, unit in jurisdiction.polres_of.items()]
        JurisdictionRow.objects.bulk_create(rows, ignore_conflicts=True)


def _row(unit: Unit) -> UnitRow:
    return UnitRow(
        unit=unit.unit,
        kind=unit.kind,
        name=unit.name[:120],
        agency=unit.agency,
        area=unit.area,
        commanded_by=unit.commanded_by,
        elected_under=unit.elected_under,
    )


def _names(named: Iterable[str]) -> Mapping[str, str]:
    codes = {code[:size] for one in named if (code := one.removeprefix("polres-")).isdecimal() for size in (2, 4, 6)}
    return {code: _short(code) for code in codes}


def _short(code: str) -> str:
    """A region as units are named after it: a kabupaten without that word; a kota keeps it, to be told apart."""
    try:
        return official_codes().region(code).name.removeprefix("Kabupaten ")
    except UnknownRegion:
        return code


def move_district(district: str, polres: str) -> None:
    """Give a kecamatan to another Polres, its Polsek with it. Raises: UnitRefused."""
    units = the_units()
    unit = units.by_name.get(polres)
    if unit is None or unit.kind != "polres":
        raise UnitRefused("Pilih salah satu Polres. / Choose one of the Polres.")
    with transaction.atomic():
        if not JurisdictionRow.objects.filter(district=district).update(polres=polres):
            raise UnitRefused(
                f"Kecamatan {district[:6]} bukan bagian operasi ini. / "
                f"The kecamatan {district[:6]} is not part of this operation."
            )
        UnitRow.objects.filter(kind="polsek", area=district).update(commanded_by=polres)


def add_unit(kind: str, name: str, area: str, *, commanded_by: str = "", elected_under: str = "") -> UnitRow:
    """Add a unit that no area gives: a Kodim, the Linmas of a kabupaten, a neighbouring Polres. Raises: UnitRefused."""
    called, code = " ".join(name.split()), area.replace(".", "").strip()
    if kind not in KINDS:
        raise UnitRefused("Pilih jenis satuannya. / Choose the kind of unit.")
    if not 3 <= len(called) <= 120:
        raise UnitRefused("Tulis nama satuannya, 3 sampai 120 huruf. / Write the unit's name, 3 to 120 characters.")
    if not (code.isascii() and code.isdecimal() and len(code) in (2, 4, 6, 10)):
        raise UnitRefused("Wilayah ditulis dengan kodenya, 2 sampai 10 angka. / The area is its code, 2 to 10 digits.")
    units = the_units()
    for above in (commanded_by, elected_under):
        if above and above not in units.by_name:
            raise UnitRefused(f"Satuan {above[:64]} tidak ada. / There is no unit {above[:64]}.")
    unit = _free_name(kind, called, code, units)
    made = kind
    return _added(Unit(unit, made, called, AGENCY_OF_KIND[made], code, commanded_by, elected_under), units)


def _free_name(kind: str, name: str, area: str, units: Units) -> str:
    """`kodim-1618` is not an area's number, so a second unit of a kind in an area takes its name beside the code."""
    plain = f"{kind}-{area}"
    if plain not in units.by_name:
        return plain
    named = f"{kind}-{area}-{slug_of('', name)}"[:64]
    if named in units.by_name:
        raise UnitRefused(f"{name} sudah ada. / {name} is there already.")
    return named


def _added(unit: Unit, units: Units) -> UnitRow:
    try:
        Units([*units.by_name.values(), unit])
    except GoesInCircles as error:
        raise UnitRefused(str(error)) from error
    row = _row(unit)
    row.save(force_insert=True)
    return row


def remove_unit(unit: str) -> None:
    """Remove a unit that stands above no other and polices nothing. Raises: UnitRefused."""
    units = the_units()
    if unit not in units.by_name:
        raise UnitRefused(f"Satuan {unit[:64]} tidak ada. / There is no unit {unit[:64]}.")
    below = {*units.below(unit, "command"), *units.below(unit, "election")} - {unit}
    if below or JurisdictionRow.objects.filter(polres=unit).exists():
        raise UnitRefused(
            "Satuan ini membawahi satuan atau kecamatan lain. Pindahkan dulu. / "
            "Other units or kecamatan stand under this one. Move them first."
        )
    UnitRow.objects.filter(unit=unit).delete()
