"""Slow down whoever guesses, without ever locking the command post out. All processes count in one table.

Three kinds of buckets. A browser that this account has come in by before has one of its own: whatever others try, from
elsewhere or from the posko's shared address, does not touch it. A strange browser counts against the account as tried
from its address, and against its address. No bucket is ever shut: a wait doubles up to its longest, and then is over.
"""

import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from kawal_server.accounts import seconds
from kawal_server.accounts.models import GuessRow

FORGOTTEN_AFTER_S = 15 * 60


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is counted together. The first `free` tries cost nothing, each further one doubles the wait."""

    key: str
    free: int
    longest_s: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """wait: seconds still to wait, 0 when the try may be looked at; is_new_longest: a wait just became the longest."""

    wait: int
    is_new_longest: bool = False


def password_buckets(account: str, address: str, browser: str) -> tuple[Bucket, ...]:
    """What a password counts against. browser: what `known_browser` says for this account, "" for a strange one."""
    if browser:
        return (_bucket(f"browser {browser}", free=6, longest_s=60),)
    near = _network(address)
    return (
        _bucket(f"account {account} {near}", free=4, longest_s=60),
        _bucket(f"address {near}", free=30, longest_s=10),
    )


def factor_buckets(officer: int, browser: str) -> tuple[Bucket, ...]:
    """What a second factor counts against: whoever tries knows the password, so strange browsers share one bucket."""
    if browser:
        return (_bucket(f"factor {officer} {browser}", free=6, longest_s=300),)
    return (_bucket(f"factor {officer}", free=5, longest_s=900),)


def begin(buckets: Sequence[Bucket]) -> Verdict:
    """Count a try, before its secret is looked at, so that many at once gain nothing."""
    now = seconds.exact()
    keys = sorted(bucket.key for bucket in buckets)
    GuessRow.objects.filter(tried_at__lt=now - FORGOTTEN_AFTER_S - max(one.longest_s for one in buckets)).delete()
    with transaction.atomic():
        # Tried now: else another's sweep would take the new row away before it is locked.
        GuessRow.objects.bulk_create((GuessRow(key=key, tried_at=now) for key in keys), ignore_conflicts=True)
        # In the order of their keys: two that wait for each other's rows would stop both.
        locked = GuessRow.objects.select_for_update().filter(key__in=keys).order_by("key")
        rows = {row.key: row for row in locked}
        for row in rows.values():
            if now > max(row.waits_until, row.tried_at) + FORGOTTEN_AFTER_S:
                row.count, row.waits_until = 0, 0
        waits = max((row.waits_until - now for row in rows.values()), default=0.0)
        if waits > 0:
            return Verdict(int(waits) + 1)
        # A row that is gone was forgotten at this moment: the right secret came in beside this try.
        counted = [_count(rows[bucket.key], bucket, now) for bucket in buckets if bucket.key in rows]
        return Verdict(0, any(counted))


def forget(buckets: Sequence[Bucket]) -> None:
    """The secret was right: nothing of these is held against anybody."""
    GuessRow.objects.filter(key__in=[bucket.key for bucket in buckets]).delete()


def _count(row: GuessRow, bucket: Bucket, now: float) -> bool:
    row.count, row.tried_at = row.count + 1, now
    beyond = row.count - bucket.free
    if beyond >= 0:
        row.waits_until = now + min(bucket.longest_s, 2.0 ** min(30, beyond))
    row.save(update_fields=["count", "tried_at", "waits_until"])
    return beyond >= 0 and 2.0 ** min(30, beyond) >= bucket.longest_s > 2.0 ** min(30, beyond - 1)


def _bucket(text: str, *, free: int, longest_s: int) -> Bucket:
    key = hmac.new(settings.SECRET_KEY.encode(), f"guess {text}".encode(), sha256).hexdigest()
    return Bucket(key, free, longest_s)


def _network(address: str) -> str:
    """An address as one customer has it: the /64 of IPv6, of which anybody has as many addresses as wanted."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((read, 64), strict=False)) if read.version == 6 else str(read)
