"""Orders (sprin): issued, read and acknowledged, extended by a new one, and the posts they found and lift."""

from collections.abc import Iterable, Sequence

from kawal.election.manifests import write_rows
from kawal.ledger.event import Eid
from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.posts import DAY_S, FIRST_SHIFT, Post
from kawal_cli.simulate.stage import Members, Scene
from kawal_cli.simulate.story import Story

EXTENDED_DAY, EXTENDED_HOUR = 2, 9.0
LAST_DAY = 14
SOON_S, LATE_S, READ_S = (120, 2 * 3600), 21 * 3600, 1500
VOTING, RECAP = "pungut-hitung", "rekap-kec"
"""The stages that orders are bound to."""


def order(story: Story, polres: Polres, text: str, units: Sequence[str], expires: int, stage: str, of: str = "") -> Eid:
    """Issue an order of a Polres."""
    number = polres.next_number("Sprin")
    mh = story.stage.logs[PENGAMANAN].blob(f"DEMO. {number}. {text}\n".encode())
    members: Members = {"mh": mh, "to": list(units), "exp": expires, "no": number, "stage": stage}
    members |= {"of": of} if of else {}
    return story.stage.sign(polres.crew.commander, "order.issue", log=PENGAMANAN, **members)


def first_order(story: Story, polres: Polres) -> None:
    """Issue the order that all posts of a Polres stand under."""
    until = max(post.until for post in polres.posts)
    text = f"Penjagaan dan pengawalan kotak suara, {polres.name}. Pos: {len(polres.posts)}."
    polres.order = order(story, polres, text, _units(polres.posts), until, VOTING)
    polres.ordered_until = until
    for post in polres.posts:
        post.order = polres.order
    _let_acknowledge(story, polres.posts, polres.order, has_late=True)


def extend(story: Story, polres: Polres) -> Scene:
    """Before the first order ends, another one keeps the posts that still have something to guard."""
    polres.busy += 1
    yield moment(polres.zone, EXTENDED_DAY, EXTENDED_HOUR)
    posts = [post for post in polres.standing() if post.kind != "pleno"]
    until = moment(polres.zone, LAST_DAY, FIRST_SHIFT)
    if posts:
        text = "Perpanjangan penjagaan sampai seluruh kotak tiba di gudang KPU."
        polres.order = order(story, polres, text, _units(posts), until, RECAP, of=polres.order)
        polres.ordered_until = until
        for post in posts:
            post.order, post.until = polres.order, until
        register_posts(story, polres, posts)
        _let_acknowledge(story, posts, polres.order)
    polres.busy -= 1


def lift(story: Story, polres: Polres, post: Post) -> None:
    """Order a post lifted: from now on nobody is due there."""
    _order_one(story, polres, post, f"Pos {post.name} selesai.", story.stage.now)


def lengthen(story: Story, polres: Polres, post: Post) -> None:
    """A pleno that is not closed needs its post for another day."""
    until = post.until
    while until <= story.stage.now:
        until += DAY_S
    _order_one(story, polres, post, f"Pos {post.name} diperpanjang: pleno belum ditutup.", until)


def _order_one(story: Story, polres: Polres, post: Post, text: str, until: int) -> None:
    """One order about one post; who leads it there takes it on at once."""
    leader = post.on_duty[0] if post.on_duty else post.teams[0][0]
    expires = max(until, story.stage.now + DAY_S)
    post.order = order(story, polres, text, [leader.unit], expires, RECAP, of=post.order)
    post.until = until
    register_posts(story, polres, [post])
    story.stage.sign(leader, "order.ack", log=PENGAMANAN, of=post.order)


def register_posts(story: Story, polres: Polres, posts: Iterable[Post]) -> None:
    """Register posts as they are now ordered; a later list stands for an earlier one."""
    register(story, polres, "posts", (row for post in posts for row in post.rows()))


def register(story: Story, polres: Polres, kind: str, rows: Iterable[Iterable[object]]) -> None:
    """Register a manifest of a Polres."""
    written = [tuple(row) for row in rows]
    mh = story.stage.logs[PENGAMANAN].blob(write_rows(kind, written))
    members: Members = {"kind": kind, "mh": mh, "n": len(written), "area": polres.area}
    story.stage.sign(polres.crew.commander, "register.manifest", log=PENGAMANAN, **members)


def _units(posts: Iterable[Post]) -> list[str]:
    return sorted({device.unit for post in posts for team in post.teams for device in team})


def _let_acknowledge(story: Story, posts: Iterable[Post], of: str, *, has_late: bool = False) -> None:
    """Every unit takes the order on within hours; one only reads it, and takes it on the next day."""
    first: dict[str, tuple[Post, Device]] = {}
    for post in posts:
        for device in (one for team in post.teams for one in team):
            first.setdefault(device.unit, (post, device))
    late = max(first) if has_late else ""
    for unit, (post, device) in first.items():
        is_late = unit == late
        if is_late:
            story.stage.start(_answer(story, post, device, of, is_read=True), story.stage.now + READ_S)
        wait = LATE_S if is_late else story.dice("perintah", of, unit).randint(*SOON_S)
        story.stage.start(_answer(story, post, device, of), story.stage.now + wait)


def _answer(story: Story, post: Post, device: Device, of: str, *, is_read: bool = False) -> Scene:
    if not post.is_lifted:
        how: Members = {"do": "read"} if is_read else {}
        story.stage.sign(device, "order.ack", log=PENGAMANAN, of=of, **how)
    yield from ()
