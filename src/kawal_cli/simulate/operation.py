"""Playing the whole operation: world, crew, scenes in their order, faults among them, and the two exports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_cli.simulate import (
    cameras,
    cards,
    command,
    contingents,
    duty,
    enrolment,
    messages,
    orders,
    outbound,
    pleno,
    register,
    return_legs,
    rosters,
    store_rooms,
    vote_day,
)
from kawal_cli.simulate.acts import end_shift
from kawal_cli.simulate.area import read_area
from kawal_cli.simulate.crew import make_crew
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.demo import demo_text
from kawal_cli.simulate.faults import Faults, inject, read_faults
from kawal_cli.simulate.lent import muster
from kawal_cli.simulate.logs import Log
from kawal_cli.simulate.placing import place_posts
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.stage import Scene, Stage
from kawal_cli.simulate.story import Story
from kawal_cli.simulate.truth import Truth
from kawal_cli.simulate.world import Regency, World, build_world
from kawal_cli.words import say
from kawal_machine.regions import official_codes

Progress = Callable[[str, int, int], None]
FIRST_DAY, REGISTER_DAY, USUAL_DAYS = -10, -8, 17


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a simulation wrote. events: leaves of each log; began, ended: UNIX seconds."""

    out: Path
    regencies: int
    districts: int
    stations: int
    boxes: int
    devices: int
    events: dict[str, int]
    truth_lines: int
    began: int
    ended: int

    def __str__(self) -> str:
        kotak, pengamanan = (self.events[name] for name in LOG_NAMES)
        return say(
            f"{self.out}: {self.districts} kecamatan, {self.stations} TPS, {self.boxes} kotak, {self.devices} ponsel; "
            f"{kotak} peristiwa di kotak, {pengamanan} di pengamanan; {self.truth_lines} baris gangguan. DEMONSTRASI.",
            f"{self.out}: {self.districts} kecamatan, {self.stations} stations, {self.boxes} boxes, {self.devices} "
            f"phones; {kotak} events in kotak, {pengamanan} in pengamanan; {self.truth_lines} lines of truth. A "
            "DEMONSTRATION.",
        )


def run(
    out: Path,
    *,
    area: Sequence[str],
    seed: int = 1,
    faults: Faults | str = "all",
    scale: float = 1.0,
    progress: Progress | None = None,
) -> Simulated:
    """Simulate the operation of an area into a new folder; the same arguments give the same bytes.

    area: region codes of 2, 4 or 6 digits, dotted or not; faults: "all", "none", names, or names by comma; scale:
    share of the polling stations, above 0 to 1; progress: told (what, hours done, hours expected).
    Raises: CannotSimulate, FileExistsError.
    """
    codes = official_codes()
    chosen = read_faults(faults)
    asked = read_area(codes, area, scale)
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out}: tidak kosong, pilih folder lain / not empty, choose another folder")
    world = build_world(codes, asked, seed=seed)
    logs: dict[LogName, Log] = {name: Log(out / name, name=name, area=asked.code, seed=seed) for name in LOG_NAMES}
    truth = Truth()
    stage = Stage(world, logs, truth)
    crew = make_crew(world)
    story = Story(stage, crew, world)
    began = moment(world.regencies[0].zone, FIRST_DAY, 8)
    for district in world.districts:
        register.plan_days(story, district)
    _post_guards(story)
    inject(story, chosen)
    _begin(story, began)
    stage.run(_hours(progress, began))
    _finish(out, story)
    (out / "truth.jsonl").write_bytes(truth.encode())
    (out / "DEMO.txt").write_text(demo_text(world, area=asked.code, seed=seed, scale=scale), encoding="utf-8")
    return Simulated(
        out,
        len(world.regencies),
        len(world.districts),
        world.station_count,
        len(world.boxes),
        len(crew.admins) + sum(1 for _ in crew.devices()),
        {name: log.size for name, log in logs.items()},
        len(truth.lines),
        began,
        stage.now,
    )


def _hours(progress: Progress | None, began: int) -> Callable[[int], None]:
    expected = USUAL_DAYS * 24
    what = say("menyimulasikan (jam)", "simulating (hours)")

    def tell(now: int) -> None:
        if progress is not None:
            done = (now - began) // 3600
            progress(what, min(done, expected), expected)

    return tell


