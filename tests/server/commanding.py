"""A post that commands: its pengamanan log is begun, Polri's key lies at it, and phones of two Polsek are enrolled."""

from hashlib import sha256

from django.conf import settings
from django.test import Client

from kawal.command.units import Unit
from kawal.ledger.keys import ed25519_from_seed
from kawal.ledger.log_of import PENGAMANAN
from kawal.ledger.note import LOG_SIGNATURE, NoteKey
from kawal_machine.files import write_once
from kawal_server import clock
from kawal_server.accounts.models import Office, Officer
from kawal_server.actions.begin_log import begin_log
from kawal_server.actions.take_in import take_in
from kawal_server.store.key_files import make_key
from kawal_server.store.models import JurisdictionRow, Operation, UnitRow
from kawal_server.store.opened import the_store
from tests.mission.command.orders_kit import ORIGIN, POLRES, VOTE, Orders
from tests.server.post import Post
from tests.server.served import SEED
from tests.server.signed_in import signed_in

UNITS = (
    Unit("polda-64", "polda", "Polda Kaltim", "polri", "64"),
    Unit("ditsamapta-64", "other", "Ditsamapta Polda Kaltim", "polri", "64", "polda-64"),
    Unit("brimob-64", "other", "Satbrimob Polda Kaltim", "polri", "64", "polda-64"),
    Unit(POLRES, "polres", "Polres Bontang", "polri", "6474", "polda-64"),
    Unit("polsek-647401", "polsek", "Polsek Bontang Utara", "polri", "647401", POLRES),
    Unit("polsek-647402", "polsek", "Polsek Bontang Selatan", "polri", "647402", POLRES),
    Unit("polsek-647403", "polsek", "Polsek Bontang Barat", "polri", "647403", POLRES),
    Unit("kpu-6474", "kpu", "KPU Bontang", "kpu", "6474"),
)


class Commanding:
    """The post, its operation of orders, and the officers who sign in."""

    def __init__(self, post: Post, *, is_demo: bool = False) -> None:
        self.post = post
        policy = (
            f"log {NoteKey(ORIGIN, LOG_SIGNATURE, ed25519_from_seed(SEED).public.x).vkey()}\nquorum none\n".encode()
        )
        self.operation = Orders(policy=policy)
        write_once(post.data / "logs" / PENGAMANAN / "policy", policy)
        make_key(post.data / "keys" / f"{PENGAMANAN}.key", SEED)
        # The kit makes its administrators' keys in order: KPU, Bawaslu, Polri.
        make_key(settings.KEYS / "admin-polri.key", sha256(b"uji\x03").digest())
        the_store().open_log(PENGAMANAN, ORIGIN)
        begin_log(PENGAMANAN, self.operation.lines[0])
        self.sent = 1
        Operation.objects.create(
            pk=1,
            name="Operasi Mantap Praja Mahakam",
            area="6474",
            zone="Asia/Makassar",
            is_demo=is_demo,
            opened_at=VOTE,
        )
        UnitRow.objects.bulk_create(
            UnitRow(
                unit=one.unit, kind=one.kind, name=one.name, agency=one.agency, area=one.area,
                commanded_by=one.commanded_by,
            )
            for one in UNITS
        )  # fmt: skip
        JurisdictionRow.objects.bulk_create(
            JurisdictionRow(district=district, polres=POLRES) for district in ("647401", "647402", "647403")
        )
        self.tell(VOTE)

    def tell(self, at: int) -> None:
        """Send what phones signed, and judge at a second of the post's clock."""
        clock.set_to(at, speed=1, is_paused=True)
        answers = take_in(PENGAMANAN, self.operation.lines[self.sent :])
        assert [answer.reason for answer in answers if answer.reason] == []
        self.sent = len(self.operation.lines)
        self.post.worker.tell(is_due=True)

    def officer(self, office: Office, *, unit: str = "", name: str = "") -> Client:
        """A browser with an officer of a unit signed in."""
        username = name or f"{office}-{unit}"
        officer, _ = Officer.objects.get_or_create(username=username, defaults={"office": office, "unit": unit})
        return signed_in(officer)
