"""The projections: what the folds made of the log, in tables that pages read. All of it can be dropped and replayed.

The ledger's own tables are not here: `ledger_tables.py` writes them by hand, once for each engine.
"""

from typing import ClassVar

from django.db import models

# Tables of a word of their own, named here because Django looks for models in this module.
from kawal_server.store.command_rows import ActivityLine as ActivityLine
from kawal_server.store.command_rows import BindingRow as BindingRow
from kawal_server.store.command_rows import BoundLine as BoundLine
from kawal_server.store.command_rows import JurisdictionRow as JurisdictionRow
from kawal_server.store.command_rows import PersonRow as PersonRow
from kawal_server.store.command_rows import RoleRow as RoleRow
from kawal_server.store.command_rows import StageMoveRow as StageMoveRow
from kawal_server.store.command_rows import StageRow as StageRow
from kawal_server.store.command_rows import TaskForceRow as TaskForceRow
from kawal_server.store.command_rows import UnitRow as UnitRow
from kawal_server.store.device_rows import DeviceContact as DeviceContact
from kawal_server.store.device_rows import DeviceRequest as DeviceRequest
from kawal_server.store.device_rows import EnrolmentPerson as EnrolmentPerson
from kawal_server.store.device_rows import LostPhone as LostPhone
from kawal_server.store.duty_rows import BookLine as BookLine
from kawal_server.store.duty_rows import DutyLine as DutyLine
from kawal_server.store.duty_rows import PlannedLine as PlannedLine
from kawal_server.store.duty_rows import PostLine as PostLine
from kawal_server.store.duty_rows import ReliefLine as ReliefLine
from kawal_server.store.guard_rows import Briefing as Briefing
from kawal_server.store.guard_rows import Machine as Machine
from kawal_server.store.guard_rows import PostPlan as PostPlan
from kawal_server.store.guard_rows import SopCard as SopCard
from kawal_server.store.orders_rows import BkoNeed as BkoNeed
from kawal_server.store.orders_rows import CommandLogLine as CommandLogLine
from kawal_server.store.orders_rows import ContactRow as ContactRow
from kawal_server.store.orders_rows import ContingentLine as ContingentLine
from kawal_server.store.orders_rows import ContingentTaskLine as ContingentTaskLine
from kawal_server.store.orders_rows import OrderDraft as OrderDraft
from kawal_server.store.orders_rows import OrderLine as OrderLine
from kawal_server.store.orders_rows import OrderUnitLine as OrderUnitLine
from kawal_server.store.orders_rows import OwnForceRow as OwnForceRow
from kawal_server.store.risk_rows import Closeness as Closeness
from kawal_server.store.risk_rows import ForcePattern as ForcePattern
from kawal_server.store.risk_rows import IncidentLine as IncidentLine
from kawal_server.store.risk_rows import RiskCut as RiskCut
from kawal_server.store.risk_rows import RiskEntry as RiskEntry
from kawal_server.store.risk_rows import RiskWeight as RiskWeight
from kawal_server.store.risk_rows import StrategicSite as StrategicSite
from kawal_server.store.roster_rows import PlannedPersonRow as PlannedPersonRow
from kawal_server.store.roster_rows import RosterDraft as RosterDraft


class Judged(models.Model):
    """One row: how far the judge has come, at which time of the post's clock. `version` grows with each change.

    `kotak_witnessed`, `pengamanan_witnessed`: size of the newest witnessed checkpoint that was known to it.
    """

    version = models.BigIntegerField(default=0)
    now = models.BigIntegerField(default=0)
    kotak_size = models.BigIntegerField(default=0)
    pengamanan_size = models.BigIntegerField(default=0)
    kotak_witnessed = models.BigIntegerField(default=0)
    pengamanan_witnessed = models.BigIntegerField(default=0)
    zone = models.CharField(max_length=40, default="Asia/Jakarta")
    problems = models.JSONField(default=list)
    limits = models.CharField(max_length=64, default="")


