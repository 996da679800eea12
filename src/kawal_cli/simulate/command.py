"""The command post: orders to the posts, and the situation report of every evening."""

from kawal.ledger.event import Eid
from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.acts import end_shift
from kawal_cli.simulate.posts import Post
from kawal_cli.simulate.stage import Members, Scene
from kawal_cli.simulate.story import Story
from kawal_cli.simulate.world import Regency

REPORT_HOUR = 21.0


def issue_orders(story: Story, regency: Regency, posts: list[Post]) -> Eid:
    """Issue the order that all posts of a kabupaten stand under; each team's first guard acknowledges it."""
    stage, crew = story.stage, story.regency_crew(regency.code)
    text = f"DEMO. Sprin penjagaan dan pengawalan kotak suara, {regency.name}. Pos: {len(posts)}.\n"
    mh = stage.logs[PENGAMANAN].blob(text.encode())
    units = sorted({team[0].unit for post in posts for team in post.teams})
    expires = crew.commander.duty.exp
    order = stage.sign(crew.commander, "order.issue", log=PENGAMANAN, mh=mh, to=units[:40], exp=expires)
    for post in posts:
        for team in post.teams:
            stage.sign(team[0], "order.ack", log=PENGAMANAN, of=order)
    return order


def report_daily(story: Story, regency: Regency, first_day: int) -> Scene:
    """Publish the situation every evening until the operation is done."""
    day = first_day
    while not regency.is_done:
        yield story.hour(regency.office, day, REPORT_HOUR)
        yield from story.stage.play("report", f"{regency.code}/{day}", lambda: publish(story, regency))
        day += 1
    yield story.stage.now + 7200
    crew = story.regency_crew(regency.code)
    for device in (crew.commander, crew.humas):
        end_shift(story.stage, device)


def publish(story: Story, regency: Regency) -> Scene:
    """One evening's report, approved by two."""
    report(story, regency, "sitrep.publish", report_text(regency))
    yield from ()


def report_text(regency: Regency) -> str:
    """The report's own words: boxes by place, nothing about people or results."""
    at_ppk = sum(len(district.store) for district in regency.districts)
    return f"DEMO. Situasi {regency.name}: di gudang {len(regency.store)} kotak, di PPK {at_ppk} kotak. Aman.\n"


def report(story: Story, regency: Regency, t: str, text: str, of: Eid | None = None) -> Eid:
    """Sign a report."""
    stage, crew = story.stage, story.regency_crew(regency.code)
    mh = stage.logs[PENGAMANAN].blob(text.encode())
    approved = [crew.commander.kid, crew.humas.kid]
    extra: Members = {} if of is None else {"of": of}
    size = stage.logs[PENGAMANAN].size
    return stage.sign(crew.commander, t, log=PENGAMANAN, mh=mh, size=size, by=approved, **extra)
