"""Every hostile case is refused, for the reason its file gives."""

import re
from pathlib import Path

import pytest

from tests.mission.ledger.vectors import ERRORS, JUDGES, VECTORS, read_vector

HOSTILE = sorted((VECTORS / "hostile").glob("*.json"))
MEMBERS = {"name", "about", "kind", "input", "expect", "server_only"}


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_case_is_refused_for_its_reason(path: Path) -> None:
    vector = read_vector(path)
    expected = ERRORS[vector["expect"]["error"]]
    with pytest.raises(expected) as refused:
        JUDGES[vector["kind"]](vector["input"])
    assert type(refused.value) is expected
    assert " / " in str(refused.value), "both languages"


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_file_bears_the_name_of_its_case(path: Path) -> None:
    vector = read_vector(path)
    assert vector.keys() == MEMBERS
    assert vector["name"] == path.stem
    assert re.fullmatch(r".+\.", vector["about"])
    assert isinstance(vector["server_only"], bool)


def test_every_kind_and_every_reason_has_a_case() -> None:
    vectors = [read_vector(path) for path in HOSTILE]
    assert {vector["kind"] for vector in vectors} == set(JUDGES)
    assert {vector["expect"]["error"] for vector in vectors} == set(ERRORS)


def test_only_the_check_at_enrolment_is_for_servers_alone() -> None:
    assert {vector["kind"] for path in HOSTILE if (vector := read_vector(path))["server_only"]} == {"key"}
