"""The guarding of the demonstration: plans of the posts and SOP cards, read back from what the played log publishes."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from kawal.election.lists.dates import ZONE_HOURS
from kawal.election.manifests import rows as read_rows
from kawal.ledger.encoding import blob_name
from kawal.ledger.event import Event, read_event
from kawal_cli.lay_out_command import MARK
from kawal_cli.simulate.placing import risk_of

if TYPE_CHECKING:
    from kawal_server.store.models import Operation, PostPlan

_TITLES = {
    "gudang": "Gudang KPU",
    "kpu": "Kantor KPU",
    "bawaslu": "Kantor Bawaslu",
    "ppk": "Gudang PPK",
    "pleno": "Ruang pleno",
    "kamera": "Kamera gudang KPU",
}
_CARDS = {"gudang": "pos-warehouse"}
"""Kinds of card are named after the kind of site, as `usual_posts` proposes them."""
_RINGS = ("ruang", "halaman", "jalan")
_FORCES = {"polri": "Polri", "tni": "TNI", "linmas": "Linmas", "satpolpp": "Satpol PP"}
_STAGES = {"ppk": "rekap-kec", "pleno": "rekap-kec", "gudang": "rekap-kab", "kpu": "rekap-kab", "bawaslu": "rekap-kab"}


@dataclass(slots=True)
class Played:
    """What the log says of the guarding up to the opening.

    rows: post -> its rows of the newest manifest; cards: (kind, digest of its card) -> when it was first cited;
    people: agency -> phone -> most people behind it; orders: post -> the last one anybody stood under; beats: post ->
    its last heartbeat, UNIX seconds.
    """

    rows: dict[str, list[Mapping[str, str]]] = field(default_factory=dict)
    cards: dict[tuple[str, str], int] = field(default_factory=dict)
    people: dict[str, dict[str, int]] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    beats: dict[str, int] = field(default_factory=dict)


def lay_out_guard(operation: "Operation", lines: Iterable[bytes], blobs: Path, *, seed: int) -> None:
    """Give a demonstration its plans of posts, its cards, its camera and its own forces, in the place of earlier ones.

    lines: the JWS of the played log up to the opening; blobs: the folder of what they name by hash.
    """
    from django.db import transaction

    from kawal_server.store.models import Machine, OwnForceRow, PostPlan

    played = _read(lines, blobs)
    with transaction.atomic():
        PostPlan.objects.all().delete()
        PostPlan.objects.bulk_create(
            _plan(post, rows, operation, played.orders.get(post, ""), seed)
            for post, rows in sorted(played.rows.items())
            if _kind(post) != "kamera"
        )
        Machine.objects.all().delete()
        # Nobody holds a token whose hash is this: what a camera of the demonstration says is played.
        Machine.objects.bulk_create(
            Machine(
                post=post,
                name=_name(post),
                site=rows[0]["site"],
                unit=_unit(post),
                beat_s=int(rows[0]["beat_s"]),
                digest=secrets.token_hex(32),
                made_at=int(rows[0]["from"]),
                last_at=played.beats.get(post),
            )
            for post, rows in sorted(played.rows.items())
            if _kind(post) == "kamera"
        )
        _keep_cards(played.cards, blobs)
        OwnForceRow.objects.all().delete()
        OwnForceRow.objects.bulk_create(
            OwnForceRow(name=f"{_FORCES[agency]} di pos {MARK}", count=sum(many.values()), unit=_polres(operation))
            for agency, many in sorted(played.people.items())
            if agency in _FORCES
        )


def _read(lines: Iterable[bytes], blobs: Path) -> Played:
    played, agency_of = Played(), {}
    for event in (read_event(line).event for line in lines):
        if event.t == "ledger.enrol" and not str(event.payload.get("unit", "")).startswith("brimob"):
            # Who is lent is no force of one's own.
            agency_of[event.payload.get("kid")] = str(event.payload.get("agency", ""))
        elif event.t == "register.manifest" and event.payload.get("kind") == "posts":
            played.rows |= _by_post((blobs / blob_name(str(event.payload["mh"]))).read_bytes())
        elif event.t == "guard.beat":
            played.beats[str(event.payload.get("post", ""))] = event.ts
        elif event.t == "guard.on":
            _note_duty(played, event, agency_of.get(event.kid, ""))
    return played


def _note_duty(played: Played, event: Event, agency: str) -> None:
    post, said = str(event.payload.get("post", "")), event.payload
    played.orders[post] = str(said.get("order", ""))
    if said.get("sop"):
        played.cards.setdefault((_kind(post), str(said["sop"])), event.ts)
    if agency:
        behind = played.people.setdefault(agency, {})
        many = said.get("n")
        behind[event.kid] = max(behind.get(event.kid, 0), many if isinstance(many, int) else 1)


def _by_post(data: bytes) -> dict[str, list[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in read_rows(data, "posts"):
        found.setdefault(row["post"], []).append(row)
    return found


def _plan(post: str, rows: Sequence[Mapping[str, str]], operation: "Operation", order: str, seed: int) -> "PostPlan":
    from kawal_server.store.models import PostPlan

    kind, code = _kind(post), _code(post)
    beats = Counter(int(row["beat_s"]) for row in rows if int(row["beat_s"]))
    strength = {int(row["ring"]): int(row["min_strength"]) for row in rows}
    return PostPlan(
        post=post,
        name=_name(post),
        site=rows[0]["site"],
        unit=_unit(post),
        zones=[
            {"ring": ring, "name": _RINGS[min(ring, len(_RINGS)) - 1], "strength": many}
            for ring, many in sorted(strength.items())
        ],
        beat_s=beats.most_common(1)[0][0] if beats else 0,
        quiet=list(quiet_hours(rows, operation.zone)) if beats else [],
        starts=min(int(row["from"]) for row in rows),
        ends=max(int(row["to"]) for row in rows),
        stage=_STAGES[kind],
        order=order,
        risk=risk_of(seed, code) if len(code) == 6 else "prone",
        card=_CARDS.get(kind, f"pos-{kind}"),
    )


def quiet_hours(rows: Sequence[Mapping[str, str]], zone: str) -> Iterator[list[str]]:
    """The hours in which silence comes back day after day; a silence announced once is no plan."""
    ahead = timezone(timedelta(hours=ZONE_HOURS[zone]))
    spans = {(int(row["from"]), int(row["to"])) for row in rows if not int(row["beat_s"])}
    begins, ends = (
        Counter(datetime.fromtimestamp(span[at], ahead).strftime("%H.%M") for span in spans) for at in (0, 1)
    )
    if len(spans) > 1:
        yield [begins.most_common(1)[0][0], ends.most_common(1)[0][0]]


def _keep_cards(cited: Mapping[tuple[str, str], int], blobs: Path) -> None:
    """A card for every text that a duty cites; versions are told apart by when somebody first stood under them."""
    from kawal_server.store.models import SopCard

    SopCard.objects.all().delete()
    versions: Counter[str] = Counter()
    known: set[str] = set()
    for (kind, digest), at in sorted(cited.items(), key=lambda one: one[1]):
        file = blobs / blob_name(digest)
        if digest in known or not file.is_file():
            continue
        known.add(digest)
        card = _CARDS.get(kind, f"pos-{kind}")
        versions[card] += 1
        SopCard.objects.create(
            kind=card, version=versions[card], text=file.read_text("utf-8"), digest=digest, made_at=at, by="demo"
        )


def _kind(post: str) -> str:
    return post.removeprefix("pos-").partition("-")[0]


def _code(post: str) -> str:
    return post.rpartition("-")[2]


def _name(post: str) -> str:
    from kawal_server.command_post.places import region_name

    return f"{_TITLES.get(_kind(post), post)} {region_name(_code(post))}"


def _unit(post: str) -> str:
    code = _code(post)
    return f"polsek-{code}" if len(code) == 6 else f"polres-{code}"


def _polres(operation: "Operation") -> str:
    return f"polres-{operation.area.replace('.', '').split(',')[0][:4]}"
