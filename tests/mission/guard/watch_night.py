"""One night at the post of a PPK, really signed: two guards at a time, a relief at midnight, and a visitor."""

from collections.abc import Sequence
from typing import Any

from tests.mission.custody.operation import HOUR, PPK_SITE, VOTE, Device, Operation

POST = "pos-ppk-530305"
DUSK, MIDNIGHT, MORNING = VOTE + 18 * HOUR, VOTE + 24 * HOUR, VOTE + 30 * HOUR
SOP = "S" * 42 + "A"


class Night(Operation):
    """Ari and Budi until midnight, then Citra and Dewi; a sign of life is due every two hours."""

    def __init__(self, *, strength: int = 2, beat: int = 2 * HOUR) -> None:
        super().__init__()
        self.places()
        self.commander = self.device("commander", "polres-5303", agency="polri")
        self.ari, self.budi, self.citra, self.dewi = (
            self.device("guard", "polsek-530305", agency="polri", who=f"p-{name}")
            for name in ("ari", "budi", "citra", "dewi")
        )
        self.manifest("posts", [[POST, PPK_SITE, 1, strength, beat, DUSK, MORNING]])

    def manifest(self, kind: str, rows: Sequence[Sequence[object]], *, by: Device | None = None) -> str:
        """KPU's lists are KPU's; who stands where the Polres says."""
        is_of_guards = kind in ("posts", "roster")
        return super().manifest(kind, rows, by=by or (self.commander if is_of_guards else self.kpu))

    def at_post(self, device: Device, word: str, at: int, **members: Any) -> str:
        return self.say(device, f"guard.{word}", at, **({"post": POST, "order": "A" * 43} | members))

    def relieve(self, giver: Device, receiver: Device, at: int, *, skew: int = 0, n: int = 40) -> tuple[str, str, str]:
        """Offer, accept and close; the receiver's clock is `skew` seconds ahead."""
        about = {"post": POST, "n": n, "ok": True}
        head = [receiver.seq, receiver.head]
        offer = self.say(giver, "custody.offer", at, what="post", to=receiver.key.kid, ch="A" * 22, hb=head, **about)
        accept = self.say(receiver, "custody.accept", at + 40 + skew, of=offer, res="ok", **about)
        close = self.say(giver, "custody.close", at + 70, of=accept, rtt=60)
        return offer, accept, close


def quiet(*, skew: int = 0) -> Night:
    """A night on which all is well."""
    night = Night()
    for device in (night.ari, night.budi):
        night.at_post(device, "on", DUSK, sop=SOP)
    night.at_post(night.ari, "beat", DUSK + 2 * HOUR)
    night.at_post(night.budi, "log", DUSK + HOUR, note="Aman.")
    visit = {"dir": "in", "why": "hitung kotak", "doc": "ST/12", "with_": ["kpu", "supervisor"]}
    night.at_post(night.ari, "visitor", DUSK + 3 * HOUR, **visit)
    night.at_post(night.ari, "beat", DUSK + 4 * HOUR)
    for giver, receiver in ((night.ari, night.citra), (night.budi, night.dewi)):
        night.relieve(giver, receiver, MIDNIGHT - 120, skew=skew)
        night.at_post(giver, "off", MIDNIGHT)
    for hour in (2, 4):
        night.at_post(night.citra, "beat", MIDNIGHT + hour * HOUR + skew)
    for device in (night.citra, night.dewi):
        night.at_post(device, "off", MORNING + skew)
    return night


def broken() -> Night:
    """A night with an hour alone, an hour without anybody, and no word until the morning."""
    night = Night()
    for device in (night.ari, night.budi):
        night.at_post(device, "on", DUSK)
    night.at_post(night.ari, "beat", DUSK + HOUR)
    night.at_post(night.budi, "off", DUSK + 2 * HOUR)
    night.at_post(night.ari, "off", DUSK + 3 * HOUR)
    night.at_post(night.citra, "on", DUSK + 4 * HOUR, n=2)
    night.relieve(night.citra, night.dewi, DUSK + 5 * HOUR)
    night.at_post(night.citra, "off", DUSK + 5 * HOUR + 120)
    night.at_post(night.dewi, "on", DUSK + 6 * HOUR, n=2)
    night.at_post(night.dewi, "off", MORNING)
    return night
