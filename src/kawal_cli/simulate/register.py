"""What the operation registers before it begins: boxes, sites, plenos, convoys and their routes, and the posts."""

from collections.abc import Iterable, Iterator

from kawal.election.boxes import expected_boxes
from kawal.election.manifests import write_rows
from kawal.ledger.log_of import KOTAK, MANIFEST_LOG, PENGAMANAN, LogName
from kawal_cli.simulate.cameras import register_cameras
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.geography import trip_s
from kawal_cli.simulate.orders import register_posts
from kawal_cli.simulate.outbound import TO_PPK
from kawal_cli.simulate.pleno import OPENS, RESTS, session_days
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.return_legs import haul_hour, return_hour
from kawal_cli.simulate.stage import Members, Scene
from kawal_cli.simulate.story import Story, convoy_in, convoy_out, convoy_up
from kawal_cli.simulate.world import District, Place, Regency

DEADLINE_DAY = 6
"""3 December, the last day of the plenos of kecamatan."""
ESCORTS = 2
Row = Iterable[object]


def register_all(story: Story) -> Scene:
    """Register every list of every kabupaten; KPU signs for boxes, sites and plenos, the command for the rest."""
    for regency in story.world.regencies:
        crew = story.regency_crew(regency.code)
        kpu, command = crew.sealers[0], crew.commander
        _register(story, kpu, regency, "boxes", _boxes(regency))
        _register(story, kpu, regency, "sites", _sites(story, regency))
        yield story.stage.now + 120
        _register(story, kpu, regency, "sessions", _sessions(story, regency))
        _register(story, command, regency, "convoys", _convoys(story, regency))
        _register(story, command, regency, "routes", _routes(regency))
        yield story.stage.now + 60


def register_guarded(story: Story, polres: Polres) -> None:
    """Register the posts and cameras of a Polres, from the first duty on to where its first order ends."""
    register_posts(story, polres, polres.posts)
    register_cameras(story, polres)


def _register(story: Story, signer: Device, regency: Regency, kind: str, rows: Iterable[Row]) -> None:
    log: LogName = KOTAK if MANIFEST_LOG[kind] == KOTAK else PENGAMANAN
    written = [tuple(row) for row in rows]
    mh = story.stage.logs[log].blob(write_rows(kind, written))
    members: Members = {"kind": kind, "mh": mh, "n": len(written), "area": regency.code}
    story.stage.sign(signer, "register.manifest", log=log, **members)


def _boxes(regency: Regency) -> Iterator[Row]:
    for district in regency.districts:
        stations = [station.code for station in district.stations]
        for row in expected_boxes(district.code, stations, district.elections):
            yield row.box, row.election, row.station, row.area


def _sites(story: Story, regency: Regency) -> Iterator[Row]:
    for place in story.world.places():
        if place.area[:4] == regency.code:
            yield place.site, place.kind, place.area, *place.point.e6, place.radius_m, place.zone


def _sessions(story: Story, regency: Regency) -> Iterator[Row]:
    for district in regency.districts:
        opens = story.hour(district.place, district.session_day, OPENS)
        closes = story.hour(district.place, district.session_day + session_days(district) - 1, RESTS)
        deadline = story.hour(district.place, DEADLINE_DAY, 24) - 1
        for election in district.elections:
            yield "district", district.code, election, district.place.site, opens, closes, deadline


def _legs(story: Story, regency: Regency) -> Iterator[tuple[str, Place, Place, int]]:
    for district in regency.districts:
        yield convoy_out(district), regency.warehouse, district.place, story.hour(district.place, TO_PPK, 7)
        day = district.session_day + session_days(district)
        leaves = story.hour(district.place, day, return_hour(story, district))
        yield convoy_in(district), district.place, regency.warehouse, leaves
        for village in district.villages:
            leaves = story.hour(village.place, village.leaves_day, haul_hour(story, village))
            yield convoy_up(village), village.place, district.place, leaves


def _convoys(story: Story, regency: Regency) -> Iterator[Row]:
    for convoy, start, end, leaves in _legs(story, regency):
        arrives = leaves + trip_s(start.point, end.point)
        yield convoy, f"{convoy}-truk1", convoy, start.site, end.site, leaves, arrives, ESCORTS


def _routes(regency: Regency) -> Iterator[Row]:
    for district in regency.districts:
        ends = ((convoy_out(district), regency.warehouse, district.place),)
        back = ((convoy_in(district), district.place, regency.warehouse),)
        for route, start, end in (*ends, *back):
            yield from _line(route, start, end)


def _line(route: str, start: Place, end: Place) -> Iterator[Row]:
    yield route, 1, *start.point.e6, 0
    yield route, 2, *end.point.e6, 0


def plan_days(story: Story, district: District) -> None:
    """Choose the day each village's convoy comes, and so the day the plenos begin."""
    stream = story.dice("hari", district.code)
    for village in district.villages:
        village.leaves_day = stream.choices((1, 2, 3), weights=(88, 10, 2))[0]
    district.session_day = max(village.leaves_day for village in district.villages) + 1
