"""The directions of pyproject.toml hold in the tree, and each of them is caught when somebody breaks it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.house import ROOT

WORLD = "The mission touches nothing of the world"
PARTS = "Parts lean only downward"
INSIDE = "Inside a part, findings lean on state and state on events"
NO_SERVER = "Verify and audit need no server"
NO_CYCLES = "No cycles"
LAYERS = "Tools over the post over the machine over the mission"
FACES = "Faces never append: only actions and the store touch the ledger's tables"
POST = "Inside the post, faces lean on actions, actions on the store"


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of `root` on the code of `root`: its src stands before the installed project."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", root / "pyproject.toml"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_direction_holds() -> None:
    run = lint_imports(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("contract", "path", "code"),
    [
        pytest.param(WORLD, "kawal/custody/state.py", "import os", id="the fold asks the operating system"),
        pytest.param(WORLD, "kawal/custody/findings.py", "import random", id="a finding throws dice"),
        pytest.param(WORLD, "kawal/ledger/tree.py", "from time import time", id="the tree reads the clock"),
        pytest.param(WORLD, "kawal/ledger/tiles.py", "from pathlib import Path", id="tiles touch the disk"),
        pytest.param(WORLD, "kawal/ledger/note.py", "import urllib.request", id="a note goes online"),
        pytest.param(WORLD, "kawal/election/regions.py", "import lokal", id="the core leans on a data library"),
        pytest.param(WORLD, "kawal/ledger/event.py", "import django.db", id="an event knows the server"),
        pytest.param(WORLD, "kawal/ledger/event.py", "import kawal_cli", id="an event knows the tools"),
        pytest.param(PARTS, "kawal/ledger/event.py", "import kawal.custody", id="the ledger leans on custody"),
        pytest.param(
            PARTS, "kawal/election/calendar.py", "from kawal import custody", id="the election leans on custody"
        ),
        pytest.param(PARTS, "kawal/scores/board.py", "BOARD = 1", id="a part nobody placed"),
        pytest.param(INSIDE, "kawal/custody/events.py", "import kawal.custody.state", id="events lean on state"),
        pytest.param(INSIDE, "kawal/custody/state.py", "import kawal.custody.findings", id="state leans on findings"),
        pytest.param(NO_SERVER, "kawal_cli/audit.py", "import django", id="audit wants Django"),
        pytest.param(NO_SERVER, "kawal_cli/verify.py", "import kawal_server.store", id="verify wants the server"),
        pytest.param(LAYERS, "kawal_server/clock.py", "import kawal_cli.words", id="the post leans on the tools"),
        pytest.param(LAYERS, "kawal_machine/cores.py", "import kawal_server.store", id="the machine knows the post"),
        pytest.param(
            FACES, "kawal_server/field_link/api.py", "import kawal_server.store.sequencer", id="a face appends"
        ),
        pytest.param(
            POST, "kawal_server/actions/take_in.py", "import kawal_server.field_link.door", id="an action knows a face"
        ),
        pytest.param(POST, "kawal_server/store/port.py", "import kawal_server.actions", id="the store knows an action"),
        pytest.param(NO_CYCLES, "kawal_cli/main.py", "import kawal_cli.planted", id="two tools lean on each other"),
    ],
)
def test_a_broken_direction_is_named(plant: Plant, contract: str, path: str, code: str) -> None:
    plant("kawal/custody/findings.py", "")
    plant("kawal/custody/state.py", "")
    plant("kawal_cli/planted.py", "import kawal_cli.main" if contract == NO_CYCLES else "")
    plant("kawal_cli/main.py", "")
    run = lint_imports(plant(path, code))
    assert run.returncode == 1, run.stdout + run.stderr
    assert f"{contract} BROKEN" in run.stdout


def test_an_unbroken_copy_passes(plant: Plant) -> None:
    run = lint_imports(plant("kawal/custody/state.py", "from dataclasses import dataclass as _dataclass"))
    assert run.returncode == 0, run.stdout + run.stderr
