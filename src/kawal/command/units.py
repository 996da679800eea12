"""Units in two trees at once: who commands whom (Polsek, Polres, Polda) and who runs the election (PPS, PPK, KPU)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Tree = Literal["command", "election"]
UnitKind = Literal[
    "polda", "polres", "polsek", "kodim", "koramil", "linmas", "satpolpp", "pemda",
    "kpu-provinsi", "kpu", "ppk", "pps", "bawaslu", "panwascam", "other",
]  # fmt: skip
AGENCY_OF_KIND: Mapping[UnitKind, str] = {
    "polda": "polri", "polres": "polri", "polsek": "polri", "kodim": "tni", "koramil": "tni", "linmas": "linmas",
    "satpolpp": "satpolpp", "pemda": "pemda", "kpu-provinsi": "kpu", "kpu": "kpu", "ppk": "ppk", "pps": "pps",
    "bawaslu": "bawaslu", "panwascam": "bawaslu", "other": "post",
}  # fmt: skip


class GoesInCircles(ValueError):
    """A unit stands above itself."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit, by the id that devices are enrolled under (`polsek-530305`).

    area: region code of 2 to 10 digits; commanded_by, elected_under: the unit above in each tree, "" at its top or
    where it has no place in that tree.
    """

    unit: str
    kind: UnitKind
    name: str
    agency: str
    area: str
    commanded_by: str = ""
    elected_under: str = ""

    def above(self, tree: Tree) -> str:
        """The unit above in one of the trees; "" where there is none."""
        return self.commanded_by if tree == "command" else self.elected_under


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Which Polres polices which kecamatan, whatever kabupaten it lies in (wilayah hukum).

    polres_of: kecamatan (6 digits) -> unit of the Polres.
    """

    polres_of: Mapping[str, str] = field(default_factory=dict)

    def districts(self, polres: str) -> tuple[str, ...]:
        """The kecamatan of a Polres, by code."""
        return tuple(sorted(code for code, unit in self.polres_of.items() if unit == polres))

    def polres(self, area: str) -> str:
        """The Polres that polices a kecamatan, village or station; of a kabupaten the one with most of its kecamatan.

        A kabupaten whose kecamatan belong to several gives the Polres named after it, where that is one of them.
        """
        if len(area) >= 6:
            return self.polres_of.get(area[:6], f"polres-{area[:4]}")
        many = [unit for code, unit in sorted(self.polres_of.items()) if code.startswith(area)]
        own = f"polres-{area}"
        return own if own in many or not many else max(dict.fromkeys(many), key=many.count)

    def kpus(self, polres: str) -> tuple[str, ...]:
        """The KPU kabupaten/kota that a Polres answers to: one for each kabupaten its kecamatan lie in."""
        return tuple(sorted({f"kpu-{code[:4]}" for code in self.districts(polres)}))


class Units:
    """All units of an operation, asked by tree."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Raises: GoesInCircles."""
        self.by_name: Mapping[str, Unit] = {one.unit: one for one in units}
        for tree in ("command", "election"):
            for name in self.by_name:
                for _ in self._upward(name, tree):
                    pass

    def find(self, unit: str) -> Unit | None:
        """A unit that is listed, or one that its id tells: there are too many PPS and KPPS to list. None for others."""
        return self.by_name.get(unit) or unlisted(unit)

    def chain(self, unit: str, tree: Tree = "command") -> tuple[str, ...]:
        """The unit and all above it, the nearest first; an unknown unit stands alone."""
        return (unit, *self._upward(unit, tree))

    def is_within(self, unit: str, of: str, tree: Tree = "command") -> bool:
        """Whether a unit is another one, or stands below it."""
        return of in self.chain(unit, tree)

    def below(self, unit: str, tree: Tree = "command") -> tuple[str, ...]:
        """The unit itself and all below it, by name."""
        return tuple(sorted({unit, *(one for one in self.by_name if self.is_within(one, unit, tree))}))

    def commander_of(self, units: Iterable[str]) -> str:
        """The lowest unit that commands all of these, one of them itself perhaps; "" where none does."""
        first, *others = [self.chain(one) for one in units] or [()]
        return next((one for one in first if all(one in other for other in others)), "")

    def _upward(self, unit: str, tree: Tree) -> Iterator[str]:
        seen = {unit}
        found = self.find(unit)
        while found is not None and (name := found.above(tree)):
            if name in seen:
                raise GoesInCircles(f"{name} berada di atas dirinya sendiri / {name} stands above itself")
            seen.add(name)
            yield name
            found = self.find(name)


