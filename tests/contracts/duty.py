"""A post at the PPK and those who stand there: each method is one thing that a guard's phone signs."""

from __future__ import annotations

from tests.contracts.logbook import Event
from tests.contracts.scene import DAWN, DAY, HOUR, PPK, SITES, Cast
from tests.contracts.signing import Json, Phone

POST = "pos-ppk-530305"
MINUTE = 60
STARTS, ENDS = DAWN + 8 * HOUR, DAWN + 20 * HOUR
COLUMNS = "post,site,ring,min_strength,beat_s,from,to"
HERE: list[Json] = [-9460000, 124490000, 10]
FAR: list[Json] = [-9480000, 124490000, 10]


def row(
    starts: int = STARTS,
    ends: int = ENDS,
    *,
    strength: int = 1,
    beat: int = 0,
    ring: int = 1,
    post: str = POST,
    site: str = PPK,
) -> str:
    return f"{post},{site},{ring},{strength},{beat},{starts},{ends}"


class Duty(Cast):
    """The cast with guards: `ari` and `budi` of the Polsek, `citra` of the Kodim; and one post from 8 to 20 h UTC."""

    def __init__(self, *rows: str, sites: bool = True, policy: str | None = None) -> None:
        super().__init__()
        self.ari = self.person("ari")
        self.budi = self.person("budi")
        self.citra = self.person("citra", unit="kodim-1618", agency="tni")
        self.commander = self.member("commander", "polres-5303", "polri")
        if sites:
            self.register("sites", "site,kind,area,lat_e6,lon_e6,radius_m,zone", *SITES)
        self.posts(*(rows or (row(),)))
        if policy is not None:
            self.write(self.kpu, "register.manifest", DAWN - 9 * DAY, kind="policy", mh=self.blob(policy.encode()), n=1)

    def person(
        self, name: str, *, who: str = "", role: str = "guard", unit: str = "polsek-530305", agency: str = "polri"
    ) -> Phone:
        return self.member(role, unit, agency, name=name, who=who or f"p-{name}")

    def posts(self, *rows: str, ts: int = DAWN - 8 * DAY, by: Phone | None = None) -> Event:
        mh, n = self.table(COLUMNS, *rows)
        return self.write(by or self.commander, "register.manifest", ts, kind="posts", mh=mh, n=n)

    def on(self, phone: Phone, ts: int, **members: Json) -> Event:
        return self.at_post(phone, "on", ts, **members)

    def off(self, phone: Phone, ts: int, **members: Json) -> Event:
        return self.at_post(phone, "off", ts, **members)

    def beat(self, phone: Phone, ts: int, **members: Json) -> Event:
        return self.at_post(phone, "beat", ts, **members)

    def at_post(self, phone: Phone, word: str, ts: int, **members: Json) -> Event:
        fixed: dict[str, Json] = {"post": POST, "order": "A" * 43}
        return self.write(phone, f"guard.{word}", ts, **(fixed | members))

    def offer(self, giver: Phone, receiver: Phone, ts: int, **members: Json) -> Event:
        fixed: dict[str, Json] = {
            "what": "post", "to": receiver.kid, "ch": "AAAAAAAAAAAAAAAAAAAAAA", "hb": [receiver.seq, receiver.head],
            "post": POST, "n": 40, "ok": True, "note": "",
        }  # fmt: skip
        return self.write(giver, "custody.offer", ts, **(fixed | members))

    def accept(self, receiver: Phone, offered: Event, ts: int, **members: Json) -> Event:
        fixed: dict[str, Json] = {"of": offered.eid, "res": "ok", "post": POST, "n": 40, "ok": True, "note": ""}
        return self.write(receiver, "custody.accept", ts, **(fixed | members))

    def close(self, giver: Phone, accepted: Event, ts: int) -> Event:
        return self.write(giver, "custody.close", ts, of=accepted.eid, rtt=40)
