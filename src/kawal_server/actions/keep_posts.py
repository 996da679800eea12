"""Plan the guard posts, and publish them as the `posts` manifest that duty is judged by. A post is lifted, not deleted.

A plan is an ordinary row until it is published; from then on the log holds it, and a later manifest takes its place
from its own moment on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from kawal.command.state import is_police_command
from kawal.election.lists.dates import ZONE_HOURS
from kawal.election.manifests import BadManifest, write_rows
from kawal.guard.manifests import read_posts
from kawal.guard.planning import BadPlan, ManifestRow, PlannedPost, Quiet, Zone, check_plan, manifest_rows
from kawal.ledger.encoding import is_digest
from kawal.ledger.log_of import PENGAMANAN
from kawal_server import clock
from kawal_server.accounts.access import may
from kawal_server.accounts.models import Officer
from kawal_server.actions.admin_chain import NotTaken, holding_the_keys, sign_next
from kawal_server.actions.counting import counting
from kawal_server.actions.reach_risk import unit_finder
from kawal_server.actions.take_in import take_in
from kawal_server.actions.usual_strength import strength_finder
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import BoxLine, Machine, Operation, PostPlan, SiteLine

DAY_S = 86_400
USUAL_BEAT_S = 3600
USUAL_RING = (1, "ruang")
_GUARDED_KINDS = ("warehouse", "ppk", "kpu", "bawaslu", "pleno")


class BoxesStand(ValueError):
    """A post that guards boxes cannot be lifted."""

    def __init__(self, post: str, boxes: int) -> None:
        super().__init__(
            f"{post}: masih menjaga {boxes} kotak. Pos baru dapat diangkat setelah kotaknya diserahterimakan. / "
            f"still guards {boxes} boxes. A post is lifted once its boxes are handed over."
        )


class NotYourPost(PermissionError):
    """The post is another unit's."""


@dataclass(frozen=True, slots=True)
class Unpublished:
    """What publishing would change: posts not in the log yet, posts that differ from it."""

    added: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def posts(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.added, *self.changed)


def planned(row: PostPlan) -> PlannedPost:
    """A plan in the mission's words."""
    zones = tuple(Zone(int(one["ring"]), str(one["name"]), int(one["strength"])) for one in row.zones)
    quiet = tuple(Quiet(_seconds(since), _seconds(until)) for since, until in row.quiet)
    return PlannedPost(row.post, row.site, zones, row.beat_s, row.starts, row.ends, quiet)


def _seconds(hour: str) -> int:
    hours, _, minutes = hour.partition(".")
    return int(hours) * 3600 + int(minutes or "0") * 60


def keep_post(officer: Officer, row: PostPlan) -> PostPlan:
    """Keep a plan. Raises: NotYourPost, kawal.guard.planning.BadPlan."""
    before = PostPlan.objects.filter(post=row.post).first()
    units = [row.unit, *([before.unit] if before is not None else [])]
    if not all(may(officer, "change-guard", unit=unit) for unit in units):
        raise NotYourPost("Pos ini milik satuan lain. / This post is another unit's.")
    if Machine.objects.filter(post=row.post).exists():
        raise BadPlan(f"{row.post}: kode sebuah mesin; pilih kode lain / the code of a machine; choose another")
    check_plan(planned(row))
    row.save()
    return row


def usual_posts(starts: int, ends: int) -> list[PostPlan]:
    """A plan for each registered warehouse, PPK, KPU, Bawaslu and pleno site that has none. Nothing is saved."""
    known = set(PostPlan.objects.values_list("site", flat=True))
    unit_of, strength_of = unit_finder(), strength_finder()
    ring, called = USUAL_RING
    return [
        PostPlan(
            post=f"pos-{site.site}",
            name=site.site,
            site=site.site,
            unit=unit_of(site.area),
            zones=[{"ring": ring, "name": called, "strength": strength_of(site, str(ring))}],
            beat_s=USUAL_BEAT_S,
            starts=starts,
            ends=ends,
            card=f"pos-{site.kind}",
        )
        for site in SiteLine.objects.filter(kind__in=_GUARDED_KINDS).order_by("site")
        if site.site not in known
    ]


