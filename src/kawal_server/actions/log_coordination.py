"""The coordination log: messages, communication checks, and calls; who was called is an office and never a name."""

from collections.abc import Mapping

from kawal.command.events import LineKind
from kawal.ledger.event import Eid
from kawal_server.actions.admin_chain import holding_the_keys
from kawal_server.actions.sign_command import refuse_names, sign_for_command
from kawal_server.store.models import ContactRow

NOTE_LENGTH = 500
ABOUT_LENGTH = 64
CHECKS = ("jelas", "putus-putus", "tidak terjawab")
CALLS = ("tersambung", "tidak diangkat", "sibuk", "nomor mati")


class LineRefused(ValueError):
    """A line that says nothing. fields: field -> "what is so and what to do", in both languages."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = dict(fields)


def log_message(note: str, *, at: int, about: str = "") -> Eid:
    """Log a message. about: a unit, a region code, an order, or "". Raises: LineRefused, NamesSomebody, CannotSign."""
    return _log("message", note, about, at)


def log_check(unit: str, result: str, note: str = "", *, at: int) -> Eid:
    """Log a communication check with a unit; its note begins with its result. Raises: as log_message."""
    if result not in CHECKS or not unit:
        raise LineRefused({"result": "Pilih satuan dan hasil ceknya. / Choose the unit and the result of the check."})
    return _log("check", f"{result}: {note}" if note.strip() else result, unit, at)


def log_call(contact: ContactRow, outcome: str, *, at: int) -> Eid:
    """Log an attempt to call somebody: their desa, their office and the outcome, neither name nor number.

    Raises: as log_message.
    """
    if outcome not in CALLS:
        raise LineRefused({"outcome": "Pilih hasil panggilan. / Choose how the call ended."})
    return _log("call", f"{contact.kind}: {outcome}", contact.area, at)


def _log(kind: LineKind, note: str, about: str, at: int) -> Eid:
    said = " ".join(note.split())
    if not 1 <= len(said) <= NOTE_LENGTH:
        raise LineRefused(
            {"note": "Tulis pesannya, paling banyak 500 huruf. / Write the message, at most 500 letters."}
        )
    refuse_names(said)
    with holding_the_keys():
        return sign_for_command("command.log", at=at, note=said, kind=kind, about=about[:ABOUT_LENGTH] or None)
