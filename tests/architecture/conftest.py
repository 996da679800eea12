"""A copy of the tree in which a test may plant a breach."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, SRC

Plant = Callable[[str, str], Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Give a function that adds a line of code to a file of a copied tree, and gives the copy's root."""
    shutil.copytree(
        SRC,
        tmp_path / "src",
        ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "static", "templates", "locale"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    def add(path: str, code: str) -> Path:
        file = tmp_path / "src" / path
        for package in [file.parent, *file.parent.parents]:
            if package == tmp_path / "src":
                break
            package.mkdir(parents=True, exist_ok=True)
            (package / "__init__.py").touch()
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(f"{before}\n{code}\n", encoding="utf-8")
        return tmp_path

    return add
