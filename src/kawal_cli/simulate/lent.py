"""Lent forces (BKO) as they are planned: who is asked for how many, what they are to do, and who stands guard."""

from dataclasses import dataclass, field

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.crew import Crew
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.devices import POSTED, Device, Duty, make_device
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.posts import CLASSES, Post

ARRIVED = (-2, 9.0)
LAST_DAY = 14
HOT = 2
"""So many kecamatan get people of a contingent."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is asked of whom, and granted. escort, hot, reserve: how many do what; `hot` is for each hot area."""

    word: str
    origin: str
    asked: int
    granted: int
    escort: int
    hot: tuple[int, ...]
    reserve: int


BONTANG = (
    Offer("staf", "polda", 40, 40, 25, (), 15),
    Offer("samapta", "polda", 40, 40, 0, (20, 15), 5),
    Offer("brimob", "brimob", 120, 100, 20, (30, 30), 20),
)
"""Polres Bontang: two contingents of forty from one Polda stay two; of Brimob a hundred come where more were asked."""
USUAL = (Offer("brimob", "brimob", 60, 45, 10, (15, 15), 5),)


@dataclass(slots=True, eq=False)
class Contingent:
    """One contingent. posts: the hot areas' posts that its people stand at; devices: their phones."""

    name: str
    number: str
    offer: Offer
    origin: str
    posts: list[Post]
    devices: list[Device] = field(default_factory=list)


def muster(crew: Crew, polres: Polres) -> list[Contingent]:
    """The contingents of a Polres; the last of them stands guard in the hot areas, its phones join the crew."""
    offers = BONTANG if polres.area == "6474" and len(polres.districts) > HOT else USUAL
    hot = sorted(
        (post for post in polres.posts if post.kind == "ppk"), key=lambda post: (-CLASSES.index(post.risk), post.name)
    )[:HOT]
    made = []
    for number, offer in enumerate(offers, 121):
        origin = f"{offer.origin}-{polres.area[:2]}"
        name = f"bko-{offer.word}-{polres.area}-{number}"
        made.append(Contingent(name, f"Sprin/{number}/XI/OPS.1.3./2024", offer, origin, hot[: len(offer.hot)]))
    for post in made[-1].posts:
        post.extras = [_phone(crew, made[-1], post, team) for team in range(len(post.teams))]
        made[-1].devices += post.extras
    crew.guards.extend(made[-1].devices)
    return made


def _phone(crew: Crew, contingent: Contingent, post: Post, team: int) -> Device:
    zone = post.place.zone
    duty = Duty("guard", contingent.origin, "polri", moment(zone, ARRIVED[0], 0), moment(zone, LAST_DAY, 0))
    name = f"{contingent.name}-{post.place.area}-{team}"
    return make_device(crew.seed, name, duty, POSTED, (PENGAMANAN,))