def _begin(story: Story, began: int) -> None:
    stage, world = story.stage, story.world
    stage.now = began
    stage.start(stage.keep_checkpoints(story.dice("titik periksa")), began + 600)
    stage.start(enrolment.found(stage, story.crew), began)
    zone = world.regencies[0].zone
    stage.start(_register(story), moment(zone, REGISTER_DAY, 16.5))
    for regency in world.regencies:
        _begin_regency(story, regency)
    for polres in story.polres.values():
        _begin_polres(story, polres)
    stage.start(_end_polda(story), began)


def _post_guards(story: Story) -> None:
    """Place the posts, and put each under the Polres that polices where it stands."""
    world, crew = story.world, story.crew
    story.posts = place_posts(story.stage, crew, world)
    for unit, phones in crew.polres.items():
        regencies = [regency for regency in world.regencies if regency.polres == unit]
        codes = {regency.code for regency in regencies}
        posts = [post for post in story.posts.values() if post.place.area[:4] in codes]
        story.polres[unit] = Polres(unit, phones, regencies, posts)
        story.contingents[unit] = muster(crew, story.polres[unit])


def _register(story: Story) -> Scene:
    yield from register.register_all(story)
    stage = story.stage
    for polres in story.polres.values():
        orders.first_order(story, polres)
        cards.hand_out(story, polres.posts, 1)
        register.register_guarded(story, polres)
        stage.start(rosters.issue_weekly(story, polres), stage.now + 120)
        for post in polres.posts:
            stage.start(duty.guard(story, polres, post), stage.now)
        yield stage.now + 60


def _begin_polres(story: Story, polres: Polres) -> None:
    stage = story.stage
    start = story.hour(polres.regencies[0].warehouse, outbound.SEALING_DAYS[0], 6)
    stage.start(command.report_daily(story, polres, outbound.SEALING_DAYS[0]), start)
    for scene in (messages.keep_log, orders.extend, rosters.exchange, cards.revise):
        stage.start(scene(story, polres), start)
    for regency in polres.regencies:
        stage.start(cameras.beat(story, polres, regency), start)
    for contingent in story.contingents[polres.unit]:
        stage.start(contingents.come_and_go(story, polres, contingent), start)


def _end_polda(story: Story) -> Scene:
    """When the last Polres is done, the devices of Polda rest."""
    yield from story.stage.until(lambda: all(polres.is_done for polres in story.polres.values()))
    for device in story.crew.polda.values():
        end_shift(story.stage, device)


def _begin_regency(story: Story, regency: Regency) -> None:
    stage, play = story.stage, story.stage.play
    start = story.hour(regency.warehouse, outbound.SEALING_DAYS[0], 7)
    stage.start(outbound.seal_empty(story, regency), start)
    stage.start(store_rooms.keep_warehouse(story, regency), start)
    for district in regency.districts:
        leaves = story.hour(district.place, outbound.TO_PPK, 5)
        distribute = partial(outbound.distribute, story, regency, district)
        stage.start(play("distribute", district.code, distribute), leaves)
        stage.start(store_rooms.keep_ppk(story, district), leaves)
        for village in district.villages:
            stage.start(outbound.fetch(story, district, village), leaves + 86_400)
            stage.start(outbound.deliver_round(story, village), leaves + 2 * 86_400)
            stage.start(vote_day.evening(story, village), story.hour(village.place, 0, 14))
            stage.start(return_legs.haul(story, district, village), story.hour(village.place, 1, 0))
            for station in village.stations:
                stage.start(vote_day.close_station(story, district, village, station), story.hour(station.place, 0, 13))
        for election in district.elections:
            stage.start(pleno.hold_session(story, district, election), story.hour(district.place, 1, 6))
        stage.start(return_legs.bring_back(story, regency, district), story.hour(district.place, 1, 6))


def _finish(out: Path, story: Story) -> None:
    stage, crew = story.stage, story.crew
    for admin in crew.admins.values():
        end_shift(stage, admin)
    stage.run(lambda _: None)
    for log in stage.logs.values():
        log.finish(stage.now + 600, _shown(log.size))


def _shown(size: int) -> list[int]:
    """Leaves to prove in the export itself: genesis, the first enrolment, and the newest twenty."""
    return [*range(min(3, size)), *range(max(0, size - 20), size)]


__all__ = ["Simulated", "World", "run"]
