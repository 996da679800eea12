"""The pengamanan log of a small operation with a named cast: who orders, who is ordered, who has no say."""

from collections.abc import Mapping, Sequence
from typing import Any

from kawal.command.state import Command, fold_command
from kawal.ledger.encoding import b64u, digest
from kawal.ledger.history import build_history
from kawal.ledger.reading import LogReader
from tests.mission.custody.operation import DAY, HOUR, VOTE, Device, Operation

ORIGIN = "kawal.example/uji/6474/pengamanan"
POLRES, UTARA, BARAT = "polres-6474", "polsek-647401", "polsek-647403"
SPRIN, EXTENDED = "Sprin/101/XI/2024", "Sprin/118/XII/2024"
END = VOTE + 6 * DAY
__all__ = ["BARAT", "DAY", "END", "EXTENDED", "HOUR", "ORIGIN", "POLRES", "SPRIN", "UTARA", "VOTE", "Orders"]


class Orders(Operation):
    """Polres Bontang commands, two Polsek take orders, and KPU's administrator enrols and commands nobody."""

    def __post_init__(self) -> None:
        self.admin_kpu, self.admin_bawaslu, self.admin_polri = (
            self._admin(agency) for agency in ("kpu", "bawaslu", "polri")
        )
        admins = (self.admin_kpu, self.admin_bawaslu, self.admin_polri)
        rows = [
            {"kid": one.key.kid, "alg": "Ed25519", "x": b64u(one.key.public.x), "agency": one.unit} for one in admins
        ]
        members: Mapping[str, Any] = {"origin": ORIGIN, "admins": rows, "need": 2, "policy": digest(self.policy)}
        genesis = self.say(self.admin_kpu, "ledger.genesis", VOTE - 10 * DAY, **members)
        self.admin_bawaslu.head = self.admin_polri.head = genesis
        self.kabagops = self.device("commander", POLRES, agency="polri")
        self.utara = self.device("guard", UTARA, agency="polri")
        self.utara_too = self.device("guard", UTARA, agency="polri")
        self.barat = self.device("guard", BARAT, agency="polri")
        self.panwas = self.device("supervisor", "panwascam-647401", agency="bawaslu")

    def issue(self, at: int, to: Sequence[str] = (UTARA, BARAT), *, by: Device | None = None, **members: Any) -> str:
        """Issue an order; gives its eid."""
        given = {"mh": digest(b"order"), "to": list(to), "exp": END, "no": SPRIN, **members}
        return self.say(by or self.kabagops, "order.issue", at, **given)

    def ack(self, device: Device, of: str, at: int, **members: Any) -> str:
        """Take an order on, or say that it was read."""
        return self.say(device, "order.ack", at, of=of, **members)

    def step(self, contingent: str, step: str, at: int, *, by: Device | None = None, **members: Any) -> str:
        """Sign one step of a contingent. from_: its origin, for `from` is a word of Python."""
        return self.say(by or self.kabagops, "bko.step", at, contingent=contingent, step=step, **members)

    def command(self, lines: Sequence[bytes] | None = None) -> Command:
        """What command makes of it."""
        reader = LogReader("pengamanan")
        for line in self.lines if lines is None else lines:
            reader.take(line)
        return fold_command(build_history([reader.finish()], at=VOTE + 30 * DAY))
