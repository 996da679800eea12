"""What people do to a planned roster: move somebody within the rules, ask for BKO from a shortage, publish it."""

from dataclasses import dataclass, replace

from kawal.election.manifests import write_rows
from kawal.guard.roster.as_json import as_json
from kawal.guard.roster.check import Breach, check, check_frozen
from kawal.guard.roster.explain import explain
from kawal.guard.roster.fixes import bko_request
from kawal.guard.roster.problem import Duty, Roster, RosterProblem, Slot, Strength
from kawal.guard.roster.recount import recount
from kawal.guard.roster.sheets import manifest_rows
from kawal.ledger.event import Eid
from kawal.ledger.log_of import PENGAMANAN
from kawal_server.accounts.access import fetch
from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import NotTaken, holding_the_keys, sign_next
from kawal_server.actions.plan_roster import CannotPlan, plan_of, problem_of
from kawal_server.actions.run_roster import tell
from kawal_server.actions.step_bko import keep_need
from kawal_server.actions.take_in import take_in
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import BkoNeed, RosterDraft

Hours = tuple[str, int, int]
"""A slot: its post, start and end."""


class MoveRefused(ValueError):
    """A move breaks a rule, which `rule` names; the message says which and whose."""

    def __init__(self, breach: Breach) -> None:
        super().__init__(f"{breach.says_id} / {breach.says_en}")
        self.rule = breach.rule


class NotToPublish(ValueError):
    """This roster may not be published by this officer, or not as it is."""


@dataclass(frozen=True, slots=True)
class Move:
    """who: a person, or a force with `n` of it. leaves, joins: slots, None for off duty."""

    who: str
    leaves: Hours | None
    joins: Hours | None
    n: int = 1


def move(officer: Officer, draft: int, asked: Move, *, now: int) -> RosterDraft:
    """Move a person or some of a force; nothing that began before `now` changes.

    Raises: PermissionDenied, Http404, CannotPlan, MoveRefused.
    """
    row = fetch(officer, "plan-roster", RosterDraft.objects.all(), pk=draft)
    if row.state == "published":
        raise CannotPlan({
            "all": "Jadwal yang sudah terbit tidak diubah. Susun ulang dari jadwal itu, lalu terbitkan. / "
            "A published roster is not changed. Plan again from it, then publish."
        })  # fmt: skip
    problem, plan = problem_of(row), plan_of(row)
    roster = moved(problem, plan.roster, asked)
    refuse_breaches(problem, plan.roster, roster, now=now)
    tiers = recount(problem, roster)
    row.plan = as_json(replace(plan, roster=roster, tiers=tiers))
    tell(row, problem, roster)
    row.hands = sorted({*row.hands, str(officer.pk)})
    row.save(update_fields=["plan", "checked", "told", "hands"])
    return row


def moved(problem: RosterProblem, roster: Roster, asked: Move) -> Roster:
    """The roster after a move, whatever the rules say of it. Raises: CannotPlan."""
    if asked.leaves is None and asked.joins is None:
        raise CannotPlan({"to": "Pilih dari mana atau ke mana. / Choose from where or to where."})
    joins = None if asked.joins is None else _slot(problem, asked.joins)
    if asked.who in {one.force for one in problem.forces}:
        return _force_moved(roster, asked, joins)
    duties = set(roster.duties)
    if asked.leaves is not None:
        post, starts, ends = asked.leaves
        gone = Duty(starts, post, asked.who, ends)
        if gone not in duties:
            raise CannotPlan({"from": "Orang itu tidak dijadwalkan di situ. / That person is not planned there."})
        duties.discard(gone)
    if joins is not None:
        duties.add(Duty(joins.starts, joins.post, asked.who, joins.ends))
    return replace(roster, duties=tuple(sorted(duties)))


def _slot(problem: RosterProblem, hours: Hours) -> Slot:
    found = next((one for one in problem.slots if (one.post, one.starts, one.ends) == hours), None)
    if found is None:
        raise CannotPlan({"to": "Jam itu bukan jam jaga pos ini. / Those are no hours of this post."})
    return found


