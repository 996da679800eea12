"""Orders (sprin): one officer drafts, another issues; what is issued never changes, and only a later one extends it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kawal.command.events import read_issued
from kawal.command.personal import Sign, personal_signs
from kawal.command.state import is_police_command
from kawal.ledger.encoding import digest, is_digest
from kawal.ledger.event import Eid
from kawal.ledger.events import BadShape
from kawal.ledger.log_of import PENGAMANAN
from kawal_server.actions.admin_chain import holding_the_keys
from kawal_server.actions.counting import counting
from kawal_server.actions.sign_command import known_names, sign_for_command
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import OrderDraft
from kawal_server.store.units import the_units

NUMBER_LENGTH, TITLE_LENGTH, TEXT_LENGTH = 120, 200, 20_000


class OrderRefused(ValueError):
    """What was written is no order. fields: field -> "what is so and what to do", in both languages."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = dict(fields)


class SameHand(PermissionError):
    """Whoever wrote an order wants to issue it too."""

    def __init__(self) -> None:
        super().__init__(
            "Perintah ini Anda tulis sendiri. Minta perwira lain memeriksa dan menerbitkannya. / "
            "You wrote this order yourself. Ask another officer to examine and issue it."
        )


class AlreadyIssued(RuntimeError):
    """The order is out: it can only be extended by another."""

    def __init__(self) -> None:
        super().__init__(
            "Perintah ini sudah diterbitkan dan tidak dapat diubah. Terbitkan perintah baru yang memperpanjangnya. / "
            "This order is issued and cannot be changed. Issue a new one that extends it."
        )


class NotExamined(ValueError):
    """The text may name people, and nobody has said that they looked."""

    def __init__(self) -> None:
        super().__init__(
            "Teks ini mungkin menyebut orang. Perbaiki, atau nyatakan sudah diperiksa. / "
            "This text may name people. Mend it, or say that you have examined it."
        )


class DraftChanged(RuntimeError):
    """Somebody changed the draft after whoever issues it had read it."""

    def __init__(self) -> None:
        super().__init__(
            "Draf ini berubah sesudah Anda membacanya. Baca lagi, lalu terbitkan. / "
            "This draft changed after you read it. Read it again, then issue it."
        )


class NumberTaken(ValueError):
    """Another order bears this number already."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Nomor {number} sudah dipakai perintah lain. Periksa nomornya. / "
            f"Another order bears the number {number} already. Check the number."
        )


@dataclass(frozen=True, slots=True)
class Written:
    """An order as somebody wrote it. until: UNIX seconds, None where it was no time; extends: an eid or ""."""

    number: str
    title: str
    text: str
    to: tuple[str, ...]
    until: int | None
    stage: str = ""
    extends: str = ""


def keep_draft(written: Written, *, by: str, unit: str, at: int, draft: OrderDraft | None = None) -> OrderDraft:
    """Keep an order in the making; whoever writes last is its writer. Raises: OrderRefused, AlreadyIssued."""
    kept = draft or OrderDraft()
    if kept.eid:
        raise AlreadyIssued
    wrong = _wrong(written, at)
    if wrong or written.until is None:
        raise OrderRefused(wrong)
    kept.number, kept.title = " ".join(written.number.split()), " ".join(written.title.split())
    kept.text = written.text.replace("\r\n", "\n").strip()
    kept.to, kept.until = list(dict.fromkeys(written.to)), written.until
    kept.stage, kept.extends = written.stage[:64], written.extends
    kept.by, kept.unit, kept.made_at = by, unit, at
    kept.save()
    return kept


def drop_draft(draft: OrderDraft) -> None:
    """Throw a draft away. Raises: AlreadyIssued."""
    if draft.eid:
        raise AlreadyIssued
    draft.delete()


def signs_in(draft: OrderDraft) -> list[tuple[Sign, str]]:
    """What in a draft looks like a person; the text is signed for ever, so somebody has to look."""
    return personal_signs(f"{draft.title}\n{draft.text}", known_names())


def mark_of(draft: OrderDraft) -> str:
    """What a draft says, in one word: who issues it issues what they read, and nothing written since."""
    said = (draft.by, draft.number, draft.to, draft.until, draft.stage, draft.extends, text_of(draft))
    return digest(repr(said).encode())


def issue_order(draft: OrderDraft, *, by: str, at: int, is_examined: bool, seen: str) -> Eid:
    """Issue a draft: its text is kept, and its hash signed. Twice is once.

    by: the account that issues, another than the one that wrote. at: UNIX seconds. is_examined: `by` has looked at
    what may name people; seen: the mark of what `by` read. Raises: SameHand, AlreadyIssued, DraftChanged, NotExamined,
    NumberTaken, OrderRefused, CannotSign, NotTaken.
    """
    with holding_the_keys():
        draft.refresh_from_db()
        _refuse(draft, by=by, at=at, is_examined=is_examined)
        if mark_of(draft) != seen:
            raise DraftChanged
        text = text_of(draft).encode()
        eid = _issued_already(draft, digest(text))
        if eid is None:
            # The text goes first: nobody signs a hash whose text cannot be read.
            mh = the_blobs().of(PENGAMANAN).keep(text)
            eid = sign_for_command(
                "order.issue", at=at, mh=mh, to=draft.to, exp=draft.until, no=draft.number, stage=draft.stage or None,
                of=draft.extends or None,
            )  # fmt: skip
        draft.eid, draft.issued_by = eid, by
        draft.save(update_fields=["eid", "issued_by"])
        return eid


def text_of(draft: OrderDraft) -> str:
    """The order's text as it is kept and hashed: Markdown, its title as the heading."""
    return f"# {draft.title}\n\n{draft.text}\n"


