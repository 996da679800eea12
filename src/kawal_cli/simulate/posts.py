"""Guard posts: two guards at a time in three teams, twelve hours each, relieved post by post without a gap."""

from collections.abc import Callable
from functools import partial

from kawal.ledger.event import Eid
from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.acts import end_shift, nonce
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.stage import Scene, Stage
from kawal_cli.simulate.story import Story
from kawal_cli.simulate.world import Place

TEAM = 2
SHIFT_HOURS = 12
FIRST_SHIFT = 7.0
BEAT_S = 3 * 3600


class Post:
    """A post as it runs. boxes: how many boxes it guards right now."""

    def __init__(self, place: Place, guards: list[Device], boxes: Callable[[], int]) -> None:
        self.name = f"pos-{place.site}"
        self.place = place
        self.teams = [guards[at : at + TEAM] for at in range(0, len(guards), TEAM)]
        self.boxes = boxes


def guard(story: Story, post: Post, order: Eid, first_day: int, is_over: Callable[[], bool]) -> Scene:
    """Hold the post from the morning of `first_day` until there is nothing left to guard."""
    stage, shift = story.stage, 0
    yield story.hour(post.place, first_day, FIRST_SHIFT - 0.4)
    for device in post.teams[0]:
        _say(stage, post, device, "on", order)
    while not is_over():
        ends = story.hour(post.place, first_day, FIRST_SHIFT + SHIFT_HOURS * (shift + 1))
        now = post.teams[shift % len(post.teams)]
        while stage.now + BEAT_S < ends and not is_over():
            yield stage.now + BEAT_S
            _say(stage, post, now[0], "beat", order)
        if is_over():
            break
        yield ends
        after = post.teams[(shift + 1) % len(post.teams)]
        scene = partial(relieve, story, post, now, after, order)
        yield from stage.play("relief", f"{post.name}/{shift}", scene)
        shift += 1
    for device in post.teams[shift % len(post.teams)]:
        _say(stage, post, device, "off", order)
    yield stage.now + 900
    for team in post.teams:
        for device in team:
            end_shift(stage, device)


def relieve(story: Story, post: Post, now: list[Device], after: list[Device], order: Eid) -> Scene:
    """The new team comes on, takes the post over with its count, and only then the old one leaves."""
    stage = story.stage
    for device in after:
        _say(stage, post, device, "on", order)
    yield stage.now + 60
    giver, receiver = now[0], after[0]
    told = {"post": post.name, "n": post.boxes(), "ok": True}
    offer = stage.sign(
        giver,
        "custody.offer",
        log=PENGAMANAN,
        place=post.place,
        what="post",
        to=receiver.kid,
        ch=nonce(receiver),
        hb=receiver.head(PENGAMANAN),
        **told,
    )
    yield stage.now + 40
    accept = stage.sign(receiver, "custody.accept", log=PENGAMANAN, place=post.place, of=offer, res="ok", **told)
    yield stage.now + 30
    stage.sign(giver, "custody.close", log=PENGAMANAN, of=accept, rtt=60)
    for device in now:
        _say(stage, post, device, "off", order)


def _say(stage: Stage, post: Post, device: Device, what: str, order: Eid) -> None:
    stage.sign(device, f"guard.{what}", log=PENGAMANAN, place=post.place, post=post.name, order=order)