class BoxLine(models.Model):
    """One box on the board. `code`: the text code of its label; `why`: what keeps it from being safe."""

    box = models.CharField(max_length=64, primary_key=True)
    code = models.CharField(max_length=16, db_index=True)
    election = models.CharField(max_length=8)
    district = models.CharField(max_length=6, db_index=True)
    village = models.CharField(max_length=10, db_index=True)
    station = models.CharField(max_length=13)
    is_expected = models.BooleanField()
    place = models.CharField(max_length=20, db_index=True)
    site = models.CharField(max_length=64, db_index=True)
    holder = models.CharField(max_length=64, db_index=True)
    grade = models.CharField(max_length=20)
    seals = models.CharField(max_length=200)
    seen_at = models.BigIntegerField(null=True)
    look = models.CharField(max_length=20, db_index=True)
    why = models.JSONField()

    class Meta:
        """In the order people read them."""

        ordering: ClassVar = ["district", "box"]


class FindingLine(models.Model):
    """One finding. `item`: the place of the thing to do that it belongs to; -1 where it asks for nothing."""

    code = models.CharField(max_length=40, db_index=True)
    severity = models.CharField(max_length=8)
    subject = models.CharField(max_length=64, db_index=True)
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True)
    evidence = models.JSONField()
    says_id = models.TextField()
    says_en = models.TextField()
    cause = models.CharField(max_length=200)
    item = models.IntegerField(default=-1, db_index=True)

    class Meta:
        """As `kawal audit --json` sorts them."""

        ordering: ClassVar = ["code", "subject", "since", "id"]


class ItemLine(models.Model):
    """One thing to do (Perlu tindakan), gravest first."""

    order = models.IntegerField(primary_key=True)
    cause = models.CharField(max_length=200)
    severity = models.CharField(max_length=8)
    codes = models.JSONField()
    subjects = models.JSONField()
    count = models.IntegerField()
    since = models.BigIntegerField()
    lasts = models.BooleanField()
    says_id = models.TextField()
    says_en = models.TextField()

    class Meta:
        """Gravest first."""

        ordering: ClassVar = ["order"]


class SessionLine(models.Model):
    """One pleno: as planned and as observed. `state`: belum, berlangsung, diskors, selesai."""

    name = models.CharField(max_length=80, primary_key=True)
    level = models.CharField(max_length=10)
    area = models.CharField(max_length=6, db_index=True)
    election = models.CharField(max_length=8)
    site = models.CharField(max_length=64)
    state = models.CharField(max_length=12)
    starts = models.BigIntegerField(null=True)
    ends = models.BigIntegerField(null=True)
    deadline = models.BigIntegerField(null=True)
    opened_at = models.BigIntegerField(null=True)
    closed_at = models.BigIntegerField(null=True)
    changed_at = models.BigIntegerField(null=True)
    stations = models.IntegerField(default=0)
    stations_done = models.IntegerField(default=0)

    class Meta:
        """By area."""

        ordering: ClassVar = ["area", "election"]


class HandOverLine(models.Model):
    """One offer of boxes, and what became of it. `state`: menunggu, diterima, catatan, ditolak, dibatalkan, kertas."""

    eid = models.CharField(max_length=43, primary_key=True)
    giver = models.CharField(max_length=64, db_index=True)
    receiver = models.CharField(max_length=64, db_index=True)
    giver_kid = models.CharField(max_length=43)
    receiver_kid = models.CharField(max_length=43)
    at = models.BigIntegerField(db_index=True)
    answered_at = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12, db_index=True)
    grade = models.CharField(max_length=20)
    site = models.CharField(max_length=64)
    boxes = models.JSONField()
    count = models.IntegerField()
    differences = models.JSONField()
    accept = models.CharField(max_length=43)
    close = models.CharField(max_length=43)
    attested_by = models.JSONField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "eid"]


class SiteLine(models.Model):
    """One registered place with the boxes that stand there. `lat_e6`, `lon_e6`: microdegrees."""

    site = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=12)
    area = models.CharField(max_length=10)
    lat_e6 = models.IntegerField()
    lon_e6 = models.IntegerField()
    zone = models.CharField(max_length=40)
    boxes = models.IntegerField()
    look = models.CharField(max_length=20)


