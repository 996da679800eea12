"""What the command says goes into the pengamanan log, signed with the Polri administrator's key while it lies here.

KNOWN GAP: after the key ceremony (docs/operate/keys.md) that key is in nobody's browser; orders are then signed on a
commander's own device.
"""

from typing import Any

from kawal.command.personal import personal_signs
from kawal.ledger.event import Eid
from kawal.ledger.log_of import PENGAMANAN
from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import NotBegun, NotTaken, holding_the_keys, sign_next
from kawal_server.actions.take_in import take_in
from kawal_server.store.key_files import KeyReadByOthers, NoKeyFile
from kawal_server.store.models import ContactRow, PersonRow


class CannotSign(RuntimeError):
    """The post holds no key of the police command, or its log has not begun."""

    def __init__(self) -> None:
        super().__init__(
            "Posko ini belum dapat menandatangani: operasi belum dibuka, atau kunci admin Polri sudah dipindahkan. "
            "Tanda tangani dari perangkat komandan. / This post cannot sign: the operation is not open, or Polri's "
            "administrator key has moved away. Sign on the commander's device."
        )


class NamesSomebody(ValueError):
    """A line for the log names a person, or holds a number that leads to one."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"Jangan tulis nama, NRP atau nomor telepon ke dalam log: {found}. Sebut satuan atau jabatannya. / "
            f"Write no name, service number or phone number into the log: {found}. Name the unit or office instead."
        )


def sign_for_command(t: str, *, at: int, **members: Any) -> Eid:
    """Sign an event and take it in; gives its eid. The keys must be held (`holding_the_keys`).

    at: UNIX seconds. Raises: CannotSign, NotTaken, kawal_server.store.port.StoreFailed.
    """
    try:
        jws = sign_next(
            PENGAMANAN, "polri", t, at=at, **{name: one for name, one in members.items() if one is not None}
        )
    except (NoKeyFile, KeyReadByOthers, NotBegun) as error:
        raise CannotSign from error
    [answer] = take_in(PENGAMANAN, [jws])
    if answer.reason is not None or answer.eid is None:
        raise NotTaken(answer.reason or "")
    return Eid(answer.eid)


def tell_command(note: str, about: str, *, at: int) -> bool:
    """Write a message of the command into the log; False where this post cannot sign for it. Raises: NotTaken.

    The note must name no person.
    """
    try:
        with holding_the_keys():
            sign_for_command("command.log", at=at, note=note[:500], kind="message", about=about[:64])
    except CannotSign:
        return False
    return True


def refuse_names(text: str) -> None:
    """See that a line for the log leads to nobody. Raises: NamesSomebody."""
    signs = personal_signs(text, known_names())
    if signs:
        raise NamesSomebody(signs[0][1])
    numbers = {one for pair in PersonRow.objects.values_list("nrp", "phone") for one in pair if one}
    known = next((one for one in sorted(numbers) if one in text), None)
    if known is not None:
        raise NamesSomebody(known)


def known_names() -> list[str]:
    """The names of people that this post knows: its officers, the contacts of the desa, those of the operation."""
    officers = [one.get_full_name() for one in Officer.objects.only("first_name", "last_name")]
    contacts = ContactRow.objects.values_list("name", flat=True)
    people = PersonRow.objects.values_list("name", flat=True)
    return [name for name in (*officers, *contacts, *people) if name]
