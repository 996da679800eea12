"""Files of `kawal plan roster`: a problem from JSON or from two lists, and the results in a folder."""

import csv
import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from kawal.election.lists.dates import ZONE_HOURS
from kawal.election.lists.problems import RowProblem
from kawal.guard.roster.as_json import BadProblem, as_json, read_problem
from kawal.guard.roster.explain import explain
from kawal.guard.roster.lists import NamedPerson, NoSuchColumns, RowsRead, read_people, read_posts
from kawal.guard.roster.problem import Force, RosterPlan, RosterProblem
from kawal.guard.roster.rules import usual_rules
from kawal.guard.roster.sheets import manifest
from kawal_cli.reading import CannotPlan
from kawal_cli.words import plain, say
from kawal_machine.files import write_whole
from kawal_machine.roster_files import person_calendar, post_calendar, workbook
from kawal_server.actions.open_lists import ListRefused, open_list

PEOPLE = "people.csv"
STRENGTH_AGENCIES = ("tni", "linmas", "satpolpp")


def problem_of(
    files: Sequence[Path], out: Path, *, rest_hours: int, zone: str, year: int | None, console: Console
) -> tuple[RosterProblem, Mapping[str, str]]:
    """The problem, and the names of its people where lists gave them. Raises: CannotPlan."""
    if len(files) == 1:
        try:
            return read_problem(json.loads(files[0].read_text(encoding="utf-8"))), {}
        except (BadProblem, ValueError) as error:
            raise CannotPlan(f"{files[0]}: {error}") from error
    if len(files) != 2:
        raise CannotPlan("beri satu soal JSON, atau daftar personel dan daftar pos / one JSON, or people and posts")
    if zone not in ZONE_HOURS:
        raise CannotPlan(f"zona tidak dikenal / unknown zone: {zone}. {', '.join(ZONE_HOURS)}")
    known = _known(out)
    try:
        people = read_people(
            open_list(files[0].read_bytes()), lambda nrp, name: _who(known, nrp or name), zone=zone, year=year
        )
        posts = read_posts(open_list(files[1].read_bytes()), zone=zone, zone_hours=ZONE_HOURS[zone], year=year)
    except (ListRefused, NoSuchColumns) as error:
        raise CannotPlan(str(error)) from error
    _say_problems(console, [(files[0], people.problems), (files[1], posts.problems)])
    if not people.rows or not posts.rows:
        raise CannotPlan("tidak ada baris yang terbaca / no row could be read")
    named, forces = _forces(people.rows)
    slots = tuple(slot for row in posts.rows for slot in row.slots)
    problem = RosterProblem(
        tuple(one.person for one in named),
        tuple(row.post for row in posts.rows),
        slots,
        usual_rules(rest_hours=rest_hours),
        forces=forces,
        zone=zone,
        zone_hours=ZONE_HOURS[zone],
    )
    _keep(out, people)
    return problem, {one.person.who: one.name or one.person.who for one in named}


def _forces(rows: Sequence[NamedPerson]) -> tuple[list[NamedPerson], tuple[Force, ...]]:
    """TNI, Linmas and Satpol PP are a strength of their unit: their own commander names them."""
    named = [one for one in rows if one.person.agency not in STRENGTH_AGENCIES]
    strength: dict[tuple[str, str], int] = {}
    for one in rows:
        if one.person.agency in STRENGTH_AGENCIES:
            key = (one.person.unit or one.person.agency, one.person.agency)
            strength[key] = strength.get(key, 0) + 1
    return named, tuple(Force(unit, unit, agency, n) for (unit, agency), n in sorted(strength.items()))


def _known(out: Path) -> dict[str, str]:
    """Ids given in an earlier run: the same person stays the same."""
    path = out / PEOPLE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["nrp"] or row["name"]: row["who"] for row in csv.DictReader(lines)}


def _who(known: dict[str, str], key: str) -> str:
    if key not in known:
        taken = set(known.values())
        known[key] = next(one for _ in range(1000) if (one := f"p-{secrets.token_hex(3)}") not in taken)
    return known[key]


def _keep(out: Path, people: RowsRead[NamedPerson]) -> None:
    """Who is who: for the office alone, readable by its owner only, never for a log."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / PEOPLE
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(("who", "nrp", "name"))
        rows.writerows((one.person.who, one.nrp, one.name) for one in people.rows)


def _say_problems(console: Console, lists: Sequence[tuple[Path, Sequence[RowProblem]]]) -> None:
    for path, problems in lists:
        for one in problems:
            where = say(f"{path.name} baris {one.row_number}", f"{path.name} row {one.row_number}")
            console.print(plain(f"▲ {where} {one.column}: {say(one.says_id, one.says_en)}"))


def write_out(out: Path, problem: RosterProblem, plan: RosterPlan, names: Mapping[str, str]) -> None:
    """Write every form of a roster. Calendars are stamped with the first hour of the roster, so the bytes stay."""
    out.mkdir(parents=True, exist_ok=True)
    made_at = problem.span.starts
    told = [say(one.says_id, one.says_en) for one in explain(problem, plan.roster)]
    for name, content in (
        ("problem.json", _json(as_json(problem))),
        ("roster.json", _json(as_json(plan))),
        ("roster.csv", manifest(plan.roster)),
        ("roster.xlsx", workbook(problem, plan.roster, names)),
        ("shortages.txt", "".join(f"{line}\n" for line in told).encode()),
    ):
        write_whole(out / name, content)
    for post in problem.posts:
        write_whole(
            out / "posts" / f"{_file(post.post)}.ics",
            post_calendar(problem, plan.roster, post.post, names, made_at=made_at),
        )
    for who in sorted({duty.who for duty in plan.roster.duties}):
        write_whole(out / "people" / f"{_file(who)}.ics", person_calendar(problem, plan.roster, who, made_at=made_at))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _file(name: str) -> str:
    """A name that is no path."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
