"""A pleno as it runs."""

from dataclasses import dataclass

from kawal.ledger.event import Eid
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.stage import Members
from kawal_cli.simulate.world import District


@dataclass(slots=True)
class Session:
    """One pleno. `custodian`: the PPK phone at its table; `slot_s`: seconds a box takes; `opened`: its `pleno.open`."""

    district: District
    election: str
    custodian: Device
    slot_s: int
    opened: Eid | None = None
    is_open: bool = False

    @property
    def members(self) -> Members:
        """What every pleno event names."""
        return {"level": "district", "area": self.district.code, "election": self.election}
