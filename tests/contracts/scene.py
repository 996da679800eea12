"""A named cast in one kecamatan: its boxes, its sites, and those who hold, guard and watch."""

from __future__ import annotations

from collections.abc import Sequence

from tests.contracts.logbook import ORIGIN, Event, Logbook
from tests.contracts.signing import Json, Phone, digest

DAWN = 1732665600  # 27 November 2024, 00:00 UTC
HOUR = 3600
DAY = 24 * HOUR

STATION = "5303052001003"
NEXT_STATION = "5303052001004"
BOX = f"BUP-{STATION}"
OTHER = f"GUB-{STATION}"
TPS, PPS, PPK, WAREHOUSE = f"tps-{STATION}", "pps-5303052001", "ppk-530305", "gudang-5303"
SITES = (
    f"{TPS},tps,{STATION},-9450000,124480000,100,Asia/Makassar",
    f"tps-{NEXT_STATION},tps,{NEXT_STATION},-9451000,124481000,100,Asia/Makassar",
    f"{PPS},pps,5303052001,-9455000,124485000,100,Asia/Makassar",
    f"{PPK},ppk,530305,-9460000,124490000,200,Asia/Makassar",
    f"{WAREHOUSE},warehouse,5303,-9470000,124500000,200,Asia/Makassar",
    "kupang,other,5371,-10170000,123600000,200,Asia/Makassar",
)
SEALS: tuple[str, ...] = ("S1", "S2")
PRESENT = ("ppk", "pps", "supervisor", "witness")


class Cast(Logbook):
    """A log whose two administrators, of two agencies, enrol everyone else."""

    def __init__(self, *, trust: str | None = None, origin: str = ORIGIN) -> None:
        """`trust` is the text of the trust policy that the genesis binds."""
        super().__init__()
        self.admin = Phone("admin-kpu", "admin", "kpu-5303", "kpu", "p-a1")
        self.second = Phone("admin-bawaslu", "admin", "bawaslu-5303", "bawaslu", "p-a2")
        bound = None if trust is None else digest(trust.encode())
        self.genesis([self.admin, self.second], DAWN - 10 * DAY, bound, origin)
        for admin in (self.admin, self.second):
            self.enrol(admin, DAWN - 10 * DAY, self.admin, self.second)
        self.kpu = self.member("kpu", "kpu-5303", "kpu")
        self.guard = self.member("guard", "polres-5303", "polri")
        self.escort = self.member("escort", "polres-5303", "polri")

    def member(
        self, role: str, unit: str, agency: str, *, name: str = "", who: str = "", alg: str = "Ed25519", **dates: int
    ) -> Phone:
        called = name or f"{role}-{unit}"
        phone = Phone(called, role, unit, agency, who or f"p-{called}", alg)
        self.enrol(phone, DAWN - 10 * DAY, self.admin, self.second, **dates)
        return phone

    def register(self, kind: str, columns: str, *rows: str, ts: int = DAWN - 9 * DAY) -> Event:
        mh, n = self.table(columns, *rows)
        return self.write(self.kpu, "register.manifest", ts, kind=kind, mh=mh, n=n)

    def travel(self, word: str, ts: int, site: str, *boxes: str, **members: Json) -> Event:
        """`depart` or `arrive` of the one convoy there is; `boxes` are rows of its list."""
        mh, n = self.table("box,seals", *boxes)
        fixed: dict[str, Json] = {"convoy": "K1", "vehicle": "V1", "crew": [], "mh": mh, "n": n, "site": site}
        return self.write(self.escort, f"convoy.{word}", ts, **(fixed | members))


