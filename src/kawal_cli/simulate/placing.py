"""Which posts an operation has, in which class and turns, and which phones stand there."""

from collections.abc import Callable
from random import Random

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.area import is_kota
from kawal_cli.simulate.crew import Crew
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.devices import POSTED, REMOTE, WIRED, Device, Network
from kawal_cli.simulate.dice import dice
from kawal_cli.simulate.outbound import SEALING_DAYS, TO_PPK
from kawal_cli.simulate.pleno import session_days
from kawal_cli.simulate.posts import CLASSES, FIRST_SHIFT, FORCE, PATTERNS, TEAMS, Post, PostKind, RiskClass, Silence
from kawal_cli.simulate.stage import Stage
from kawal_cli.simulate.world import District, Place, Regency, World

FIRST_ORDER_DAY = 4
"""The local day on whose morning the first order ends; those that stay longer need another."""
WAREHOUSE_BEAT_S, TOWN_BEAT_S, USUAL_BEAT_S = 1800, 2700, 3600
REMOTE_SHARE, ALWAYS_SHARE = 0.25, 0.4
CLASS_WEIGHTS = (48, 32, 15, 5)
HOT_AREAS: dict[str, RiskClass] = {"640205": "special", "640217": "high"}
"""Kecamatan that a source text names as prone: Muara Badak and Marang Kayu."""
TURNS_IN_TOWN, TURNS_OUTSIDE = (("3x8", 50), ("2x12", 50)), (("3x8", 10), ("2x12", 55), ("1x24", 35))
_UNITS = {"polri": "polsek", "tni": "koramil", "linmas": "linmas", "satpolpp": "satpolpp"}
_OF_REGENCY = {"polri": "polres", "tni": "kodim"}


def place_posts(stage: Stage, crew: Crew, world: World) -> dict[str, Post]:
    """Every post of the operation by name; its phones join the crew."""
    made = []
    for regency in world.regencies:
        made += _of_regency(crew, regency)
        for district in regency.districts:
            made += [_at_ppk(crew, regency, district), _at_pleno(stage, crew, district)]
    return {post.name: post for post in made}


def risk_of(seed: int, district: str) -> RiskClass:
    """How prone a kecamatan is."""
    return HOT_AREAS.get(district) or dice(seed, "kerawanan", district).choices(CLASSES, CLASS_WEIGHTS)[0]


def _of_regency(crew: Crew, regency: Regency) -> list[Post]:
    def post(kind: PostKind, place: Place, pattern: str, day: int, beat_s: int, boxes: Callable[[], int]) -> Post:
        teams = _teams(crew, kind, f"{kind}", place, pattern, WIRED, regency.polres)
        span = _span(place, day)
        return Post(
            f"pos-{place.site}", kind, "prone", place, pattern, teams, *span, beat_s, "never", boxes, _is_done(regency)
        )

    return [
        post("warehouse", regency.warehouse, "3x8", SEALING_DAYS[0], WAREHOUSE_BEAT_S, lambda: len(regency.store)),
        post("kpu", regency.office, "2x12", SEALING_DAYS[0], USUAL_BEAT_S, _none),
        post("bawaslu", regency.bawaslu, "2x12", TO_PPK, USUAL_BEAT_S, _none),
    ]


def _is_done(regency: Regency) -> Callable[[], bool]:
    return lambda: regency.is_done


def _none() -> int:
    return 0


def _at_ppk(crew: Crew, regency: Regency, district: District) -> Post:
    stream = dice(crew.seed, "pos", district.code)
    is_town = is_kota(regency.code) or district is regency.districts[0]
    is_remote = stream.random() < REMOTE_SHARE and not is_town
    silence: Silence = (
        "always" if is_remote and stream.random() < ALWAYS_SHARE else "at night" if is_remote else "never"
    )
    pattern = _turns(stream, is_town=is_town)
    risk = risk_of(crew.seed, district.code)
    network = REMOTE if silence == "always" else POSTED
    teams = _teams(crew, f"ppk {risk}", "ppk", district.place, pattern, network, "")
    return Post(
        f"pos-{district.place.site}",
        "ppk",
        risk,
        district.place,
        pattern,
        teams,
        *_span(district.place, TO_PPK),
        TOWN_BEAT_S if is_town else USUAL_BEAT_S,
        silence,
        lambda: len(district.store),
        lambda: district.is_delivered,
    )


def _turns(stream: Random, *, is_town: bool) -> str:
    names, weights = zip(*(TURNS_IN_TOWN if is_town else TURNS_OUTSIDE), strict=True)
    return str(stream.choices(names, weights)[0])


def _at_pleno(stage: Stage, crew: Crew, district: District) -> Post:
    place, pattern = district.place, "siang"
    last = district.session_day + session_days(district) - 1
    first, until = (
        moment(place.zone, day, FIRST_SHIFT + hours)
        for day, hours in ((district.session_day, 0), (last, PATTERNS[pattern][-1][1]))
    )
    made = Post(
        f"pos-pleno-{district.code}",
        "pleno",
        risk_of(crew.seed, district.code),
        place,
        pattern,
        _teams(crew, "pleno", "pleno", place, pattern, POSTED, ""),
        first,
        until,
        USUAL_BEAT_S,
        "never",
        _none,
        lambda: district.is_closed and stage.now >= made.until,
    )
    return made


def _span(place: Place, day: int) -> tuple[int, int]:
    return moment(place.zone, day, FIRST_SHIFT), moment(place.zone, FIRST_ORDER_DAY, FIRST_SHIFT)


def _teams(
    crew: Crew, force: str, word: str, place: Place, pattern: str, network: Network, polres: str
) -> list[list[Device]]:
    """Make the phones of all teams; polres: the Polri unit at a regency's own sites."""

    def phone(team: int, slot: int, agency: str) -> Device:
        name = f"jaga-{word}-{place.area}-{team * len(FORCE[force].slots) + slot}"
        return crew.make(name, "guard", _unit(agency, place.area, polres), agency, network, (PENGAMANAN,))

    teams = [
        [phone(team, number, slot.agency) for number, slot in enumerate(FORCE[force].slots)]
        for team in range(TEAMS[pattern])
    ]
    crew.guards.extend(device for team in teams for device in team)
    return teams


def _unit(agency: str, area: str, polres: str) -> str:
    if len(area) == 4 and agency == "polri":
        return polres
    return f"{(_OF_REGENCY if len(area) == 4 else {}).get(agency, _UNITS[agency])}-{area}"
