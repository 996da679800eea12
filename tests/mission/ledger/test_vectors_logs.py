"""What is derived from a log: who counts, when things happened, in which order, and what is wrong."""

from typing import Any

import pytest

from kawal.ledger.encoding import unb64
from kawal.ledger.findings import ledger_findings
from kawal.ledger.history import build_history
from kawal.ledger.limits import default_limits
from kawal.ledger.reading import LogReader, Witnessed
from tests.mission.ledger.vectors import good

Case = dict[str, Any]


@pytest.mark.parametrize("case", good("log"), ids=lambda case: case["about"])
def test_a_log_is_judged_as_its_vector_says(case: Case) -> None:
    reader = LogReader("kotak")
    for jws in case["leaves"]:
        reader.take(jws.encode())
    witnessed = [Witnessed(one["size"], unb64(one["root"]), one["time"]) for one in case["witnessed"]]
    history = build_history([reader.finish(witnessed)])
    assert history.now == case["now"]
    assert dict(history.standing) == case["standing"]
    assert {eid: [one.lo, one.hi] for eid, one in history.intervals.items()} == case["intervals"]
    assert [event.eid for event in history.events] == case["order"]
    findings = ledger_findings(history, default_limits())
    assert [[one.code, one.severity, one.subject] for one in findings] == case["findings"]


def test_events_that_arrived_backwards_are_folded_in_the_same_order() -> None:
    forwards, backwards = good("log")[:2]
    assert forwards["leaves"] != backwards["leaves"]
    assert sorted(forwards["leaves"]) == sorted(backwards["leaves"])
    assert forwards["order"] == backwards["order"]
