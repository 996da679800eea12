"""Lent forces (BKO): asked for, approved, sent, arrived, given tasks, released; told apart by origin and number."""

from typing import Any

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.acts import end_shift
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.lent import ARRIVED, LAST_DAY, Contingent
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.stage import Members, Scene
from kawal_cli.simulate.story import Story

ASKED, APPROVED, SENT = (-6, 9.0), (-5, 10.5), (-3, 8.0)
TASKED_S, CLEARS_S = 2 * 3600, 2 * 3600


def come_and_go(story: Story, polres: Polres, contingent: Contingent) -> Scene:
    """Every step of a contingent, from the request to its release the day after the last box of its areas came in."""
    offer, zone = contingent.offer, polres.zone
    commander, polda = polres.crew.commander, story.crew.polda[polres.area[:2]]
    polres.busy += 1
    yield moment(zone, *ASKED)
    _step(story, commander, contingent, "requested", offer.asked, to=polres.unit)
    yield moment(zone, *APPROVED)
    why: Members = {"note": "Personel lain bertugas di kabupaten tetangga."} if offer.granted < offer.asked else {}
    lent = moment(zone, LAST_DAY, 0)
    _step(story, polda, contingent, "approved", offer.granted, to=polres.unit, exp=lent, **why)
    yield moment(zone, *SENT)
    _step(story, polda, contingent, "sent", offer.granted, to=polres.unit)
    yield moment(zone, *ARRIVED)
    _step(story, commander, contingent, "arrived", offer.granted, to=polres.unit)
    yield story.stage.now + TASKED_S
    _give_tasks(story, polres, contingent)
    yield from story.stage.until(lambda: all(district.is_delivered for district in polres.districts))
    yield from story.stage.until(lambda: all(post.is_lifted for post in contingent.posts))
    yield story.stage.now + CLEARS_S
    _step(story, commander, contingent, "released", offer.granted, to=polres.unit)
    for device in contingent.devices:
        end_shift(story.stage, device)
    polres.busy -= 1


def _give_tasks(story: Story, polres: Polres, contingent: Contingent) -> None:
    offer, commander = contingent.offer, polres.crew.commander
    shares: list[tuple[str, str, int]] = [
        ("escort", polres.unit, offer.escort),
        ("reserve", polres.unit, offer.reserve),
    ]
    shares += [("hot-area", post.place.area, many) for post, many in zip(contingent.posts, offer.hot, strict=False)]
    for task, to, many in shares:
        if many:
            _step(story, commander, contingent, "tasked", many, task=task, to=to)
    for post in contingent.posts if contingent.devices else ():
        post.has_extras = True


def _step(story: Story, who: Device, contingent: Contingent, step: str, many: int, **members: Any) -> None:
    named: Members = {"contingent": contingent.name, "from": contingent.origin, "number": contingent.number}
    story.stage.sign(who, "bko.step", log=PENGAMANAN, step=step, n=many, **named, **members)