# Prefix of an id -> digits of its region, its agency, the prefix and digits of the unit above in the election's tree.
_UNLISTED: Mapping[str, tuple[int, str, str, int]] = {
    "kpps": (13, "kpps", "pps", 10),
    "pps": (10, "pps", "ppk", 6),
    "ppk": (6, "ppk", "kpu", 4),
    "ptps": (13, "bawaslu", "pkd", 10),
    "pkd": (10, "bawaslu", "panwascam", 6),
    "panwascam": (6, "bawaslu", "bawaslu", 4),
    "saksi": (6, "party", "bawaslu", 4),
}


def unlisted(unit: str) -> Unit | None:
    """What the id of an election body tells of it: `kpps-5303052001003` stands under `pps-5303052001`."""
    prefix, _, area = unit.partition("-")
    told = _UNLISTED.get(prefix)
    if told is None or not (area.isascii() and area.isdigit() and len(area) == told[0]):
        return None
    _, agency, above, digits = told
    kind: UnitKind = "pps" if prefix == "pps" else "ppk" if prefix == "ppk" else "other"
    return Unit(unit, kind, unit, agency, area[:10], "", f"{above}-{area[:digits]}")


def usual_jurisdiction(districts: Iterable[str], *, of: Mapping[str, str] | None = None) -> Jurisdiction:
    """Each kecamatan under the Polres of its kabupaten, but for those in `of` (kecamatan -> unit of the Polres)."""
    given = of or {}
    return Jurisdiction({code: given.get(code, f"polres-{code[:4]}") for code in sorted(districts)})


def usual_units(jurisdiction: Jurisdiction, name_of: Mapping[str, str]) -> tuple[Unit, ...]:
    """The units that every operation has, from its kecamatan: Polda, Polres, Polsek; KPU, PPK; Bawaslu, Panwascam.

    name_of: region code -> its name. PPS are left to the lists: there are hundreds.
    """

    def called(kind: UnitKind, title: str, area: str, *, under: str = "", elects: str = "", unit: str = "") -> Unit:
        named = f"{title} {name_of.get(area, area)}"
        return Unit(unit or f"{kind}-{area}", kind, named, AGENCY_OF_KIND[kind], area, under, elects)

    districts = sorted(jurisdiction.polres_of)
    polres_units = sorted(set(jurisdiction.polres_of.values()))
    provinces = sorted({code[:2] for code in districts})
    made = [called("polda", "Polda", code) for code in provinces]
    made += [called("kpu-provinsi", "KPU Provinsi", code, unit=f"kpu-{code}") for code in provinces]
    made += [called("bawaslu", "Bawaslu Provinsi", code) for code in provinces]
    for polres in polres_units:
        area = polres.removeprefix("polres-")
        made.append(called("polres", "Polres", area, under=f"polda-{area[:2]}", unit=polres))
    for code in sorted({code[:4] for code in districts}):
        made.append(called("kpu", "KPU", code, elects=f"kpu-{code[:2]}"))
        made.append(called("bawaslu", "Bawaslu", code, elects=f"bawaslu-{code[:2]}"))
    for code in districts:
        made.append(called("polsek", "Polsek", code, under=jurisdiction.polres_of[code]))
        made.append(called("ppk", "PPK", code, elects=f"kpu-{code[:4]}"))
        made.append(called("panwascam", "Panwascam", code, elects=f"bawaslu-{code[:4]}"))
    return tuple(made)