def _refuse(draft: OrderDraft, *, by: str, at: int, is_examined: bool) -> None:
    if draft.eid:
        raise AlreadyIssued
    if draft.by == by:
        raise SameHand
    if draft.until <= at:
        raise OrderRefused({"until": _IS_PAST})
    if not is_examined and signs_in(draft):
        raise NotExamined


def _issued_already(draft: OrderDraft, mh: str) -> Eid | None:
    """The same order in the log, where a crash kept the post from noting it. Raises: NumberTaken."""
    for event, speaker in counting(PENGAMANAN, "order.issue"):
        # A guard's phone can sign such words too: it neither issues an order nor takes its number.
        if not is_police_command(speaker):
            continue
        try:
            issued = read_issued(event)
        except BadShape:
            continue
        if issued.number == draft.number:
            if issued.mh == mh and list(issued.to) == draft.to:
                return event.eid
            raise NumberTaken(draft.number)
    return None


_IS_PAST = (
    "Isi sampai kapan perintah berlaku, di waktu yang akan datang. / Say until when the order runs, in time to come."
)


def _wrong(written: Written, at: int) -> dict[str, str]:
    known = the_units().by_name
    wrong: dict[str, str] = {}
    if not 3 <= len(written.number.strip()) <= NUMBER_LENGTH:
        wrong["number"] = "Tulis nomor perintah seperti pada suratnya. / Write the order's number as on paper."
    if not 3 <= len(written.title.strip()) <= TITLE_LENGTH:
        wrong["title"] = "Tulis perihal, 3 sampai 200 huruf. / Write what it is about, 3 to 200 characters."
    if not 10 <= len(written.text.strip()) <= TEXT_LENGTH:
        wrong["text"] = "Tulis isi perintah, 10 sampai 20.000 huruf. / Write the order, 10 to 20,000 characters."
    if not written.to or not all(unit in known for unit in written.to):
        wrong["to"] = "Pilih satuan yang diperintah. / Choose the units that are ordered."
    if written.until is None or written.until <= at:
        wrong["until"] = _IS_PAST
    if written.extends and not is_digest(written.extends):
        wrong["extends"] = "Pilih perintah yang diperpanjang. / Choose the order that is extended."
    return wrong
