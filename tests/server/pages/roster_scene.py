"""A roster drawn beside the boxes of scene.py: planned in earnest, two short at midnight, and sick people since."""

from kawal.guard.roster.as_json import as_json
from kawal.guard.roster.improve import Budget
from kawal.guard.roster.plan import plan_roster
from kawal.guard.roster.problem import Span
from kawal.guard.roster.replan import replan
from kawal_server.accounts.models import Officer
from kawal_server.actions.plan_roster import Happened, after, ask_roster, problem_of, roster_of
from kawal_server.actions.roster_problem import Asked
from kawal_server.actions.roster_rules import RuleNumbers
from kawal_server.actions.run_roster import take_result
from kawal_server.store.models import PersonRow, PlannedPersonRow, PostPlan, RosterDraft
from tests.server.pages.command_scene import POLRES
from tests.server.pages.scene import KECAMATAN, NOW

HOUR, DAY = 3_600, 86_400
MIDNIGHT = NOW // DAY * DAY + 16 * HOUR
"""The next midnight in WITA."""
MADE = (RosterDraft, PlannedPersonRow, PostPlan, PersonRow)
NAMES = ("Arif", "Rahmat", "Yohanes", "Maria", "Dewi", "Petrus", "Agustinus", "Benediktus")


def fill(officer: Officer) -> None:
    """Draw it, with the true planner over a few windows."""
    clear()
    for at, area in enumerate(KECAMATAN[:4]):
        PostPlan.objects.create(
            post=f"pos-ppk-{area}", name=f"Pos PPK {area}", site=f"ppk-{area}", unit=f"polsek-{area}", card="",
            zones=[{"ring": 1, "name": "ruang", "strength": 3 if at else 5}], risk="high" if at else "prone",
            starts=MIDNIGHT if not at else MIDNIGHT - 8 * HOUR, ends=MIDNIGHT + 2 * DAY,
        )  # fmt: skip
    for at in range(20):
        PersonRow.objects.create(
            who=f"p-{at:02d}", name=f"{NAMES[at % 8]} Contoh {at}", rank="Aipda" if at < 8 else "Bripda",
            unit=f"polsek-{KECAMATAN[at % 4]}", agency="polri", skills=["danru"] if at < 12 else [],
        )  # fmt: skip
    asked = Asked(
        POLRES, MIDNIGHT - 8 * HOUR, MIDNIGHT + 2 * DAY, "3x8", RuleNumbers(rest_hours=8, source="Sprin/123"),
        forces={"linmas": 2},
    )  # fmt: skip
    draft = ask_roster(officer, asked, at=NOW)
    problem = problem_of(draft)
    take_result(draft, as_json(plan_roster(problem, Budget(windows=4))))
    draft.save()
    _sick(draft, officer)
    ask_roster(officer, asked, at=NOW + 60)


def _sick(draft: RosterDraft, officer: Officer) -> None:
    problem, roster = problem_of(draft), roster_of(draft)
    at = MIDNIGHT + 2 * HOUR
    changed = after(problem, Happened(sick=("p-03", "p-14"), sick_span=Span(at, at + 2 * DAY)))
    again = RosterDraft(
        made_at=NOW, by=str(officer.pk), unit=draft.unit, kind="replan", base=draft.pk, starts=draft.starts,
        ends=draft.ends, template=draft.template, asked={"now": at}, problem=as_json(changed), seconds=20,
    )  # fmt: skip
    take_result(again, as_json(replan(changed, roster, at, Budget(windows=4))))
    again.save()


def clear() -> None:
    """Wipe it off."""
    for kind in MADE:
        kind.objects.all().delete()
