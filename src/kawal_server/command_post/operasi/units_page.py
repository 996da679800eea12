"""The section Satuan & wilayah hukum: both trees drawn, and which Polres polices which kecamatan."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawal.command.escorting import crossings, legs_home
from kawal.command.units import Jurisdiction, Tree, Unit, Units
from kawal_server.accounts.access import AuthenticatedRequest, may, who_may
from kawal_server.actions.set_units import UnitRefused, add_unit, move_district, remove_unit
from kawal_server.command_post.operasi.guard import the_operation
from kawal_server.command_post.operasi.sections import sections
from kawal_server.command_post.templatetags.kawal import said
from kawal_server.store.units import the_jurisdiction, the_units

SHORT_TREE = 40
ADDED_KINDS = ("kodim", "koramil", "linmas", "satpolpp", "pemda", "polres", "polsek", "pps", "bawaslu", "other")


@dataclass(frozen=True, slots=True)
class Node:
    """A unit with those directly under it, and how many stand below it in all."""

    unit: Unit
    below: Sequence["Node"]
    count: int

    @property
    def is_short(self) -> bool:
        """Whether all below it may be read without opening anything."""
        return self.count <= SHORT_TREE


@dataclass(frozen=True, slots=True)
class Policed:
    """One kecamatan and its Polres. is_lent: another than that of its kabupaten polices it."""

    code: str
    polres: str
    name: str
    is_lent: bool


@dataclass(frozen=True, slots=True)
class Area:
    """What one Polres polices. kpus: whom it answers to; leaves: kecamatan whose boxes it escorts out of its area."""

    polres: str
    name: str
    districts: Sequence[str]
    kpus: Sequence[str]
    leaves: Sequence[str]


@require_safe
@who_may("see-operation")
def show_units(request: AuthenticatedRequest) -> HttpResponse:
    """Both trees, and the jurisdiction."""
    return _page(request)


@require_POST
@who_may("set-up-operation")
def move(request: AuthenticatedRequest) -> HttpResponse:
    """Give a kecamatan to another Polres."""
    try:
        move_district(request.POST.get("kecamatan", ""), request.POST.get("polres", ""))
    except UnitRefused as error:
        return _page(request, wrong=str(error), status=400)
    return _back("wilayah")


@require_POST
@who_may("set-up-operation")
def add(request: AuthenticatedRequest) -> HttpResponse:
    """Add a unit that no area gives."""
    form = request.POST
    try:
        add_unit(
            form.get("jenis", ""),
            form.get("nama", ""),
            form.get("wilayah", ""),
            commanded_by=form.get("di-bawah", ""),
            elected_under=form.get("di-bawah-pemilihan", ""),
        )
    except UnitRefused as error:
        return _page(request, wrong=str(error), status=400, typed=form.dict())
    return _back("tambah")


@require_POST
@who_may("set-up-operation")
def remove(request: AuthenticatedRequest) -> HttpResponse:
    """Remove a unit that nothing stands under."""
    try:
        remove_unit(request.POST.get("satuan", ""))
    except UnitRefused as error:
        return _page(request, wrong=str(error), status=400)
    return _back("tambah")


def _back(anchor: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('operasi-satuan')}#{anchor}")


def _page(
    request: AuthenticatedRequest, *, wrong: str = "", status: int = 200, typed: Mapping[str, object] | None = None
) -> HttpResponse:
    units, jurisdiction = the_units(), the_jurisdiction()
    all_units = sorted(units.by_name.values(), key=lambda one: (one.kind, one.name))
    around = {
        "sections": sections(request, "operasi-satuan"),
        "operation": the_operation(),
        "command": forest(units, "command"),
        "election": forest(units, "election"),
        "policed": policed(jurisdiction, units),
        "areas": areas(jurisdiction, units),
        "polres": [one for one in all_units if one.kind == "polres"],
        "units": all_units,
        "kinds": [(kind, kind_name(kind)) for kind in ADDED_KINDS],
        "added": [one for one in all_units if not is_usual(one)],
        "may_change": may(request.user, "set-up-operation"),
        "wrong": said(wrong),
        "typed": typed or {},
    }
    return render(request, "operasi/units.html", around, status=status)


def forest(units: Units, tree: Tree) -> list[Node]:
    """The trees of one kind, from their tops; a unit that has no place in it is left out."""
    below: dict[str, list[Unit]] = defaultdict(list)
    for one in units.by_name.values():
        below[one.above(tree)].append(one)
    tops = [one for one in below[""] if below.get(one.unit) or _belongs(one, tree)]
    strays = [one for above, many in below.items() if above and above not in units.by_name for one in many]
    return [_node(one, below) for one in _in_order([*tops, *strays])]


def _belongs(unit: Unit, tree: Tree) -> bool:
    """A unit that stands alone is shown once: those who run the election in their tree, all others in the command's."""
    is_electing = unit.agency in ("kpu", "ppk", "pps", "bawaslu")
    return not unit.commanded_by and not unit.elected_under and is_electing == (tree == "election")


def _node(unit: Unit, below: Mapping[str, list[Unit]]) -> Node:
    own = [_node(one, below) for one in _in_order(below.get(unit.unit, []))]
    return Node(unit, own, sum(1 + one.count for one in own))


def _in_order(units: list[Unit]) -> list[Unit]:
    return sorted(units, key=lambda one: (one.agency, one.area, one.unit))


def policed(jurisdiction: Jurisdiction, units: Units) -> list[Policed]:
    """Every kecamatan and its Polres, by code."""
    return [
        Policed(code, polres, _name(polres, units), polres != f"polres-{code[:4]}")
        for code, polres in sorted(jurisdiction.polres_of.items())
    ]


def _name(unit: str, units: Units) -> str:
    found = units.by_name.get(unit)
    return unit if found is None else found.name


def areas(jurisdiction: Jurisdiction, units: Units) -> list[Area]:
    """What each Polres polices, by its name."""
    found = []
    for polres in sorted(set(jurisdiction.polres_of.values())):
        left = crossings(jurisdiction, legs_home(jurisdiction, polres).items())
        name = _name(polres, units)
        districts = jurisdiction.districts(polres)
        found.append(Area(polres, name, districts, jurisdiction.kpus(polres), [one.from_area for one in left]))
    return found


def is_usual(unit: Unit) -> bool:
    """Whether the area gives this unit."""
    return unit.kind in ("polda", "polres", "polsek", "kpu-provinsi", "kpu", "ppk", "bawaslu", "panwascam") and (
        unit.unit in (f"{unit.kind}-{unit.area}", f"kpu-{unit.area}")
    )


def kind_name(kind: str) -> str:
    """A kind of unit as people say it."""
    return {
        "kodim": "Kodim",
        "koramil": "Koramil",
        "linmas": "Linmas",
        "satpolpp": "Satpol PP",
        "pemda": _("Pemerintah daerah"),
        "polres": "Polres",
        "polsek": "Polsek",
        "pps": "PPS",
        "bawaslu": "Bawaslu",
    }.get(kind, _("Lainnya"))