class DistrictLine(models.Model):
    """One kecamatan: how many boxes are where, and the gravest look among them. Point: the middle of its sites."""

    code = models.CharField(max_length=6, primary_key=True)
    boxes = models.IntegerField()
    places = models.JSONField()
    looks = models.JSONField()
    look = models.CharField(max_length=20)
    lat_e6 = models.IntegerField(null=True)
    lon_e6 = models.IntegerField(null=True)
    pleno = models.CharField(max_length=12)
    stations = models.IntegerField()
    stations_done = models.IntegerField()

    class Meta:
        """By code."""

        ordering: ClassVar = ["code"]


class ClockRow(models.Model):
    """The one clock of a demonstration; a real operation has no row and runs on the machine's clock.

    The post's time is `shown_at` + `speed` x (real seconds since `real_at`), or `shown_at` while it is paused.
    """

    shown_at = models.FloatField()
    real_at = models.FloatField()
    speed = models.IntegerField(default=1)
    is_paused = models.BooleanField(default=False)


class Operation(models.Model):
    """One row: the operation this post runs, as data. `area`: region codes by comma; live once `opened_at` is set.

    `code_name`: as the officers call it; `lat_e6`, `lon_e6`: a point of the area, where somebody gave one. `level`:
    polsek, polres, polda or mabes; `phases`: name (pre, exec, post) -> [first, last] as ISO dates; `closed_at`: when it
    was archived and its personal data erased.
    """

    name = models.CharField(max_length=120)
    code_name = models.CharField(max_length=60, default="")
    area = models.CharField(max_length=200)
    elections = models.JSONField(default=list)
    zone = models.CharField(max_length=40, default="Asia/Jakarta")
    vote_day = models.DateField(null=True)
    domain = models.CharField(max_length=120, default="kawal.invalid")
    is_demo = models.BooleanField(default=False)
    opened_at = models.BigIntegerField(null=True)
    level = models.CharField(max_length=8, default="polres")
    phases = models.JSONField(default=dict)
    closed_at = models.BigIntegerField(null=True)
    lat_e6 = models.IntegerField(null=True)
    lon_e6 = models.IntegerField(null=True)


class Boundary(models.Model):
    """A real boundary somebody loaded as GeoJSON; without one the map draws cells from points."""

    code = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=120)
    geometry = models.JSONField()


class ReadToken(models.Model):
    """A token that reads entries and blobs of one log; only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    log = models.CharField(max_length=12)
    holder = models.CharField(max_length=120)
    made_at = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True)


class ListDraft(models.Model):
    """One list of the operation: as handed in (`state` preview), or as a clerk accepted it (accepted).

    `content`: the file of a preview; `choice`: sheet, header, columns and decree as chosen; `rows`: what an accepted
    list says; `confirmed`: the sentences that the clerk confirmed.
    """

    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(default=b"")
    choice = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    confirmed = models.JSONField(default=list)
    by = models.CharField(max_length=150, default="")
    at = models.BigIntegerField()

    class Meta:
        """One preview and one accepted list of each kind."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "state"], name="one_draft_a_state")]


class ColumnMemory(models.Model):
    """Which column holds what, under a header that somebody has explained once."""

    kind = models.CharField(max_length=12)
    fingerprint = models.CharField(max_length=16)
    columns = models.JSONField()

    class Meta:
        """One map a header."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "fingerprint"], name="one_map_a_header")]


class SealLotRow(models.Model):
    """Seals in stock. `first`, `last`: serials, empty where they bear none."""

    kind = models.CharField(max_length=8)
    first = models.CharField(max_length=40)
    last = models.CharField(max_length=40)
    count = models.IntegerField()


class VehicleRow(models.Model):
    """A truck or boat that may carry boxes. `capacity`: boxes, where it is said."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=200)
    capacity = models.IntegerField(null=True)
    owner = models.CharField(max_length=200)
