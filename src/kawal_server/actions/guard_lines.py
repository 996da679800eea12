"""What the fold of guarding looks like as rows: posts, duties, reliefs, planned duties and log books."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import models

from kawal.guard.posts import Post
from kawal.guard.record import Duty, PostLife, Relief
from kawal.guard.strength import strengths
from kawal.ledger.finding import Finding
from kawal.sitrep.judged import Judgement
from kawal_server.store.models import BookLine, DutyLine, PlannedLine, PostLine, ReliefLine

Tables = dict[type[models.Model], list[models.Model]]
_GRAVE = {"guard.uncovered": "bahaya", "guard.silent": "tidak diketahui"}
"""A silent post may be a sleeping guard or a dead phone: what nobody knows never looks safe."""


def guard_tables(done: Judgement) -> Tables:
    """Every table of guarding."""
    lasting: dict[str, list[Finding]] = {}
    for finding in done.findings:
        if finding.code.startswith("guard.") and finding.until is None:
            lasting.setdefault(finding.subject, []).append(finding)
    posts = {**done.guard.posts, **{name: Post(name) for name in done.guard.lives if name not in done.guard.posts}}
    return {
        PostLine: [_post(done, posts[name], lasting.get(name, [])) for name in sorted(posts)],
        DutyLine: [_duty(one) for life in done.guard.lives.values() for one in life.duties],
        PlannedLine: [
            PlannedLine(post=row.post, who=row.who, since=row.since, until=row.until)
            for post in done.guard.posts.values()
            for row in post.roster
        ],
        ReliefLine: [_relief(one) for life in done.guard.lives.values() for one in life.reliefs],
        BookLine: list(_book(done.guard.lives)),
    }


def _post(done: Judgement, post: Post, lasting: Iterable[Finding]) -> PostLine:
    now = done.history.now
    life = done.guard.lives.get(post.post, PostLife())
    period = post.period_at(now)
    site = done.register.sites.get(post.site)
    area = site.area if site is not None else ""
    why = list(dict.fromkeys(one.code for one in lasting))
    return PostLine(
        post=post.post,
        site=post.site,
        site_kind=site.kind if site is not None else "",
        unit=_unit(life, area),
        zone=site.zone if site is not None else done.register.zone,
        wanted=period.strength if period is not None else 0,
        present=_present(life, now),
        beat_s=period.beat_s if period is not None else 0,
        heard_at=max((one.at for one in life.signs if one.at <= now), default=None),
        starts=post.periods[0].since if post.periods else None,
        ends=post.periods[-1].until if post.periods else None,
        state=_state(post, now),
        periods=[[one.since, one.until, one.strength, one.beat_s] for one in post.periods],
        look=_look(post, life, now, why),
        why=why,
    )


def _unit(life: PostLife, area: str) -> str:
    # The place first: one guard from elsewhere who signs on here must not take the post out of its own unit's sight.
    if area:
        return f"polsek-{area[:6]}" if len(area) >= 6 else f"polres-{area[:4]}"
    return life.duties[0].unit if life.duties else ""


def _present(life: PostLife, now: int) -> int:
    before = [step for step in strengths(life.duties) if step.at <= now]
    return before[-1].people if before else 0


def _state(post: Post, now: int) -> str:
    if not post.periods:
        return "tanpa-daftar"
    if now < post.periods[0].since:
        return "belum"
    return "berakhir" if now >= post.periods[-1].until else "berjalan"


def _look(post: Post, life: PostLife, now: int, why: list[str]) -> str:
    looks = {_GRAVE.get(code, "perhatian") for code in why}
    for look in ("bahaya", "tidak diketahui", "perhatian"):
        if look in looks:
            return look
    is_running = post.period_at(now) is not None
    return "aman" if is_running and life.signs else "tidak diketahui"


def _duty(duty: Duty) -> DutyLine:
    return DutyLine(
        eid=duty.on,
        post=duty.post,
        who=duty.who,
        unit=duty.unit,
        on_at=duty.on_at,
        left_at=duty.left_at,
        has_signed_off=duty.off_at is not None,
        heard_at=duty.last_at,
        people=max((people for _, people, _ in duty.people), default=1),
        order=duty.order,
        sop=duty.sop,
    )


def _relief(relief: Relief) -> ReliefLine:
    return ReliefLine(
        eid=relief.offer,
        post=relief.post,
        giver=relief.giver.who,
        receiver=relief.receiver.who if relief.receiver is not None else "",
        at=relief.at,
        accepted_at=relief.accepted_at,
        answer=relief.answer or "",
        given=relief.given,
        taken=relief.taken,
        is_closed=relief.closed_by is not None,
    )


def _book(lives: Mapping[str, PostLife]) -> Iterator[BookLine]:
    for life in lives.values():
        for duty in life.duties:
            yield _line(duty.on, duty.post, duty.on_at, "on", duty.who)
            if duty.off_at is not None and duty.left_by is not None and duty.left_by != duty.on:
                yield _line(duty.left_by, duty.post, duty.off_at, "off", duty.who)
        for relief in life.reliefs:
            note = f"{_count(relief.given)} > {_count(relief.taken)}"
            yield _line(relief.offer, relief.post, relief.at, "relief", relief.giver.who, note=note)
        for line in life.lines:
            yield _line(line.eid, line.post, line.at, "log", line.who, note=line.note)
        for visit in life.visits:
            kind = "out" if visit.way == "out" else "in"
            made = _line(visit.eid, visit.post, visit.at, kind, visit.who, note=visit.why)
            made.doc, made.beside = visit.doc, list(visit.beside)
            yield made


def _count(boxes: int | None) -> str:
    return "-" if boxes is None else str(boxes)


def _line(eid: str, post: str, at: int, kind: str, who: str, *, note: str = "") -> BookLine:
    return BookLine(eid=eid, post=post, at=at, kind=kind, who=who, note=note, doc="", beside=[])
