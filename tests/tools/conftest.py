"""Two simulated operations for every test of the tools: one without a fault, one with all that fit."""

from pathlib import Path

import pytest

from kawal_cli import simulate


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("simulasi") / "bersih"
    simulate.run(out, area=["5303"], seed=5, faults="none", scale=0.05)
    return out


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("simulasi") / "gangguan"
    simulate.run(out, area=["6474"], seed=2, faults="all", scale=0.5)
    return out
