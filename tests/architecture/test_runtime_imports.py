"""What src imports is in the runtime's lock: `make run` installs nothing of what only tests need."""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.house import ROOT, SRC, imports_of, sources

PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
OWN = {path.name for path in SRC.iterdir() if path.is_dir()}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@lru_cache
def locked() -> frozenset[str]:
    return frozenset(plain(name) for name in PIN.findall((ROOT / "requirements.lock").read_text("utf-8")))


def strangers(src: Path) -> Iterator[str]:
    """Each import that a machine with the runtime's lock alone does not have."""
    known = packages_distributions()
    for source in sources(src):
        for line, imported in imports_of(source.tree):
            top = imported[0]
            if top in OWN or top in sys.stdlib_module_names:
                continue
            if not any(plain(one) in locked() for one in known.get(top, ())):
                yield f"{'.'.join(source.module)} line {line}: {top}"


def test_a_machine_without_the_test_tools_has_all_that_src_imports() -> None:
    assert list(strangers(SRC)) == []


def test_an_import_of_a_test_tool_is_caught(plant: Plant) -> None:
    src = plant("kawal_server/settings.py", "import django_stubs_ext") / "src"
    assert [one.rpartition(" ")[2] for one in strangers(src)] == ["django_stubs_ext"]