def lift_post(officer: Officer, post: str, *, at: int | None = None) -> PostPlan:
    """End a post at a UNIX second, now by default; it still has to be published. Raises: NotYourPost, BoxesStand."""
    ends = clock.now() if at is None else at
    with transaction.atomic():
        row = PostPlan.objects.select_for_update().filter(post=post).first()
        if row is None or not may(officer, "change-guard", unit=row.unit):
            raise NotYourPost("Tidak ada pos itu di satuan Anda. / Your unit has no such post.")
        boxes = BoxLine.objects.filter(site=row.site).count()
        if boxes:
            raise BoxesStand(post, boxes)
        row.ends = max(row.starts + 1, min(row.ends, ends))
        row.save(update_fields=["ends"])
    return row


def unpublished() -> Unpublished:
    """What the plans say that the log does not."""
    held, wanted = _published(), _wanted()
    return Unpublished(
        tuple(sorted(set(wanted) - set(held))),
        tuple(sorted(post for post in set(wanted) & set(held) if wanted[post] != held[post])),
    )


def publish_posts(*, at: int) -> int:
    """Publish what changed as one `posts` manifest, signed for Polri; gives how many posts. Twice is once.

    Raises: kawal.guard.planning.BadPlan, NotTaken, kawal_server.store.key_files.NoKeyFile,
    kawal_server.actions.admin_chain.NotBegun.
    """
    with holding_the_keys():
        changed = unpublished().posts
        if not changed:
            return 0
        wanted = _wanted()
        listed = [row for post in changed for row in wanted[post]]
        # The list goes first: nobody signs a hash whose list cannot be read.
        mh = the_blobs().of(PENGAMANAN).keep(write_rows("posts", listed))
        jws = sign_next(PENGAMANAN, "polri", "register.manifest", at=at, kind="posts", mh=mh, n=len(listed))
        [answer] = take_in(PENGAMANAN, [jws])
        if answer.reason is not None:
            raise NotTaken(answer.reason)
    return len(changed)


def _wanted() -> dict[str, list[ManifestRow]]:
    operation = Operation.objects.first()
    offset = 3600 * ZONE_HOURS[operation.zone] if operation is not None else 0
    plans = [planned(row) for row in PostPlan.objects.all()]
    return _by_post(manifest_rows([*plans, *_machines(plans)], utc_offset_s=offset))


def _machines(plans: Sequence[PlannedPost]) -> Iterable[PlannedPost]:
    """Machines are posts of no strength, as long as there is anything to guard."""
    if not plans:
        return
    starts, ends = min(plan.starts for plan in plans), max(plan.ends for plan in plans)
    for one in Machine.objects.all():
        made = PlannedPost(one.post, one.site, (Zone(1, "machine", 0),), one.beat_s, max(starts, one.made_at), ends)
        if one.revoked_at is not None:
            made = replace(made, ends=max(made.starts + 1, min(ends, one.revoked_at)))
        if made.starts < made.ends:
            yield made


def _published() -> dict[str, list[ManifestRow]]:
    held: dict[str, list[ManifestRow]] = {}
    for event, speaker in counting(PENGAMANAN, "register.manifest"):
        mh = event.payload.get("mh")
        if event.payload.get("kind") != "posts" or not is_digest(mh) or not is_police_command(speaker):
            continue
        data = the_blobs().read(str(mh))
        if data is not None:
            held.update(_by_post(_as_rows(data)))
    return held


def _as_rows(data: bytes) -> list[ManifestRow]:
    """The rows of a list as the judge reads them; of one that is no such list, none."""
    try:
        rows, _ = read_posts(data)
    except BadManifest:
        return []
    return [(one.post, one.site, one.ring, one.min_strength, one.beat_s, one.since, one.until) for one in rows]


def _by_post(rows: Iterable[ManifestRow]) -> dict[str, list[ManifestRow]]:
    grouped: dict[str, list[ManifestRow]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(row)
    return grouped
