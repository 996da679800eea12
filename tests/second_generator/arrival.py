"""When the server gets each event, if it ever does: the order of lines in the log."""

from __future__ import annotations

import random
import statistics
from collections import defaultdict
from collections.abc import Iterable

from .bad_data import BadData
from .days import HOUR
from .device import Device
from .journal import Record
from .truth import Truth

_LATE_SECONDS = 12 * HOUR
_HAND_OVERS = {"custody.accept": "receiver", "custody.offer": "giver"}
_UNSEEN = (
    "custody.gap", "custody.one-sided", "custody.missing", "custody.seal-mismatch",
    "custody.opened", "custody.unsealed", "custody.wrong-roles", "custody.early",
    "ledger.withheld",
)  # fmt: skip


def log_order(
    records: list[Record],
    *,
    phones: list[Device],
    sacred: frozenset[str],
    bad: BadData,
    dice: random.Random,
    truths: list[Truth],
) -> list[Record]:
    """Return the log: late phones in one batch, silent ones cut off, the rest in minutes.

    sacred: boxes of faults; a phone that ever signed about one of them never goes silent.
    """
    chains: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        chains[record.device.kid].append(record)
    field_phones = [p for p in phones if p.kid in chains and p.role != "kpu"]
    gone = _silence(field_phones, chains, sacred, bad, dice, truths)
    late = _choose_late([p for p in field_phones if p.kid not in gone], bad, dice)
    arrivals: dict[str, int] = {}
    for kid, chain in chains.items():
        arrivals.update(_arrive(chain, dice, is_late=kid in late))
    log = [record for record in records if not record.is_lost]
    log.sort(key=lambda record: (record.type != "ledger.genesis", arrivals[record.eid]))
    _tell_late(log, late, arrivals, truths)
    return log


def _choose_late(phones: list[Device], bad: BadData, dice: random.Random) -> set[str]:
    return {p.kid for p in dice.sample(phones, round(bad.silent_12h * len(phones)))}


def _arrive(chain: list[Record], dice: random.Random, *, is_late: bool) -> dict[str, int]:
    silent_from = silent_to = 0
    if is_late:
        silent_from = dice.choice(chain).when
        silent_to = silent_from + dice.randint(_LATE_SECONDS + HOUR, 30 * HOUR)
    arrivals: dict[str, int] = {}
    newest = 0
    for record in chain:
        at = record.when + (1 if record.device.role == "admin" else dice.randint(5, 300))
        if silent_from <= record.when < silent_to:
            at = silent_to
        newest = max(newest, at)
        arrivals[record.eid] = newest
    return arrivals


def _tell_late(log: list[Record], late: set[str], arrivals: dict[str, int], truths: list[Truth]) -> None:
    held: defaultdict[str, list[tuple[Record, bool]]] = defaultdict(list)
    for index, record in enumerate(log):
        if record.device.kid in late and arrivals[record.eid] - record.when > HOUR:
            leaves_before = [leaf.ts for leaf in log[max(0, index - 20) : index]]
            shows = statistics.median(leaves_before) - record.ts > _LATE_SECONDS
            held[record.device.kid].append((record, shows))
    for kid, events in held.items():
        records = [record for record, _ in events]
        shows = any(shown for _, shown in events)
        truths.append(
            Truth(
                "bad", "silent-12h", kid, _boxes(records), records[0].when,
                arrivals[records[-1].eid], records[0].device.unit,
                "ledger.late" if shows else None, also=("ledger.late",),
                detail={"events": len(records)},
            )
        )  # fmt: skip


def _silence(
    phones: list[Device],
    chains: dict[str, list[Record]],
    sacred: frozenset[str],
    bad: BadData,
    dice: random.Random,
    truths: list[Truth],
) -> set[str]:
    free = [p for p in phones if sacred.isdisjoint(_boxes(chains[p.kid]))]
    dice.shuffle(free)
    wanted = min(round(bad.silent_forever * len(phones)), len(free))
    chosen = _with_both_sides(free, chains, wanted)
    for phone in chosen:
        chain = chains[phone.kid]
        turning = [i for i, r in enumerate(chain) if r.type in _HAND_OVERS] or range(len(chain))
        for record in chain[dice.choice(turning) :]:
            record.is_lost = True
    pointed_at = _pointed_at(records for records in chains.values())
    for phone in chosen:
        _tell_silent(phone, chains[phone.kid], pointed_at, truths)
    return {phone.kid for phone in chosen}


def _with_both_sides(free: list[Device], chains: dict[str, list[Record]], wanted: int) -> list[Device]:
    """Put one phone that received and one that gave first, then take as many as wanted."""
    first: list[Device] = []
    for event_type in _HAND_OVERS:
        able = [p for p in free if any(r.type == event_type for r in chains[p.kid])]
        first.extend(p for p in able[:2] if p not in first)
    return [*first, *(p for p in free if p not in first)][:wanted]


def _pointed_at(chains: Iterable[list[Record]]) -> set[str]:
    return {eid for chain in chains for record in chain if not record.is_lost for eid in record.refs}


def _tell_silent(phone: Device, chain: list[Record], pointed_at: set[str], truths: list[Truth]) -> None:
    lost = [record for record in chain if record.is_lost]
    is_missed = any(record.eid in pointed_at for record in lost)
    truths.append(
        Truth(
            "bad", "silent-forever", phone.kid, _boxes(lost), lost[0].when, None, phone.unit,
            "ledger.withheld" if is_missed else None, also=_UNSEEN,
            detail={
                "events": len(lost),
                "was": sorted({_HAND_OVERS[r.type] for r in lost if r.type in _HAND_OVERS}),
            },
        )
    )  # fmt: skip


def _boxes(records: list[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(box for record in records for box in record.boxes))
