"""What checkpoints prove of time: `ledger.clock`, `late`, `split-view` and `custody.order`."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.contracts.auditing import Answer, audit
from tests.contracts.conftest import Audited
from tests.contracts.logbook import Event
from tests.contracts.publishing import Publication, policy, root
from tests.contracts.scene import BOX, DAWN, DAY, HOUR, PPK, TPS, Scene, numbered
from tests.contracts.signing import Json, b64u, digest, leaf

LOADED = f"{BOX},S1 S2"
Cp = Sequence[Json]


class Published:
    """A scene whose register was published at once, and what an audit says beyond it."""

    def __init__(self) -> None:
        self.scene, self.publication = Scene(trust=policy()), Publication()
        self.publish(DAWN - 9 * DAY + HOUR)

    def publish(self, ts: int) -> Cp:
        size, top = self.publication.publish(self.scene.lines, ts)
        return [int(str(size)), str(top)]

    def seal(self, ts: int, cp: Cp) -> Event:
        scene = self.scene
        seals = numbered("S1", "S2")
        return scene.write(scene.kpps, "custody.seal", ts, cp=cp, box=BOX, seals=seals, why="tutup", site=TPS)

    def audited(self, folder: Path, now: int | None = None) -> Answer:
        self.publication.save(folder, self.scene.lines, self.scene.blobs)
        return audit(folder, *(() if now is None else ("--at", now)))


def beyond_register(answer: Answer, log: Published) -> list[tuple[str, str]]:
    """The register was written within an hour of its first checkpoint's eve: its own lateness is no matter."""
    ours = {log.scene.admin.kid, log.scene.second.kid, log.scene.kpu.kid}
    return [(one["code"], one["subject"]) for one in answer.findings if one["subject"] not in ours]


@pytest.mark.parametrize(
    ("ts", "flagged"),
    [
        (DAWN + 9 * HOUR, False),
        (DAWN + 8 * HOUR - 500, False),
        (DAWN + 8 * HOUR - 700, True),
        (DAWN + 10 * HOUR + 500, False),
        (DAWN + 10 * HOUR + 700, True),
        (DAWN + 100 * DAY, True),
    ],
)
def test_a_time_outside_what_is_proved_is_flagged(tmp_path: Path, ts: int, flagged: bool) -> None:
    log = Published()
    log.seal(ts, log.publish(DAWN + 8 * HOUR))
    log.publish(DAWN + 10 * HOUR)
    expected = [("ledger.clock", log.scene.kpps.kid)] if flagged else []
    assert beyond_register(log.audited(tmp_path), log) == expected


@pytest.mark.parametrize(("hours", "late"), [(11, False), (13, True)])
def test_an_event_logged_half_a_day_after_its_time_is_late(tmp_path: Path, hours: int, late: bool) -> None:
    log = Published()
    log.scene.seal(log.scene.kpps, DAWN + 9 * HOUR)
    log.publish(DAWN + (9 + hours) * HOUR)
    expected = [("ledger.late", log.scene.kpps.kid)] if late else []
    assert beyond_register(log.audited(tmp_path), log) == expected


def test_another_root_of_the_same_size_is_a_split_view(tmp_path: Path) -> None:
    log = Published()
    size, _ = log.publish(DAWN + 8 * HOUR)
    log.seal(DAWN + 9 * HOUR, [size, digest(b"another history")])
    log.publish(DAWN + 10 * HOUR)
    answer = log.audited(tmp_path)
    assert beyond_register(answer, log) == [("ledger.split-view", log.scene.kpps.kid)]
    assert answer.code == 1


def test_a_checkpoint_beyond_the_log_is_an_alarm(tmp_path: Path) -> None:
    log = Published()
    log.seal(DAWN + 9 * HOUR, [5000, digest(b"longer history")])
    log.publish(DAWN + 10 * HOUR)
    (found,) = beyond_register(log.audited(tmp_path), log)
    assert found in [(code, log.scene.kpps.kid) for code in ("ledger.withheld", "ledger.split-view")]


@pytest.mark.parametrize(
    ("cited", "codes"),
    [(["right"], []), (["wrong"], ["ledger.split-view"]), (["right", "smaller"], ["ledger.clock"])],
)
def test_a_bare_log_checks_what_its_phones_have_seen(audited: Audited, cited: list[str], codes: list[str]) -> None:
    scene = Scene()
    size = len(scene.lines) - 3

    def seen(number: int) -> list[Json]:
        return [number, b64u(root([leaf(line) for line in scene.lines[:number]]))]

    points: dict[str, Cp] = {"right": seen(size), "wrong": [size, digest(b"o")], "smaller": seen(size - 1)}
    for second, name in enumerate(cited):
        scene.write(
            scene.kpps, "custody.seal", DAWN + 9 * HOUR + second, cp=points[name], box=BOX, seals=numbered("S1"),
            why="tutup", site=TPS,
        )  # fmt: skip
    assert audited(scene).codes == codes


def given_after(log: Published) -> None:
    """The offer cites a checkpoint two hours later than the one which already holds its answer."""
    scene = log.scene
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    cp = log.publish(DAWN + 12 * HOUR)
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 12 * HOUR + 60, cp=cp)
    scene.accept(scene.pps, offered, DAWN + 10 * HOUR)
    log.publish(DAWN + 10 * HOUR + 120)


def departed_after(log: Published) -> None:
    scene = log.scene
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    mh, n = scene.table("box,seals", LOADED)
    arrived: dict[str, Json] = {"convoy": "K1", "vehicle": "V1", "crew": [], "mh": mh, "n": n, "site": PPK}
    scene.write(scene.guard, "convoy.arrive", DAWN + 12 * HOUR, **arrived)
    log.publish(DAWN + 12 * HOUR + 60)
    scene.attest(scene.supervisor, DAWN + 13 * HOUR)
    cp = log.publish(DAWN + 13 * HOUR + 60)
    scene.travel("depart", DAWN + 13 * HOUR + 90, TPS, LOADED, cp=cp)
    log.publish(DAWN + 14 * HOUR)


@pytest.mark.parametrize("happened", [given_after, departed_after])
def test_what_was_provably_received_before_it_was_sent(tmp_path: Path, happened: Callable[[Published], None]) -> None:
    log = Published()
    happened(log)
    (found,) = log.audited(tmp_path).of("custody.order")
    assert (found["subject"], found["severity"]) == (BOX, "alarm")


def test_claims_alone_prove_no_order(audited: Audited) -> None:
    scene = Scene()
    scene.seal(scene.kpps, DAWN + 9 * HOUR)
    offered = scene.offer(scene.kpps, scene.pps, DAWN + 12 * HOUR)
    scene.accept(scene.pps, offered, DAWN + 10 * HOUR)
    assert "custody.order" not in audited(scene, now=DAWN + 12 * HOUR).codes
