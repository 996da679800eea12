"""The rules of the house hold in src, and each of them catches the breach it is there for."""

import pytest

from tests.architecture import house
from tests.architecture.conftest import Plant
from tests.architecture.house import RULES, SRC, Rule, breaches


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    assert breaches(SRC, rule) == []


@pytest.mark.parametrize(
    ("rule", "path", "code"),
    [
        (house.needs_no_world, "kawal/ledger/tiles.py", "open('tile/0/000')"),
        (house.needs_no_world, "kawal/custody/state.py", "print('kotak')"),
        (house.reads_no_clock, "kawal/custody/state.py", "import datetime\ndatetime.datetime.now(datetime.UTC)"),
        (house.reads_no_clock, "kawal/custody/state.py", "from datetime import date\ndate.today()"),
        (house.reads_no_clock, "kawal/custody/state.py", "import time\ntime.time()"),
        (house.reads_no_clock, "kawal/custody/state.py", "from datetime import datetime\ndatetime.fromtimestamp(0)"),
        (house.reads_no_clock, "kawal/custody/state.py", "def f(at): return at.astimezone()"),
        (house.throws_no_dice, "kawal/ledger/keys.py", "import random\nrandom.random()"),
        (house.throws_no_dice, "kawal/ledger/keys.py", "from nacl.signing import SigningKey\nSigningKey.generate()"),
        (house.catches_only_what_it_names, "kawal/ledger/note.py", "try: 1\nexcept Exception: 2"),
        (house.catches_only_what_it_names, "kawal/ledger/note.py", "try: 1\nexcept (ValueError, BaseException): 2"),
        (house.catches_only_what_it_names, "kawal/ledger/note.py", "try: 1\nexcept: 2"),
        (house.bears_a_name_that_says_something, "kawal/custody/utils.py", ""),
        (house.bears_a_name_that_says_something, "kawal_cli/common/table.py", ""),
        (house.fits_on_a_desk, "kawal_cli/long.py", "\n" * house.FILE_LINES),
        (house.stands_in_a_named_part, "kawal/gossip/state.py", ""),
        (house.stands_in_a_named_part, "kawal/board.py", ""),
        (house.leans_only_on_what_its_part_may, "kawal/custody/state.py", "from kawal.command import state"),
        (house.leans_only_on_what_its_part_may, "kawal/ledger/tree.py", "import kawal.election"),
        (house.imports_only_pure_libraries, "kawal/election/regions.py", "import pandas"),
        (house.imports_only_pure_libraries, "kawal/election/regions.py", "from zoneinfo import ZoneInfo"),
        (house.counts_no_vote, "kawal/pleno/state.py", "class Result:\n    votes: int"),
        (house.counts_no_vote, "kawal/pleno/state.py", "def f(payload): return payload['perolehan']"),
        (house.counts_no_vote, "kawal_cli/table.py", "suara_sah = 212"),
        (house.counts_no_vote, "kawal_cli/table.py", "def f(**k): ...\nf(hasilSuara=1)"),
    ],
)
def test_a_breach_is_caught(plant: Plant, rule: Rule, path: str, code: str) -> None:
    before = breaches(SRC, rule)
    after = breaches(plant(path, code) / "src", rule)
    assert len(after) > len(before)


@pytest.mark.parametrize(
    "code",
    [
        "why = ('recount', 'revote')",
        "surat_suara = kotak_suara = 'kotak'",
        "from datetime import UTC, datetime\nat = datetime.fromtimestamp(0, UTC)",
        "try: 1\nexcept ValueError: 2",
        "from kawal.election import regions",
    ],
)
def test_what_is_allowed_passes(plant: Plant, code: str) -> None:
    src = plant("kawal/custody/allowed.py", code) / "src"
    assert [breach for rule in RULES for breach in breaches(src, rule) if "allowed" in breach] == []
