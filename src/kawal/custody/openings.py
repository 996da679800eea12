"""When a box may be opened, and before whom. Source: docs/format/events.md, Openings."""

from collections.abc import Iterator
from dataclasses import dataclass

from kawal.custody.holding import rank
from kawal.custody.judging import Judging
from kawal.custody.record import BoxRecord, Opening
from kawal.custody.says import sentence
from kawal.election.boxes import BadBoxId, read_box_id
from kawal.election.calendar import Session, sessions_of
from kawal.ledger.events import ESCORT_ROLES
from kawal.ledger.finding import Finding, found


@dataclass(frozen=True, slots=True)
class Rule:
    """Who must be present for a reason; `needs_doc`: the order's number; `in_session`: only in an open pleno."""

    present: frozenset[str]
    needs_witness: bool = False
    needs_police: bool = False
    needs_doc: bool = False
    in_session: bool = False


RULES: dict[str, Rule] = {
    "pleno": Rule(frozenset({"ppk", "pps", "supervisor"}), needs_witness=True, in_session=True),
    "recount": Rule(frozenset({"supervisor"}), needs_witness=True),
    "revote": Rule(frozenset({"supervisor"}), needs_witness=True, needs_doc=True),
    "evidence": Rule(frozenset({"kpu", "supervisor"}), needs_witness=True, needs_police=True, needs_doc=True),
    "court": Rule(frozenset(), needs_doc=True),
    "emergency": Rule(frozenset()),
}
HIGHER_PLENO = Rule(frozenset({"kpu", "supervisor"}), needs_witness=True, in_session=True)


def opened(judging: Judging, record: BoxRecord) -> Iterator[Finding]:
    """`custody.opened`: without a permitted reason, without those who must be present, or outside an open session."""
    for opening in record.openings:
        reason = _fault(judging, record, opening)
        if reason is None:
            continue
        yield found(
            "custody.opened",
            record.box,
            since=opening.at,
            until=opening.sealed_at,
            evidence=[opening.eid],
            says=sentence(
                "opened",
                judging.zone_of(record),
                times={"since": opening.at},
                reason=reason,
                box=record.box,
                holder=opening.holder,
                opener=opening.opener,
                why=opening.why,
            ),
            cause=f"opened:{opening.holder}",
        )


def _fault(judging: Judging, record: BoxRecord, opening: Opening) -> tuple[str, str] | None:
    rule = RULES.get(opening.why)
    if rule is None:
        return "alasan itu tidak mengizinkan pembukaan", "that reason permits no opening"
    if opening.why == "pleno" and rank(opening.holder) == rank("kpu"):
        rule = HIGHER_PLENO
    if rule.in_session and not _is_in_session(judging, record, opening):
        return "tidak ada pleno yang sedang terbuka untuk kotak ini", "no pleno is open for this box"
    if rule.needs_doc and not opening.doc:
        return "tanpa nomor surat perintah", "no order is named"
    lacking = sorted(rule.present - opening.present)
    if rule.needs_witness and "witness" not in opening.present and not opening.note:
        lacking.append("witness")
    if rule.needs_police and not opening.present & ESCORT_ROLES:
        lacking.append("guard")
    return (f"tidak hadir: {', '.join(lacking)}", f"not present: {', '.join(lacking)}") if lacking else None


def _is_in_session(judging: Judging, record: BoxRecord, opening: Opening) -> bool:
    return any(session.is_open(opening.at) for session in box_sessions(judging, record, opening.holder))


def box_sessions(judging: Judging, record: BoxRecord, holder: str) -> list[Session]:
    """The sessions in which a box may be opened where it is: its kecamatan's, or the higher ones once KPU holds it."""
    try:
        box = read_box_id(record.box)
    except BadBoxId:
        return []
    sessions = judging.sessions
    if rank(holder) == rank("kpu"):
        return [
            one
            for one in sessions
            if one.level != "district" and box.district.startswith(one.area) and box.kind in (one.election, "PPK")
        ]
    return sessions_of(sessions, box.district, box.kind)
