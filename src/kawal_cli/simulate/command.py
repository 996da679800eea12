"""The command post: the situation report of every evening."""

from kawal.ledger.event import Eid
from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.acts import end_shift
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.stage import Members, Scene
from kawal_cli.simulate.story import Story

REPORT_HOUR = 21.0


def report_daily(story: Story, polres: Polres, first_day: int) -> Scene:
    """Publish the situation every evening until the operation is done; then the command's phones rest."""
    day = first_day
    while not polres.is_done:
        yield moment(polres.zone, day, REPORT_HOUR)
        yield from story.stage.play("report", f"{polres.unit}/{day}", lambda: publish(story, polres))
        day += 1
    yield story.stage.now + 7200
    for device in (polres.crew.commander, polres.crew.humas, polres.crew.desk):
        end_shift(story.stage, device)


def publish(story: Story, polres: Polres) -> Scene:
    """One evening's report, approved by two."""
    report(story, polres, "sitrep.publish", report_text(polres))
    yield from ()


def report_text(polres: Polres) -> str:
    """The report's own words: boxes by place, nothing about people or results."""
    at_ppk = sum(len(district.store) for district in polres.districts)
    at_kpu = sum(len(regency.store) for regency in polres.regencies)
    return f"DEMO. Situasi {polres.name}: di gudang {at_kpu} kotak, di PPK {at_ppk} kotak. Aman.\n"


def report(story: Story, polres: Polres, t: str, text: str, of: Eid | None = None) -> Eid:
    """Sign a report."""
    stage, crew = story.stage, polres.crew
    mh = stage.logs[PENGAMANAN].blob(text.encode())
    approved = [crew.commander.kid, crew.humas.kid]
    extra: Members = {} if of is None else {"of": of}
    size = stage.logs[PENGAMANAN].size
    return stage.sign(crew.commander, t, log=PENGAMANAN, mh=mh, size=size, by=approved, **extra)
