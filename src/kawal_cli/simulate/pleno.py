"""The plenos of a kecamatan: one an election, box by box, each opened before those who must see it and sealed again."""

from functools import partial

from kawal.ledger.event import Eid
from kawal_cli.simulate.acts import attest, open_box, seal
from kawal_cli.simulate.days import day_of, hour_of
from kawal_cli.simulate.sessions import Session
from kawal_cli.simulate.stage import Scene
from kawal_cli.simulate.story import Story
from kawal_cli.simulate.world import Box, District

PRESENT = ("ppk", "pps", "supervisor", "witness")
OPENS, RESTS = 9.0, 17.2
EARLIEST_CLOSE = 15.0
LONGEST_SLOT_S = 10 * 60
BOXES_OF_ONE_DAY, BOXES_OF_TWO_DAYS = 45, 110
WORKING_S = int(7.4 * 3600)


def session_days(district: District) -> int:
    """How many days a pleno takes."""
    many = len(district.stations)
    return 1 if many <= BOXES_OF_ONE_DAY else 2 if many <= BOXES_OF_TWO_DAYS else 3


def hold_session(story: Story, district: District, election: str) -> Scene:
    """Open, go through all boxes of the election, close, send the documents."""
    number = district.elections.index(election)
    many = max(1, len(district.stations))
    slot = min(LONGEST_SLOT_S, session_days(district) * WORKING_S // (many + 1))
    session = Session(district, election, story.district_crew(district.code).ppk[number % 2], slot)
    story.sessions[f"{district.code}/{election}"] = session
    stream = story.dice("pleno", district.code, election)
    yield story.hour(district.place, district.session_day, OPENS) + 420 * number + stream.randint(0, 240)
    yield from story.stage.play("pleno", f"{district.code}/{election}", partial(_run, story, session))


def _run(story: Story, session: Session) -> Scene:
    stage, district = story.stage, session.district
    session.opened = tell(story, session, "open")
    yield stage.now + 900
    for box in [box for box in list(district.store) if box.election == session.election]:
        yield from _rest_over_night(story, session)
        ends = stage.now + session.slot_s
        yield from stage.play("recap", box.id, partial(recap, story, session, box))
        yield max(stage.now, ends)
    yield from _own_box(story, session)
    yield from _close(story, session)


def recap(story: Story, session: Session, box: Box) -> Scene:
    """Open one box, read its form aloud, put everything back and seal it with new seals."""
    stage, district = story.stage, session.district
    open_box(stage, session.custodian, box, district.place, why="pleno", present=PRESENT)
    yield stage.now + max(20, session.slot_s * 6 // 10)
    seal(stage, session.custodian, box, district.place, numbered=district.numbered, why="selesai rekapitulasi")


def _rest_over_night(story: Story, session: Session) -> Scene:
    zone, now = session.district.place.zone, story.stage.now
    if hour_of(zone, now) < RESTS:
        return
    tell(story, session, "suspend", why="istirahat malam")
    yield story.hour(session.district.place, day_of(zone, now) + 1, OPENS) + 300
    tell(story, session, "resume")
    yield story.stage.now + 300


def _own_box(story: Story, session: Session) -> Scene:
    number = session.district.elections.index(session.election)
    box = session.district.own_boxes[number]
    if box in session.district.store:
        yield from story.stage.play("recap", box.id, partial(recap, story, session, box))


def _close(story: Story, session: Session) -> Scene:
    stage, district = story.stage, session.district
    finished = story.finished.setdefault(district.code, set())
    finished.add(session.election)
    yield from stage.until(lambda: finished >= set(district.elections))
    zone = district.place.zone
    yield max(stage.now + 900, story.hour(district.place, day_of(zone, stage.now), EARLIEST_CLOSE))
    yield stage.now + story.dice("tutup", district.code, session.election).randint(60, 1500)
    yield from stage.play("close", f"{district.code}/{session.election}", partial(end, story, session))


def end(story: Story, session: Session) -> Scene:
    """Close the session and send its documents to KPU."""
    stage, district = story.stage, session.district
    crew = story.district_crew(district.code)
    closed = tell(story, session, "close")
    district.closed_at[session.election] = stage.now
    yield stage.now + 1200
    attest(stage, (crew.supervisor, crew.witness), [one for one in (session.opened, closed) if one])
    yield stage.now + 600
    tell(story, session, "docs", to=f"kpu-{district.code[:4]}", doc=f"D.HASIL KECAMATAN {session.election}")


def tell(story: Story, session: Session, verb: str, **members: str) -> Eid:
    """The observer at the pleno records what it sees."""
    observer = story.district_crew(session.district.code).observer
    told = session.members | members
    session.is_open = verb in ("open", "resume") or (session.is_open and verb not in ("suspend", "close"))
    return story.stage.sign(observer, f"pleno.{verb}", place=session.district.place, **told)
