"""What is committed: no third-party data, no address of a package registry, and locks that leave nothing open."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

OWN_FIGURES = ("vectors/", "demo/")
DATA = re.compile(
    r"\.(csv|tsv|geojson|topojson|shp|dbf|kml|gpx|pbf|osm|xlsx?|ods|parquet|sqlite3?|db|zip|gz|tar|7z|pdf)$"
)
LARGEST_BYTES = 1_000_000
REGISTRIES = re.compile(
    "|".join(name + r"\." + end for name, end in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "(org|com)")))
)
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@lru_cache
def committed() -> tuple[str, ...]:
    """Each file that is committed or would be, as a path from the root."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for path in listing.stdout.splitlines() if (ROOT / path).is_file())


def third_party_data(paths: tuple[str, ...]) -> list[str]:
    return [path for path in paths if DATA.search(path.lower()) and not path.startswith(OWN_FIGURES)]


def test_no_data_of_others_is_committed() -> None:
    assert third_party_data(committed()) == []
    assert [path for path in committed() if (ROOT / path).stat().st_size > LARGEST_BYTES] == []


@pytest.mark.parametrize("path", ["src/kawal/election/tps.csv", "docs/batas.GeoJSON", "demo.zip"])
def test_data_of_others_is_caught(path: str) -> None:
    assert third_party_data(("README.md", "vectors/custody/boxes.csv", path)) == [path]


def test_no_package_registry_is_named() -> None:
    naming = [path for path in committed() if REGISTRIES.search((ROOT / path).read_text("utf-8", errors="replace"))]
    assert naming == []


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text("utf-8")))


def unhashed(text: str) -> Iterator[str]:
    """Each requirement of a lock that is not pinned, or that no hash follows."""
    for entry in re.split(r"\n(?=[^\s#])", text):
        requirement = "\n".join(line for line in entry.splitlines() if not line.lstrip().startswith("#"))
        if requirement.strip() and not (PIN.match(requirement) and "--hash=sha256:" in requirement):
            yield requirement.split()[0]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert list(unhashed(text)) == []
    assert len(pins(lock)) > 10


@pytest.mark.parametrize("line", ["rich>=15", "rich==15.0.0", "--index-url=somewhere", "rich @ file:///rich.whl"])
def test_a_requirement_without_a_hash_is_caught(line: str) -> None:
    assert list(unhashed(f"# made\nbase45==0.4.4 \\\n    --hash=sha256:00\n    # via kawal\n{line}\n")) == [
        line.split()[0]
    ]


def test_the_locks_agree_and_cover_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert runtime.items() <= dev.items()
    assert direct(project["project"]["dependencies"]) | direct(project["dependency-groups"]["build"]) <= runtime.keys()
    assert direct(project["dependency-groups"]["dev"]) <= dev.keys()


def direct(requirements: list[str | dict[str, str]]) -> set[str]:
    return {re.split(r"[<>=~!\[; ]", entry)[0].lower() for entry in requirements if isinstance(entry, str)}


def test_the_machine_judges_by_the_command_of_the_readme() -> None:
    assert "\nmake test\n" in (ROOT / ".ci/run").read_text("utf-8")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
    assert Path(ROOT / ".ci/run").stat().st_mode & 0o111
