"""Steps of lent forces (BKO): asked for, approved, sent, arrived, tasked, released, each signed for the command."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kawal.command.events import TASKS, Step, read_bko_stepped
from kawal.ledger.encoding import digest
from kawal.ledger.event import Eid, read_event
from kawal.ledger.events import BadShape
from kawal.ledger.log_of import PENGAMANAN
from kawal_server.accounts.access import Action
from kawal_server.actions.admin_chain import holding_the_keys
from kawal_server.actions.sign_command import refuse_names, sign_for_command
from kawal_server.store.models import BkoNeed, ContingentLine, ContingentTaskLine, OwnForceRow
from kawal_server.store.opened import the_store
from kawal_server.store.units import the_units

PEOPLE_LIMIT = 100_000
NAME_LENGTH, NOTE_LENGTH = 64, 500
ACTION_OF: Mapping[Step, Action] = {
    "requested": "ask-bko",
    "approved": "decide-bko",
    "sent": "ask-bko",
    "arrived": "ask-bko",
    "tasked": "decide-bko",
    "released": "decide-bko",
}
"""Facts are booked by whoever asked; what binds people is decided."""
_UNIT = re.compile(r"[a-z][a-z0-9-]{1,63}")
_SEEN: Mapping[Step, str] = {"approved": "requested", "sent": "approved", "arrived": "sent"}


class StepRefused(ValueError):
    """A step that does not fit. fields: field -> "what is so and what to do", in both languages."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = dict(fields)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a step. count: None for "all" of a release; until: UNIX seconds."""

    count: int | None = None
    origin: str = ""
    number: str = ""
    to: str = ""
    task: str = ""
    until: int | None = None
    why: str = ""


def ask(said: Said, *, at: int, need: BkoNeed | None = None) -> str:
    """Ask for a contingent; gives its name. said.to: the unit that is to receive it. at: UNIX seconds.

    Raises: StepRefused, kawal_server.actions.sign_command.CannotSign, NamesSomebody.
    """
    wrong = _wrong_request(said)
    if wrong:
        raise StepRefused(wrong)
    refuse_names(said.why)
    with holding_the_keys():
        if need is not None:
            need.refresh_from_db()
            if need.contingent:
                return need.contingent
        name = _free_name(said, at)
        _sign(name, "requested", said, at)
        if need is not None:
            need.contingent = name
            need.save(update_fields=["contingent"])
    return name


def take_step(line: ContingentLine, step: Step, said: Said, *, at: int) -> Eid:
    """Book the next step of a contingent. at: UNIX seconds.

    Raises: StepRefused, kawal_server.actions.sign_command.CannotSign, NamesSomebody.
    """
    said = _only_what_it_may_say(step, said)
    wrong = _wrong_step(line, step, said)
    if wrong:
        raise StepRefused(wrong)
    refuse_names(said.why)
    with holding_the_keys():
        return _sign(line.name, step, said, at)


def _only_what_it_may_say(step: Step, said: Said) -> Said:
    """A step without the members of others: the approval names origin, order and end, a task its place."""
    if step == "approved":
        return replace(said, to="", task="")
    if step == "tasked":
        return replace(said, origin="", number="", until=None)
    return Said(said.count, why=said.why)


def keep_need(need: BkoNeed) -> BkoNeed:
    """Keep a demand that nobody was asked for yet: a roster's shortage, a commander's wish. Raises: StepRefused."""
    wrong: dict[str, str] = {}
    if not 1 <= need.count <= PEOPLE_LIMIT:
        wrong["count"] = _NO_COUNT
    if need.ends <= need.starts:
        wrong["ends"] = "Akhirnya harus sesudah mulainya. / It must end after it starts."
    if len(need.reason.strip()) < 3:
        wrong["reason"] = _NO_REASON
    if need.unit not in the_units().by_name:
        wrong["unit"] = "Pilih satuan yang membutuhkan. / Choose the unit that needs them."
    if wrong:
        raise StepRefused(wrong)
    need.save()
    return need


def keep_own_force(name: str, count: int | None, unit: str = "") -> None:
    """Keep how many of a force of one's own stand ready; None or 0 forgets it. Raises: StepRefused."""
    name = " ".join(name.split())[:120]
    if not name:
        raise StepRefused({"name": "Tulis nama kekuatannya. / Write the name of the force."})
    if count is not None and not 0 <= count <= PEOPLE_LIMIT * 10:
        raise StepRefused({"count": _NO_COUNT})
    if count:
        OwnForceRow.objects.update_or_create(name=name, defaults={"count": count, "unit": unit})
    else:
        OwnForceRow.objects.filter(name=name).delete()


