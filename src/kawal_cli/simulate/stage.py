"""The stage: scenes take their turn in true time, phones sign on it, and what they sign arrives at the logs later."""

import heapq
from collections.abc import Callable, Generator, Mapping
from random import Random
from typing import Any

from kawal.ledger.event import Eid
from kawal.ledger.log_of import KOTAK, LogName
from kawal_cli.simulate.devices import Device
from kawal_cli.simulate.logs import Log
from kawal_cli.simulate.seals import SealStock
from kawal_cli.simulate.truth import Truth
from kawal_cli.simulate.world import Place, World

Scene = Generator[int, None, None]
"""What happens somewhere: it acts, yields the UNIX second at which it goes on, acts again."""

Members = dict[str, Any]
"""What an event carries beside `v`, `t`, `seq`, `prev`, `ts` and `cp`."""

Twist = Callable[["Stage", Callable[[], Scene]], Scene]
"""A fault's way of playing a scene: it is given the scene as it would have been, and may play it, or not."""

CHECKPOINT_EVERY_S = (900, 1750)
PUBLISHING_S = 10
POLL_S = 600
LONGEST_S = 60 * 86_400


class NeverEnds(RuntimeError):
    """The story goes on for months: a scene waits for what a fault has made impossible."""


class Stage:
    """The running simulation. `now`: the true time, UNIX seconds."""

    def __init__(self, world: World, logs: Mapping[LogName, Log], truth: Truth) -> None:
        self.world = world
        self.logs = logs
        self.truth = truth
        self.stock = SealStock()
        self.now = 0
        self.twists: dict[tuple[str, str], list[Twist]] = {}
        self._turns: list[tuple[int, int, Scene]] = []
        self._count = 0

    def start(self, scene: Scene, at: int) -> None:
        """Let a scene begin at a UNIX second."""
        self._count += 1
        heapq.heappush(self._turns, (max(at, self.now), self._count, scene))

    def run(self, progress: Callable[[int], None]) -> None:
        """Play until no scene has a turn left. progress: told the true time after each hour. Raises: NeverEnds."""
        told, latest = 0, self.now + LONGEST_S
        while self._turns:
            self.now, _, scene = heapq.heappop(self._turns)
            if self.now > latest:
                raise NeverEnds(f"{scene}: belum selesai setelah {LONGEST_S // 86_400} hari / still waiting")
            if self.now // 3600 != told:
                told = self.now // 3600
                progress(self.now)
            upcoming = next(scene, None)
            if upcoming is not None:
                self.start(scene, upcoming)

    def play(self, moment: str, where: str, scene: Callable[[], Scene]) -> Scene:
        """Play a scene, or what the faults make of it: the first one given is the outermost."""
        for twist in reversed(self.twists.get((moment, where), ())):
            scene = self._twisted(twist, scene)
        return scene()

    def _twisted(self, twist: Twist, scene: Callable[[], Scene]) -> Callable[[], Scene]:
        return lambda: twist(self, scene)

    def twist(self, moment: str, where: str, twist: Twist) -> None:
        """Let a fault have its way with a scene."""
        self.twists.setdefault((moment, where), []).append(twist)

    def until(self, is_so: Callable[[], bool]) -> Scene:
        """Wait, looking every ten minutes."""
        while not is_so():
            yield self.now + POLL_S

    def sign(
        self, device: Device, t: str, /, *, log: LogName = KOTAK, place: Place | None = None, **members: Any
    ) -> Eid:
        """Let a phone sign an event now; it is sent when the phone is next online. place: where it stands."""
        eid, jws = self.sign_only(device, t, log=log, place=place, **members)
        device.outbox.append((log, jws))
        self._plan_upload(device)
        return eid

    def sign_only(
        self, device: Device, t: str, /, *, log: LogName = KOTAK, place: Place | None = None, **members: Any
    ) -> tuple[Eid, bytes]:
        """Let a phone sign an event that it does not send."""
        if place is not None:
            members.setdefault("site", place.site)
            members.setdefault("pos", self.position(device, place))
        return device.sign(log, t, self.now, members)

    def position(self, device: Device, at: Place) -> list[int] | None:
        """Where a phone says it is: near the place, and one time in eight it cannot tell."""
        if device.stream.random() < 0.125:
            return None
        here = at.point.near(device.stream, most=0.0006)
        return [*here.e6, device.stream.randint(4, 45)]

    def _plan_upload(self, device: Device) -> None:
        if device.uploads_at is None:
            device.uploads_at = max(self.now + device.network.delay(device.stream), device.is_silent_until)
            self.start(self._upload(device), device.uploads_at)

    def _upload(self, device: Device) -> Scene:
        for log, jws in device.outbox:
            self.arrive(log, jws)
        device.outbox.clear()
        device.uploads_at = None
        self.refresh(device)
        yield from ()

    def arrive(self, log: LogName, jws: bytes) -> int:
        """An event reaches the server: it becomes the next leaf."""
        return self.logs[log].append(jws)

    def refresh(self, device: Device) -> None:
        """A phone online sees the newest checkpoint of each log it writes to."""
        for log, chain in device.chains.items():
            chain.cp = self.logs[log].published or chain.cp

    def keep_checkpoints(self, stream: Random) -> Scene:
        """Sign a checkpoint every quarter to half an hour in which something came, while anything still happens."""
        while self._turns:
            fresh = {name: log.checkpoint(self.now) for name, log in self.logs.items() if log.has_news}
            yield self.now + PUBLISHING_S
            for name, seen in fresh.items():
                self.logs[name].published = seen
            yield self.now + stream.randint(*CHECKPOINT_EVERY_S)
