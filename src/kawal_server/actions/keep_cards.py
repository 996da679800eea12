"""Keep SOP cards in versions: a card is never changed, a new one takes its place for the duties that begin after it."""

from dataclasses import dataclass

from django.db import transaction

from kawal.guard.cards import card_digest, write_card
from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import SopCard


@dataclass(frozen=True, slots=True)
class Cited:
    """The card that a duty cites: its kind and version, and whether it was the newest when the duty began."""

    kind: str
    version: int
    is_newest: bool


def keep_card(kind: str, title: str, duties: str, *, by: str) -> SopCard:
    """Keep the next version of a card; the same words again change nothing. Raises: kawal.guard.cards.BadCard."""
    named = "-".join(kind.lower().split())[:40] or "pos"
    with transaction.atomic():
        newest = SopCard.objects.select_for_update().filter(kind=named).first()
        if newest is not None and newest.text == write_card(title, duties, version=newest.version):
            return newest
        version = newest.version + 1 if newest is not None else 1
        text = write_card(title, duties, version=version)
        made = SopCard.objects.create(
            kind=named, version=version, text=text, digest=card_digest(text), made_at=clock.now(), by=by[:64]
        )
    # Beside the log it is cited in, so that whoever may read that log reads the card too.
    the_blobs().of(PENGAMANAN).keep(text.encode())
    return made


def cited(digest: str, at: int) -> Cited | None:
    """What a duty that began at a UNIX second cites; None for a card this post does not know."""
    card = SopCard.objects.filter(digest=digest).first()
    if card is None:
        return None
    has_newer = SopCard.objects.filter(kind=card.kind, version__gt=card.version, made_at__lte=at).exists()
    return Cited(card.kind, card.version, not has_newer)
