"""`kawal plan` and the process behind it: from lists to files, cancelled, killed, and refused."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from kawal.guard.roster.as_json import as_json, read_plan, read_problem
from kawal.guard.roster.check import check
from kawal.guard.roster.problem import HOUR, Duty, Roster, RosterProblem, Span
from kawal.guard.roster.rules import usual_rules
from kawal_cli.main import app
from kawal_cli.reading import CannotPlan
from kawal_machine.roster_files import person_calendar, post_calendar, safe, workbook
from kawal_machine.solving import SolvingFailed, start_replan, start_roster
from tests.mission.guard.roster.scene import OFFICE, SATURDAY, STORE, guards, problem, shifts

PEOPLE = [
    ("Nama", "Pangkat", "NRP", "Kesatuan", "Jabatan"),
    ("=Made", "AIPTU", "81010001", "Polsek Marang Kayu", "Danru"),
    *((f"Anggota {at}", "BRIPDA", f"8101001{at}", "Polres Bontang", "Anggota") for at in range(8)),
    ("Salah", "BRIPDA", "12", "Polres Bontang", "Anggota"),
    ("Slamet", "PRATU", None, "Kodim 0908", None),
]
POSTS = (
    "Nama Pos;Kode;Kerawanan;Jumlah;Pola;Mulai;Selesai\n"
    "Pos KPU Bontang;6474;rawan;2;3x8;30 November 2024;1 Desember 2024\n"
)


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    book = Workbook()
    for row in PEOPLE:
        book.worksheets[0].append(list(row))
    people, posts = tmp_path / "people.xlsx", tmp_path / "posts.csv"
    book.save(people)
    posts.write_text(POSTS, encoding="utf-8")
    return people, posts


def small() -> RosterProblem:
    return problem(
        guards(9, leaders=3), (*shifts(STORE, 2, days=2, leader=True), *shifts(OFFICE, 1, days=2)), rules=usual_rules()
    )


def plan(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["plan", *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def test_lists_of_an_office_become_a_roster_in_every_form(lists: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, told = plan("roster", *map(str, lists), "--out", str(out), "--seconds", "5", "--rest", "16")
    assert code == 0, told
    asked = read_problem(json.loads((out / "problem.json").read_text("utf-8")))
    made = read_plan(json.loads((out / "roster.json").read_text("utf-8")))
    assert check(asked, made.roster) == ()
    assert [one.agency for one in asked.forces] == ["tni"]
    named = {row["who"] for row in csv.DictReader(io.StringIO((out / "roster.csv").read_text("utf-8")))}
    assert named <= {one.who for one in asked.people}
    assert (out / "posts" / "pos-kpu-bontang.ics").is_file()
    assert "12" in told
    assert "NRP" in told


def test_who_is_who_stays_in_a_file_of_its_own_and_ids_stay_the_same(lists: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        plan("roster", *map(str, lists), "--out", str(out), "--seconds", "2")
        people = (out / "people.csv").read_text("utf-8")
        (out / "kept.csv").write_text(people, "utf-8") if not (out / "kept.csv").is_file() else None
    assert (out / "kept.csv").read_text("utf-8") == people
    assert (out / "people.csv").stat().st_mode & 0o077 == 0
    for name in ("problem.json", "roster.json", "roster.csv", "shortages.txt"):
        assert "Made" not in (out / name).read_text("utf-8")


def test_what_is_short_is_told_in_a_sentence_and_the_exit_says_so(tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(as_json(problem(guards(1), shifts(STORE, 1), rules=usual_rules()))), "utf-8")
    code, told = plan("roster", str(path), "--out", str(tmp_path / "out"), "--seconds", "2")
    assert code == 1
    assert "kurang 1 orang" in told
    assert "kurang 1 orang" in (tmp_path / "out" / "shortages.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "says"), [("{", "Expecting"), ('{"people": []}', "posts"), ('{"peple": []}', "peple")]
)
def test_a_broken_problem_is_refused_with_its_fault(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "problem.json"
    path.write_text(content, "utf-8")
    with pytest.raises(CannotPlan, match=says):
        plan("roster", str(path), "--out", str(tmp_path / "out"))


def test_bko_is_distributed_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "bko.json"
    asked = {
        "sources": [{"unit": "ditsamapta-64", "supply": 40}],
        "needs": [{"unit": "polres-6474", "need": 45, "weight": 2}],
        "hours": [["ditsamapta-64", "polres-6474", 3]],
    }
    path.write_text(json.dumps(asked), "utf-8")
    code, told = plan("bko", str(path), "--out", str(tmp_path / "done.json"))
    assert code == 1
    assert "ditsamapta-64 → polres-6474: 40" in told
    assert json.loads((tmp_path / "done.json").read_text("utf-8"))["shortfall"] == {"polres-6474": 5}


def test_bko_without_needs_is_no_problem_to_solve(tmp_path: Path) -> None:
    path = tmp_path / "bko.json"
    path.write_text('{"sources": []}', "utf-8")
    with pytest.raises(CannotPlan, match="BKO"):
        plan("bko", str(path))


def test_a_job_that_is_cancelled_gives_the_best_so_far() -> None:
    job = start_roster(small(), seconds=60)
    for told in job.told():
        if told.progress is not None:
            job.cancel()
    made = read_plan(job.result())
    assert check(small(), made.roster) == ()
    assert not job.was_killed
    assert not job.cancel_file.exists()


def test_a_job_is_cancelled_by_its_file_alone(tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    stop.touch()
    made = read_plan(start_roster(small(), seconds=60, cancel_file=stop).result())
    assert made.cost == made.start_cost


def test_a_job_that_does_not_stop_is_killed_and_has_left_a_roster() -> None:
    job = start_roster(small(), seconds=60)
    for _ in job.told():
        if job.found is not None and not job.was_killed:
            job.kill()
    assert job.was_killed
    assert check(small(), read_plan(job.result()).roster) == ()


def test_a_job_with_broken_pins_says_what_is_broken() -> None:
    night, morning = small().slots[:2]
    pins = Roster(tuple(Duty(slot.starts, slot.post, "p-0", slot.ends) for slot in (night, morning)))
    with pytest.raises(SolvingFailed, match="istirahat"):
        start_roster(replace(small(), pinned=pins), seconds=5).result()


def test_a_published_roster_is_repaired_in_a_process_of_its_own() -> None:
    published = read_plan(start_roster(small(), seconds=5).result()).roster
    now = SATURDAY + 9 * HOUR
    sick = next(duty.who for duty in sorted(published.duties) if duty.starts > now)
    people = tuple(
        replace(one, leave=(Span(now, now + 24 * HOUR),)) if one.who == sick else one for one in small().people
    )
    done = start_replan(replace(small(), people=people), published, now, seconds=5).result()
    assert {one["who"] for one in done["changes"]} >= {sick}
    assert all(one["starts"] >= now for one in done["changes"])


ROSTER = Roster(tuple(Duty(slot.starts, slot.post, f"p-{at}", slot.ends) for at, slot in enumerate(shifts(STORE, 2))))
NAMES = {"p-0": "=cmd|' /C calc'!A0", "p-1": "Made"}


def test_a_workbook_has_a_sheet_a_post_and_week_and_one_a_person_and_no_formula() -> None:
    asked = problem(guards(9, leaders=1), shifts(STORE, 2, days=9))
    book = load_workbook(io.BytesIO(workbook(asked, ROSTER, NAMES)))
    assert book.sheetnames == [f"{STORE.post} M1", f"{STORE.post} M2", "p-0", "p-1", "p-2"]
    assert "f" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert book[f"{STORE.post} M1"]["C3"].value == safe(NAMES["p-0"])
    assert book["p-1"]["A1"].value == "Made"


def test_calendars_are_in_utc_with_uids_that_stay() -> None:
    asked = problem(guards(9), shifts(STORE, 2))
    once, again = (person_calendar(asked, ROSTER, "p-1", made_at=at) for at in (SATURDAY, SATURDAY + 60))
    first, second = ([str(one["uid"]) for one in Calendar.from_ical(text).walk("VEVENT")] for text in (once, again))
    assert first == second
    assert len(set(first)) == 1
    assert b"DTSTART:20241130T000000Z" in once
    assert b"08.00-16.00 WITA" in once
    assert b"p-0" not in once


def test_a_posts_calendar_names_its_team() -> None:
    found = Calendar.from_ical(
        post_calendar(problem(guards(9), shifts(STORE, 2)), ROSTER, STORE.post, NAMES, made_at=SATURDAY)
    )
    assert len(found.walk("VEVENT")) == 3
    assert "Made" in str(found.walk("VEVENT")[1]["description"])
