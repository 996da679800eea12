"""Keep what an enrolment committed to: the salt and the text, to be proven later, and erased at the close."""

import secrets

from kawal.ledger.enrolling import SALT_BYTES, commitment
from kawal_server.store.models import EnrolmentPerson


def new_salt() -> bytes:
    """A salt nobody used before."""
    return secrets.token_bytes(SALT_BYTES)


def keep_person(kid: str, who: str, *, salt: bytes, record: str, at: int) -> str:
    """Keep the commitment to a person, and give it as `idc`."""
    idc = commitment(salt, record)
    EnrolmentPerson.objects.update_or_create(
        idc=idc, defaults={"kid": kid, "who": who, "salt": salt.hex(), "record": record, "at": at}
    )
    return idc
