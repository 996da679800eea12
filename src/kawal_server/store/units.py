"""The units and the jurisdiction of this post, read from their rows into the mission's words."""

from typing import cast

from kawal.command.units import Jurisdiction, Unit, UnitKind, Units
from kawal_server.store.command_rows import JurisdictionRow, UnitRow


def the_units() -> Units:
    """All units of this post."""
    return Units(
        Unit(row.unit, cast("UnitKind", row.kind), row.name, row.agency, row.area, row.commanded_by, row.elected_under)
        for row in UnitRow.objects.all()
    )


def the_jurisdiction() -> Jurisdiction:
    """Which Polres polices which kecamatan."""
    return Jurisdiction({row.district: row.polres for row in JurisdictionRow.objects.all()})
