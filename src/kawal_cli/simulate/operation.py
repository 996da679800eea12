"""Playing the whole operation: world, crew, scenes in their order, faults among them, and the two exports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kawal.ledger.log_of import LOG_NAMES, LogName
from kawal_cli.simulate import command, enrolment, outbound, pleno, posts, register, return_legs, store_rooms, vote_day
from kawal_cli.simulate.area import read_area
from kawal_cli.simulate.crew import make_crew
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.demo import demo_text
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.faults import Faults, inject, read_faults
from kawal_cli.simulate.logs import Log
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
    guarded = {regency.code: _posts(story, regency) for regency in world.regencies}
    zone = world.regencies[0].zone
    stage.start(_register(story, guarded), moment(zone, REGISTER_DAY, 16.5))
    for regency in world.regencies:
        _begin_regency(story, regency)


def _register(story: Story, guarded: dict[str, list[posts.Post]]) -> Scene:
    yield from register.register_all(story, guarded)
    for regency in story.world.regencies:
        order = command.issue_orders(story, regency, guarded[regency.code])
        for number, post in enumerate(guarded[regency.code]):
            first = outbound.TO_PPK if number else outbound.SEALING_DAYS[0]
            is_over = partial(_is_over, regency, number)
            story.stage.start(posts.guard(story, post, order, first, is_over), story.stage.now)
        yield story.stage.now + 60


def _posts(story: Story, regency: Regency) -> list[posts.Post]:
    made = [posts.Post(regency.warehouse, story.regency_crew(regency.code).guards, lambda: len(regency.store))]
    for district in regency.districts:
        guards = story.district_crew(district.code).guards
        made.append(posts.Post(district.place, guards, lambda here=district: len(here.store)))  # type: ignore[misc]
    return made


def _is_over(regency: Regency, number: int) -> bool:
    return regency.districts[number - 1].is_delivered if number else regency.is_done


def _begin_regency(story: Story, regency: Regency) -> None:
    stage, play = story.stage, story.stage.play
    start = story.hour(regency.warehouse, outbound.SEALING_DAYS[0], 7)
    stage.start(outbound.seal_empty(story, regency), start)
    stage.start(store_rooms.keep_warehouse(story, regency), start)
    stage.start(command.report_daily(story, regency, outbound.SEALING_DAYS[0]), start)
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
        _end(stage, admin)
    stage.run(lambda _: None)
    for log in stage.logs.values():
        log.finish(stage.now + 600, _shown(log.size))


def _end(stage: Stage, device: Device) -> None:
    for log, chain in device.chains.items():
        stage.sign(device, "ledger.head", log=log, n=chain.seq, eid=chain.head)


def _shown(size: int) -> list[int]:
    """Leaves to prove in the export itself: genesis, the first enrolment, and the newest twenty."""
    return [*range(min(3, size)), *range(max(0, size - 20), size)]


__all__ = ["Simulated", "World", "run"]
