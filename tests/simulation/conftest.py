from collections.abc import Iterator
from pathlib import Path

import pytest

from kawal.ledger.checkpoint import read_checkpoint
from kawal.ledger.log_of import LOG_NAMES
from kawal_cli.reading import entries
from kawal_cli.simulate import Simulated, run

TIMOR_TENGAH_UTARA = "5303"
BONTANG = ["6474", "640205", "640217"]
"""Polres Bontang: the kota, and Muara Badak and Marang Kayu of Kutai Kartanegara."""


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    return run(tmp_path_factory.mktemp("clean") / "out", area=[TIMOR_TENGAH_UTARA], faults="none", scale=0.08)


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    return run(tmp_path_factory.mktemp("faulty") / "out", area=[TIMOR_TENGAH_UTARA], faults="all", scale=0.3)


@pytest.fixture(scope="session")
def bontang(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    return run(tmp_path_factory.mktemp("bontang") / "out", area=BONTANG, faults="none", scale=0.25)


def leaves(out: Path) -> Iterator[tuple[str, bytes]]:
    """Every event of both logs, with the log it stands in."""
    for name in LOG_NAMES:
        newest = read_checkpoint((out / name / "checkpoint").read_bytes())
        for entry in entries(out / name, newest.size):
            yield name, entry
