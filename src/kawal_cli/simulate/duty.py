"""Duty at a post: coming on, signs of life, the log book, visitors, the co-signed relief, and going off."""

from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.acts import end_shift, nonce
from kawal_cli.simulate.days import hour_of
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.orders import lengthen, lift
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.posts import FIRST_SHIFT, Post
from kawal_cli.simulate.stage import Members, Scene
from kawal_cli.simulate.story import Story

EARLY_S = 600
OVERLAP_S = 200
"""The old team stays so long after the new one signed on: longer than two clocks of phones differ."""
LEAVES_S = 300
LOOK_S = 1800
JITTER_S = (-90, 60)
LOG_SHARE, VISIT_SHARE = 0.5, 0.6
VISITING = (8.5, 15.5)
STAYS_S = (600, 2400)
LINES = (
    "Situasi aman; segel pintu dan kunci utuh.",
    "Kontrol keliling halaman, nihil.",
    "Hujan; terpal diperiksa, ruang kering.",
    "Pengecekan lampu dan APAR, baik.",
    "Patroli Kapolsek singgah; arahan diterima.",
)
_CALLERS = {
    "warehouse": ("cek suhu dan kelembapan ruang", ("kpu", "supervisor")),
    "ppk": ("periksa ruang simpan", ("ppk", "supervisor")),
    "kpu": ("rapat koordinasi", ("kpu",)),
    "bawaslu": ("menyerahkan surat", ("supervisor",)),
    "pleno": ("meliput rapat pleno", ("ppk", "supervisor", "witness")),
}
Act = Callable[[], None]


def guard(story: Story, polres: Polres, post: Post) -> Scene:
    """Hold the post turn after turn until nothing is left to guard, then lift it."""
    stage, number = story.stage, 0
    yield post.shift(0).begins - EARLY_S
    come_on(story, post, post.team(0))
    while True:
        yield from stage.play("watch", f"{post.name}/{number}", partial(watch, story, post, number))
        if not post.is_over():
            yield max(stage.now, post.shift(number).ends)
        if post.is_over():
            break
        number += 1
        if post.goes_on(number - 1):
            yield from stage.play("relief", f"{post.name}/{number}", partial(relieve, story, post, number))
        else:
            yield from _rest_over_night(story, polres, post, number)
    yield from _leave(story, polres, post)


def watch(story: Story, post: Post, number: int) -> Scene:
    """One turn: signs of life as often as they are due, what is written in the log book, who calls."""
    stage = story.stage
    for at, act in sorted(_acts(story, post, number), key=lambda one: one[0]):
        yield max(stage.now, at)
        if post.is_over():
            return
        if stage.now >= post.quiet_until and post.on_duty:
            act()


def _acts(story: Story, post: Post, number: int) -> Iterator[tuple[int, Act]]:
    now, stream = post.shift(number), story.dice("jaga", post.name, str(number))
    at = now.begins
    while at + LOOK_S < now.ends:
        beat_s = post.beat_at(at)
        at += beat_s or LOOK_S
        if at < now.ends:
            yield at + stream.randint(*JITTER_S), partial(_beat, story, post) if post.beat_at(at) else _nothing
    if stream.random() < LOG_SHARE:
        line = partial(tell, story, post, "log", note=stream.choice(LINES))
        yield now.begins + stream.randint(2 * 3600, 5 * 3600), line
    yield from _calls(story, post, number, stream)


def _calls(story: Story, post: Post, number: int, stream: Random) -> Iterator[tuple[int, Act]]:
    """Somebody with a paper comes in the working hours, and leaves again."""
    begins = post.shift(number).begins
    if hour_of(post.place.zone, begins) != FIRST_SHIFT or stream.random() >= VISIT_SHARE:
        return
    comes = begins + int((stream.uniform(*VISITING) - FIRST_SHIFT) * 3600)
    leaves = min(comes + stream.randint(*STAYS_S), post.shift(number).ends - 60)
    if comes >= leaves:
        return
    why, present = _CALLERS[post.kind]
    paper: Members = {"why": why, "doc": f"ST/{stream.randint(10, 99)}/XI/2024", "with": list(present)}
    yield comes, partial(tell, story, post, "visitor", dir="in", **paper)
    yield leaves, partial(tell, story, post, "visitor", dir="out", **paper)