class Scene(Cast):
    """The cast enrolled, the register written; each method is one thing that happens to boxes."""

    def __init__(
        self, *, boxes: tuple[str, ...] = (BOX,), sites: bool = True, policy: str | None = None,
        trust: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(trust=trust)
        self.kpps = self.member("kpps", f"kpps-{STATION}", "kpps")
        self.pps = self.member("pps", "pps-5303052001", "pps")
        self.ppk = self.member("ppk", "ppk-530305", "ppk")
        self.supervisor = self.member("supervisor", "panwascam-530305", "bawaslu")
        self.witness = self.member("witness", "saksi-1", "party")
        self.observer = self.member("observer", "pemantau-5303", "pemda")
        self.register("boxes", "box,election,station,area", *(box_row(box) for box in boxes))
        if sites:
            self.register("sites", "site,kind,area,lat_e6,lon_e6,radius_m,zone", *SITES)
        if policy is not None:
            self.write(self.kpu, "register.manifest", DAWN - 9 * DAY, kind="policy", mh=self.blob(policy.encode()), n=1)

    def pleno(self, word: str, ts: int, *, election: str = "BUP", **members: Json) -> Event:
        """`open`, `suspend`, `resume` or `close` at the PPK."""
        return self.write(
            self.observer, f"pleno.{word}", ts, level="district", area="530305", election=election, site=PPK, **members
        )

    def opened(self, ts: int, box: str = BOX, *, why: str = "pleno", present: tuple[str, ...] = PRESENT) -> Event:
        return self.write(
            self.ppk, "custody.open", ts, boxes=[box], why=why, doc="d-1", present=list(present), site=PPK
        )

    def session(
        self, starts: int, ends: int, *, election: str = "BUP", deadline: int | None = None, area: str = "530305"
    ) -> Event:
        row = f"district,{area},{election},{PPK},{starts},{ends},{deadline or ends}"
        return self.register("sessions", "level,area,election,site,from,to,deadline", row, ts=DAWN + 8 * HOUR)

    def seal(
        self, phone: Phone, ts: int, box: str = BOX, site: str | None = TPS, seals: tuple[str, ...] = SEALS
    ) -> Event:
        return self.write(phone, "custody.seal", ts, box=box, seals=numbered(*seals), why="tutup", **at(site))

    def check(
        self, phone: Phone, ts: int, box: str = BOX, site: str | None = TPS, seals: tuple[str, ...] = SEALS
    ) -> Event:
        return self.write(phone, "custody.check", ts, box=box, seals=numbered(*seals), ok=True, **at(site))

    def offer(
        self, giver: Phone, receiver: Phone, ts: int, items: Sequence[tuple[str, tuple[str, ...]]] | None = None, *,
        site: str | None = TPS, **members: Json,
    ) -> Event:  # fmt: skip
        listed: list[Json] = [[box, list(seals)] for box, seals in ([(BOX, SEALS)] if items is None else items)]
        fixed: dict[str, Json] = {
            "what": "box", "to": receiver.kid, "ch": "AAAAAAAAAAAAAAAAAAAAAA", "hb": [receiver.seq, receiver.head],
            "n": len(listed), **at(site), "pos": None, "ph": [],
        }  # fmt: skip
        if "mh" not in members:
            fixed["items"] = listed
        return self.write(giver, "custody.offer", ts, **(fixed | members))

    def accept(self, receiver: Phone, offer: Event, ts: int, *, site: str | None = TPS, **members: Json) -> Event:
        fixed: dict[str, Json] = {"of": offer.eid, "res": "ok", "diff": [], **at(site), "pos": None, "ph": []}
        return self.write(receiver, "custody.accept", ts, **(fixed | members))

    def attest(self, phone: Phone, ts: int, *of: Event) -> Event:
        return self.write(phone, "ledger.attest", ts, of=[one.eid for one in of])

    def hand_over(
        self, giver: Phone, receiver: Phone, ts: int, items: Sequence[tuple[str, tuple[str, ...]]] | None = None, *,
        site: str | None = TPS, attested: bool = True,
    ) -> Event:  # fmt: skip
        """Offer, accept and close within three minutes, with escort and supervisor looking on."""
        offered = self.offer(giver, receiver, ts, items, site=site)
        accepted = self.accept(receiver, offered, ts + 60, site=site)
        self.write(giver, "custody.close", ts + 120, of=accepted.eid, rtt=60)
        if attested:
            self.attest(self.escort, ts + 150, offered, accepted)
            self.attest(self.supervisor, ts + 160, offered, accepted)
        return accepted

    def carried_to_office(self, boxes: tuple[str, ...] = (BOX,), *, ts: int = DAWN + 9 * HOUR) -> None:
        """Sealed at the station, by way of the PPS to the PPK and its office."""
        items = [(box, (f"{box}/a", f"{box}/b")) for box in boxes]
        for box, seals in items:
            self.seal(self.kpps, ts, box, TPS, seals)
        self.hand_over(self.kpps, self.pps, ts + HOUR, items, site=TPS)
        self.hand_over(self.pps, self.ppk, ts + 3 * HOUR, items, site=PPK)


def at(site: str | None) -> dict[str, Json]:
    return {} if site is None else {"site": site}


def numbered(*serials: str) -> list[Json]:
    return [{"k": "tie", "s": serial, "n": 1} for serial in serials]


def box_row(box: str) -> str:
    kind, station, *_ = box.split("-")
    if kind == "PPK":
        return f"{box},PPK,,{station}"
    return f"{box},{kind},{station},{station[:10]}"
