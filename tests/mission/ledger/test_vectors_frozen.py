"""Vectors are written once: what a phone has agreed to must never change under it."""

from hashlib import sha256

import pytest

from tests.mission.ledger.vectors import VECTORS


def frozen() -> dict[str, str]:
    lines = (VECTORS / "FROZEN.sha256").read_text("utf-8").splitlines()
    return {path: hexadecimal for hexadecimal, path in (line.split("  ") for line in lines)}


def test_every_vector_is_listed_and_nothing_else() -> None:
    files = {path.relative_to(VECTORS).as_posix() for path in VECTORS.rglob("*.json")}
    assert frozen().keys() == files


@pytest.mark.parametrize("path", frozen())
def test_a_frozen_vector_has_not_changed(path: str) -> None:
    assert sha256((VECTORS / path).read_bytes()).hexdigest() == frozen()[path]
