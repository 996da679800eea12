"""Everybody with a phone: who they are, in which unit, and how good their network is. People are opaque ids only."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kawal.ledger.log_of import KOTAK, PENGAMANAN, LogName
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.devices import COUNTRY, REMOTE, TOWN, WIRED, Device, Duty, Network, make_device
from kawal_cli.simulate.dice import dice
from kawal_cli.simulate.world import District, Regency, Station, Village, World

BOTH: tuple[LogName, ...] = (KOTAK, PENGAMANAN)
BOXES_PER_SEALER = 500
REMOTE_SHARE = 0.3


@dataclass(slots=True)
class VillageCrew:
    """A village's phones."""

    pps: Device
    supervisor: Device
    escort: Device
    kpps: dict[str, Device]


@dataclass(slots=True)
class DistrictCrew:
    """A kecamatan's phones. `officer`: of KPU, who rides with its boxes."""

    ppk: tuple[Device, Device]
    officer: Device
    escort: Device
    supervisor: Device
    witness: Device
    observer: Device


@dataclass(slots=True)
class PolresCrew:
    """A Polres's own devices. `desk`: the command post's, which passes on what cameras and other machines send."""

    commander: Device
    humas: Device
    desk: Device


@dataclass(slots=True)
class RegencyCrew:
    """A kabupaten's phones. `sealers`: of KPU at the warehouse; `polres`: one Polres may answer to two KPU."""

    sealers: list[Device]
    supervisor: Device
    escort: Device
    polres: PolresCrew

    @property
    def commander(self) -> Device:
        """The head of operations of its Polres."""
        return self.polres.commander

    @property
    def humas(self) -> Device:
        """The public affairs of its Polres."""
        return self.polres.humas


@dataclass(slots=True)
class Crew:
    """All phones, by the code of where they serve.

    `guards`: who stands at the posts; `polda`: by province; `spare`: those that only a fault brings in.
    """

    seed: int
    nbf: int
    exp: int
    admins: dict[str, Device]
    regencies: dict[str, RegencyCrew] = field(default_factory=dict)
    districts: dict[str, DistrictCrew] = field(default_factory=dict)
    villages: dict[str, VillageCrew] = field(default_factory=dict)
    polres: dict[str, PolresCrew] = field(default_factory=dict)
    polda: dict[str, Device] = field(default_factory=dict)
    guards: list[Device] = field(default_factory=list)
    spare: list[Device] = field(default_factory=list)

    def devices(self) -> Iterator[Device]:
        """All phones but the administrators', in the order in which they are enrolled."""
        yield from self.polda.values()
        for polres in self.polres.values():
            yield from (polres.commander, polres.humas, polres.desk)
        for regency in self.regencies.values():
            yield from (*regency.sealers, regency.supervisor, regency.escort)
        for district in self.districts.values():
            yield from (*district.ppk, district.officer, district.escort, district.supervisor)
            yield from (district.witness, district.observer)
        yield from self.guards
        for village in self.villages.values():
            yield from (village.pps, village.supervisor, village.escort, *village.kpps.values())
        yield from self.spare

    def make(
        self,
        name: str,
        role: str,
        unit: str,
        agency: str,
        network: Network = TOWN,
        logs: tuple[LogName, ...] = (KOTAK,),
        who: str = "",
    ) -> Device:
        """Make a phone with the usual term of duty."""
        return make_device(self.seed, name, Duty(role, unit, agency, self.nbf, self.exp), network, logs, who)

    def kpps(self, station: Station) -> Device:
        """The KPPS phone of a station."""
        return self.villages[station.code[:10]].kpps[station.code]


def make_crew(world: World) -> Crew:
    """Hand out the phones."""
    zone = world.regencies[0].zone
    crew = Crew(world.seed, moment(zone, -11, 0), moment(zone, 40, 0), {})
    first = world.regencies[0]
    for name, unit in (("kpu", f"kpu-{first.code}"), ("bawaslu", f"bawaslu-{first.code}"), ("polri", first.polres)):
        crew.admins[name] = crew.make(f"admin-{name}", "admin", unit, name, WIRED, BOTH)
    for unit in sorted({regency.polres for regency in world.regencies}):
        crew.polres[unit] = _polres(crew, unit)
    for code in sorted({unit.removeprefix("polres-")[:2] for unit in crew.polres}):
        crew.polda[code] = crew.make(f"karoops-{code}", "commander", f"polda-{code}", "polri", WIRED, (PENGAMANAN,))
    for regency in world.regencies:
        crew.regencies[regency.code] = _regency(crew, regency)
        for district in regency.districts:
            crew.districts[district.code] = _district(crew, regency, district)
            for village in district.villages:
                crew.villages[village.code] = _village(crew, district, village)
    return crew


def _polres(crew: Crew, unit: str) -> PolresCrew:
    code, only = unit.removeprefix("polres-"), (PENGAMANAN,)
    return PolresCrew(
        crew.make(f"kasetops-{code}", "commander", unit, "polri", WIRED, BOTH),
        crew.make(f"humas-{code}", "commander", unit, "polri", WIRED, only),
        crew.make(f"posko-{code}", "observer", unit, "post", WIRED, only),
    )


def _regency(crew: Crew, regency: Regency) -> RegencyCrew:
    code, unit = regency.code, f"kpu-{regency.code}"
    many = 1 + len(regency.boxes) // BOXES_PER_SEALER
    return RegencyCrew(
        [crew.make(f"{unit}-{n}", "kpu", unit, "kpu", WIRED) for n in range(many)],
        crew.make(f"bawaslu-{code}", "supervisor", f"bawaslu-{code}", "bawaslu", WIRED),
        crew.make(f"kawal-{code}", "escort", regency.polres, "polri", WIRED, BOTH),
        crew.polres[regency.polres],
    )


def _district(crew: Crew, regency: Regency, district: District) -> DistrictCrew:
    code, polsek = district.code, f"polsek-{district.code}"
    first, second = (crew.make(f"ppk-{code}-{n}", "ppk", f"ppk-{code}", "ppk") for n in "ab")
    return DistrictCrew(
        (first, second),
        crew.make(f"kpu-{regency.code}-{code}", "kpu", f"kpu-{regency.code}", "kpu"),
        crew.make(f"kawal-{code}", "escort", polsek, "polri", TOWN, BOTH),
        crew.make(f"panwascam-{code}", "supervisor", f"panwascam-{code}", "bawaslu"),
        crew.make(f"saksi-{code}", "witness", f"saksi-{code}", "party"),
        crew.make(f"pleno-{code}", "observer", polsek, "polri"),
    )


def _village(crew: Crew, district: District, village: Village) -> VillageCrew:
    code = village.code
    is_remote = dice(crew.seed, "sinyal", code).random() < REMOTE_SHARE
    network = REMOTE if is_remote else COUNTRY
    return VillageCrew(
        crew.make(f"pps-{code}", "pps", f"pps-{code}", "pps", network),
        crew.make(f"pkd-{code}", "supervisor", f"pkd-{code}", "bawaslu", network),
        crew.make(f"kawal-{code}", "escort", f"polsek-{district.code}", "polri", network, BOTH),
        {
            station.code: crew.make(f"kpps-{station.code}", "kpps", f"kpps-{station.code}", "kpps", network)
            for station in village.stations
        },
    )
