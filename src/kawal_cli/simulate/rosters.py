"""Rosters: who has which turn, issued week by week, and issued again where two exchange their turns."""

from collections.abc import Iterable, Iterator

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.orders import register
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.posts import DAY_S, FIRST_SHIFT, Post
from kawal_cli.simulate.stage import Members, Scene
from kawal_cli.simulate.story import Story

FIRST_WEEK, WEEK_DAYS = -7, 7
ISSUED_HOUR = 18.0
EXCHANGED_DAY, EXCHANGED_HOUR, EXCHANGED_SLOT = -2, 13.0, 1
Row = tuple[object, ...]


def issue_weekly(story: Story, polres: Polres) -> Scene:
    """The roster of a week is issued the evening before it begins, as long as anything is guarded."""
    week = FIRST_WEEK
    while not polres.is_done:
        begins = moment(polres.zone, week, FIRST_SHIFT)
        rows = _rows(polres.standing(), begins, begins + WEEK_DAYS * DAY_S)
        _issue(story, polres, rows)
        week += WEEK_DAYS
        yield from _wait(story, polres, moment(polres.zone, week - 1, ISSUED_HOUR))


def _wait(story: Story, polres: Polres, at: int) -> Scene:
    while story.stage.now < at and not polres.is_done:
        yield min(at, story.stage.now + DAY_S // 4)


def exchange(story: Story, polres: Polres) -> Scene:
    """Two guards of the warehouse exchange a turn, written down beforehand; both still have their rest."""
    yield moment(polres.zone, EXCHANGED_DAY, EXCHANGED_HOUR)
    post = next(post for post in polres.posts if post.kind == "warehouse")
    first = next(number for number in range(1000) if post.shift(number).begins > story.stage.now + DAY_S // 2)
    mine, other = (post.teams[number % len(post.teams)][EXCHANGED_SLOT] for number in (first, first + 1))
    post.swaps |= {(first, EXCHANGED_SLOT): other, (first + 1, EXCHANGED_SLOT): mine}
    told: Members = {"kind": "message", "about": post.name, "note": "Tukar jaga dua anggota gudang disetujui Kasetops."}
    story.stage.sign(polres.crew.commander, "command.log", log=PENGAMANAN, **told)
    ends = moment(polres.zone, FIRST_WEEK + WEEK_DAYS, FIRST_SHIFT)
    _issue(story, polres, _rows([post], story.stage.now, ends))


def _issue(story: Story, polres: Polres, rows: Iterable[Row]) -> None:
    if written := list(rows):
        register(story, polres, "roster", written)


def _rows(posts: Iterable[Post], begins: int, ends: int) -> Iterator[Row]:
    for post in posts:
        number = 0
        while (turn := post.shift(number)).begins < min(ends, post.until):
            if turn.ends > begins:
                for device in post.team(number):
                    yield post.name, device.who, turn.begins, min(turn.ends, post.until)
            number += 1