def _force_moved(roster: Roster, asked: Move, joins: Slot | None) -> Roster:
    count = {(one.post, one.starts, one.ends, one.force): one.n for one in roster.strengths}
    if asked.n < 1:
        raise CannotPlan({"n": "Isi jumlahnya. / Give the number."})
    if asked.leaves is not None:
        key = (*asked.leaves, asked.who)
        if count.get(key, 0) < asked.n:
            raise CannotPlan({"from": "Tidak sebanyak itu di situ. / There are not so many there."})
        count[key] -= asked.n
    if joins is not None:
        key = (joins.post, joins.starts, joins.ends, asked.who)
        count[key] = count.get(key, 0) + asked.n
    strengths = [Strength(starts, post, force, ends, n) for (post, starts, ends, force), n in count.items() if n]
    return replace(roster, strengths=tuple(sorted(strengths)))


def refuse_breaches(problem: RosterProblem, before: Roster, after: Roster, *, now: int) -> None:
    """See that a change breaks nothing that was whole. Raises: MoveRefused."""
    old = set(check(problem, before))
    fresh = [*check_frozen(before, after, now), *(one for one in check(problem, after) if one not in old)]
    if fresh:
        raise MoveRefused(fresh[0])


def ask_bko_for(officer: Officer, draft: int, post: str, starts: int, lacks: str, *, at: int) -> BkoNeed:
    """Keep the demand for lent people that a shortage shows; it is asked for on the page of lent forces.

    Raises: PermissionDenied, Http404, CannotPlan, kawal_server.actions.step_bko.StepRefused.
    """
    row = fetch(officer, "ask-bko", RosterDraft.objects.all(), pk=draft)
    problem, roster = problem_of(row), plan_of(row).roster
    short = [
        one for one in explain(problem, roster) if (one.post, one.starts, one.lacks) == (post, starts, lacks)
    ]  # fmt: skip
    if not short:
        raise CannotPlan({"all": "Kekurangan itu sudah tidak ada. / That shortage is gone."})
    request = bko_request(problem, short)
    source = f"jadwal {row.pk}: {post} {starts} {lacks}".strip()
    kept = BkoNeed.objects.filter(source=source, contingent="").first()
    if kept is not None:
        return kept
    need = BkoNeed(
        unit=row.unit,
        starts=request.since,
        ends=request.until,
        count=request.n,
        skill=lacks,
        area=request.area,
        reason=short[0].says_id[:300],
        source=source[:300],
        made_at=at,
    )
    return keep_need(need)


def publish_roster(officer: Officer, draft: int, *, at: int) -> Eid:
    """Publish a roster as a `roster` manifest signed for Polri; from then on it stands post by post. Twice is once.

    Raises: PermissionDenied, Http404, CannotPlan, NotToPublish, kawal_server.actions.admin_chain.NotTaken, NotBegun,
    kawal_server.store.key_files.NoKeyFile.
    """
    row = fetch(officer, "publish-roster", RosterDraft.objects.all(), pk=draft)
    with holding_the_keys():
        row.refresh_from_db()
        if row.eid:
            return Eid(row.eid)
        rows = manifest_rows(_to_publish(officer, row, at))
        # The list goes first: nobody signs a hash whose list cannot be read.
        mh = the_blobs().of(PENGAMANAN).keep(write_rows("roster", rows))
        jws = sign_next(PENGAMANAN, "polri", "register.manifest", at=at, kind="roster", mh=mh, n=len(rows))
        [answer] = take_in(PENGAMANAN, [jws])
        if answer.reason is not None or answer.eid is None:
            raise NotTaken(answer.reason or "")
        row.eid, row.state, row.published_by = answer.eid, "published", str(officer.pk)
        row.save(update_fields=["eid", "state", "published_by"])
    return Eid(row.eid)


def _to_publish(officer: Officer, row: RosterDraft, at: int) -> Roster:
    """KNOWN GAP: a post that nobody of this roster stands keeps the rows of the roster before it."""
    problem, roster = problem_of(row), plan_of(row).roster
    if str(officer.pk) in {row.by, *row.hands}:
        raise NotToPublish(
            "Jadwal diterbitkan oleh perwira lain dari yang menyusun atau mengubahnya. Minta perwira lain memeriksa. / "
            "A roster is published by another officer than those who made or changed it. Ask another one to examine it."
        )
    if row.ends <= at:
        raise NotToPublish("Jadwal ini sudah lewat. / This roster is over.")
    tell(row, problem, roster)
    if row.checked:
        raise NotToPublish(f"{row.checked[0][4]} / {row.checked[0][5]}")
    if not roster.duties:
        raise NotToPublish("Tidak seorang pun dijadwalkan dengan nama. / Nobody is planned by name.")
    return roster