_NO_COUNT = "Isi jumlah orang, 1 sampai 100.000. / Give the number of people, 1 to 100,000."
_NO_REASON = "Tulis alasannya. / Write the reason."


def _sign(name: str, step: Step, said: Said, at: int) -> Eid:
    return sign_for_command(
        "bko.step",
        at=at,
        contingent=name,
        step=step,
        n=said.count,
        number=said.number or None,
        to=said.to or None,
        task=said.task or None,
        exp=said.until,
        note=said.why[:NOTE_LENGTH] or None,
        **{"from": said.origin or None},
    )


def _wrong_request(said: Said) -> dict[str, str]:
    wrong = _wrong_count(said, least=1)
    if not _UNIT.fullmatch(said.origin):
        wrong["origin"] = (
            "Tulis satuan asal seperti ditsamapta-64 atau brimob-64. / Write the origin unit, like ditsamapta-64."
        )
    if said.to not in the_units().by_name:
        wrong["to"] = "Pilih satuan penerima. / Choose the receiving unit."
    if len(said.why.strip()) < 3:
        wrong["why"] = _NO_REASON
    return wrong


def _wrong_step(line: ContingentLine, step: Step, said: Said) -> dict[str, str]:
    wrong = {} if step == "released" and said.count is None else _wrong_count(said, least=0)
    if step == "approved":
        wrong |= _wrong_approval(line, said)
    if step in _SEEN and not wrong and _differs(line, step, said) and len(said.why.strip()) < 3:
        wrong["why"] = "Jumlahnya berbeda dari langkah sebelumnya. Tulis alasannya. / The number differs. Write why."
    if step == "tasked" and not wrong:
        wrong |= _wrong_task(line, said)
    return wrong


def _wrong_count(said: Said, *, least: int) -> dict[str, str]:
    return {} if said.count is not None and least <= said.count <= PEOPLE_LIMIT else {"count": _NO_COUNT}


def _wrong_approval(line: ContingentLine, said: Said) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if len(said.number.strip()) < 3:
        wrong["number"] = "Tulis nomor sprin BKO. / Write the number of the BKO order."
    if not _UNIT.fullmatch(said.origin):
        wrong["origin"] = "Tulis satuan asal. / Write the origin unit."
    elif _is_taken(said.origin, said.number, other_than=line.name):
        wrong["number"] = (
            f"Kontingen lain dari {said.origin} sudah memakai nomor {said.number}. Periksa: satu kontingen dicatat "
            f"sekali. / Another contingent of {said.origin} bears this number. Check: one contingent is booked once."
        )
    return wrong


def _wrong_task(line: ContingentLine, said: Said) -> dict[str, str]:
    if said.task not in TASKS:
        return {"task": "Pilih tugasnya. / Choose the task."}
    others = ContingentTaskLine.objects.filter(contingent=line.name).exclude(task=said.task, to=said.to)
    busy = sum(others.values_list("count", flat=True))
    if busy + (said.count or 0) > line.strength:
        return {
            "count": f"Tugas melebihi kekuatan: {line.strength} orang, {busy} sudah bertugas. / "
            f"More tasks than strength: {line.strength} people, {busy} of them have tasks."
        }
    return {}


def _differs(line: ContingentLine, step: Step, said: Said) -> bool:
    before = getattr(line, _SEEN[step])
    return before is not None and before != said.count


def _is_taken(origin: str, number: str, *, other_than: str = "") -> bool:
    return ContingentLine.objects.filter(origin=origin, number=number).exclude(name=other_than).exists()


def _free_name(said: Said, at: int) -> str:
    """A name that no contingent in the log bears: origin and number of the request, or the second it was made."""
    stem = re.sub(r"[^a-z0-9]+", "-", f"bko-{said.origin}-{said.number or at}".lower()).strip("-")
    taken = set(_names_in_log())
    name = stem if len(stem) <= NAME_LENGTH else f"{stem[:40]}-{digest(stem.encode())[:16].lower()}"
    number = 2
    while name in taken:
        name, number = f"{stem[:56]}-{number}", number + 1
    return name


def _names_in_log() -> list[str]:
    names = []
    for leaf in the_store().leaves_of(PENGAMANAN, "bko.step"):
        try:
            names.append(read_bko_stepped(read_event(leaf.jws).event).contingent)
        except BadShape:
            continue
    return names