def _nothing() -> None:
    """Nobody says anything here, by order."""


def _beat(story: Story, post: Post) -> None:
    if post.beat_at(story.stage.now):
        tell(story, post, "beat", order=post.order)


def tell(story: Story, post: Post, what: str, device: Device | None = None, **members: object) -> None:
    """Sign an event of the post, by its leader unless somebody else is named."""
    who = device or post.on_duty[0]
    story.stage.sign(who, f"guard.{what}", log=PENGAMANAN, place=post.place, post=post.name, **members)


def come_on(story: Story, post: Post, team: list[Device]) -> None:
    """A team signs on under the order in force and the card in use, each phone with the people behind it."""
    for device in team:
        people = post.people(device)
        many: Members = {"n": people} if people > 1 else {}
        tell(story, post, "on", device, order=post.order, sop=post.sop, **many)
    post.on_duty.extend(team)


def go_off(story: Story, post: Post, team: list[Device]) -> None:
    """These sign off."""
    for device in team:
        tell(story, post, "off", device, order=post.order)
    post.on_duty[:] = [device for device in post.on_duty if device not in team]


def relieve(story: Story, post: Post, number: int) -> Scene:
    """The new team comes on, both leaders sign the post over, and only then the old one leaves."""
    stage, before, after = story.stage, list(post.on_duty), post.team(number)
    comes = stage.now
    come_on(story, post, after)
    if before:
        yield from hand_post_over(story, post, before[0], after[0])
        yield max(stage.now, comes + OVERLAP_S)
        go_off(story, post, before)


def hand_post_over(
    story: Story, post: Post, giver: Device, receiver: Device, *, counted: int | None = None, note: str = ""
) -> Scene:
    """Co-sign the relief, within three minutes. counted: what the receiver counted where that is not what it was told.

    In the morning the boxes are counted; at other hours the doors' seals are looked at, and the boxes are not seen.
    """
    stage, stream = story.stage, giver.stream
    told: Members = {"post": post.name, "n": boxes_seen(story, post), "ok": True}
    answer = told if counted is None else told | {"n": counted, "ok": False, "note": note}
    yield stage.now + stream.randint(10, 30)
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
    yield stage.now + stream.randint(30, 70)
    accept = stage.sign(receiver, "custody.accept", log=PENGAMANAN, place=post.place, of=offer, res="ok", **answer)
    wait = stream.randint(10, 40)
    yield stage.now + wait
    stage.sign(giver, "custody.close", log=PENGAMANAN, of=accept, rtt=wait + 60)


def boxes_seen(story: Story, post: Post) -> int | None:
    """How many boxes a relief counts: all in the morning where boxes are, else none are seen."""
    is_morning = abs(hour_of(post.place.zone, story.stage.now) - FIRST_SHIFT) < 1.5
    return post.boxes() if is_morning and post.kind in ("ppk", "warehouse") else None


def _rest_over_night(story: Story, polres: Polres, post: Post, number: int) -> Scene:
    yield story.stage.now + LEAVES_S
    go_off(story, post, list(post.on_duty))
    if post.shift(number).begins >= post.until:
        lengthen(story, polres, post)
    yield post.shift(number).begins - EARLY_S
    come_on(story, post, post.team(number))


def _leave(story: Story, polres: Polres, post: Post) -> Scene:
    """The command lifts the post where it should have stayed longer; then everybody goes, and the phones rest."""
    if story.stage.now < post.until:
        lift(story, polres, post)
    post.is_lifted = True
    yield story.stage.now + LEAVES_S
    go_off(story, post, list(post.on_duty))
    yield story.stage.now + 900
    for team in post.teams:
        for device in team:
            end_shift(story.stage, device)
