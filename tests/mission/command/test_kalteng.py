"""Kalimantan Tengah on 7 November 2024, before any box exists: Operasi Telabang guards KPU round the clock."""

from datetime import date

from kawal.command.activities import by_day, fold_activities, totals
from kawal.command.lapsing import standings
from kawal.command.operation import Operation, read_phases
from kawal.command.stages import Stage, on_days, running, usual_stages
from kawal.ledger.log_of import PENGAMANAN
from kawal.ledger.reading import LogReader
from kawal.sitrep.judged import judge
from tests.mission.command.scene import WIB, Command, at
from tests.mission.custody.operation import Memory

ZONE = "Asia/Jakarta"
NOW = at("2024-11-07", 14, WIB)
POST, SITE = "pos-kpu-62", "kpu-62"


def stages() -> list[Stage]:
    """The proposal for 27 November, with the campaign's days as the plan of operation gives them."""
    proposed = usual_stages(date(2024, 11, 27), ZONE)
    campaign = on_days("kampanye", date(2024, 9, 25), date(2024, 11, 23), ZONE)
    return [campaign if one.stage == "kampanye" else one for one in proposed]


def telabang() -> Command:
    command = Command()
    begins, ends = at("2024-09-25", 0, WIB), at("2024-11-24", 0, WIB)
    morning = at("2024-11-07", 6, WIB)
    sprin = command.order(morning, ends, number="Sprin/1/IX/2024", stage="kampanye")
    command.post(POST, SITE, begins, ends, listed_at=morning)
    for hour, guard in ((7, command.arif), (19, command.yoga)):
        command.duty(guard, POST, sprin, at("2024-11-07", hour, WIB))
    command.say(
        command.commander,
        "command.log",
        at("2024-11-07", 9, WIB),
        note="Sambang tokoh",
        kind="activity",
        mode="preemptive",
    )
    command.say(command.commander, "command.log", at("2024-11-07", 10, WIB), note="Radio baik", kind="check")
    return command


def test_the_operation_stands_before_any_box() -> None:
    phases = read_phases({"exec": ("2024-08-23", "2024-12-31")})
    operation = Operation("Operasi Mantap Praja Telabang 2024", "Telabang", "polda", ZONE, phases)
    phase = operation.phase(date(2024, 11, 7))
    assert phase is not None
    assert phase.name == "exec"
    assert [one.stage for one in running(stages(), NOW)] == ["kampanye"]


def test_the_post_and_its_order_run_with_the_campaign() -> None:
    bound = telabang().bound(NOW)
    post, order = bound["post", POST], bound["order", "Sprin/1/IX/2024"]
    assert (post.site, order.stage) == (SITE, "kampanye")
    found = standings(bound.values(), stages(), now=NOW, boxes_at={})
    assert {one.thing.kind: one.state for one in found} == {"post": "runs", "order": "runs"}
    later = standings(bound.values(), stages(), now=at("2024-11-24", 1, WIB), boxes_at={})
    assert {one.state for one in later} == {"lapsed"}


def test_round_the_clock_counts_two_preventive_duties_and_one_preemptive_visit() -> None:
    history = telabang().history(at("2024-11-08", 8, WIB))
    counts = by_day(fold_activities(history), ZONE)
    assert totals(counts) == {"preemptive": 1, "preventive": 2, "repressive": 0}
    assert {one.day for one in counts} == {date(2024, 11, 7)}


def test_nothing_about_boxes_is_needed_or_found() -> None:
    command = telabang()
    reader = LogReader(PENGAMANAN)
    for line in command.lines:
        reader.take(line)
    judged = judge([reader.finish()], Memory(command.blobs), at=NOW)
    assert judged.board.lines == ()
    assert [one.code for one in judged.findings if one.code.startswith("custody.")] == []
