"""Whatever the code knows stands in the documents, and says the same there."""

import re

import pytest

from kawal.ledger.finding import SEVERITY
from kawal.ledger.limits import DEFAULTS, STANDING
from kawal.ledger.log_of import EVENT_LOG, MANIFEST_LOG
from tests.docs.markdown import DOCS, ROOT, pages, sections

EVENTS = sections(DOCS / "format/events.md")
FINDINGS = sections(DOCS / "format/findings.md")
SETTINGS = sections(DOCS / "operate/settings.md")
PARTS = "ledger|register|custody|guard|convoy|patrol|pleno|incident|rumour|seal|bko|command|order|sitrep|sum"
ATTACKS = (
    *("Dropped event", "Withheld tail", "Forked device chain", "Backdating", "Forward dating", "Replayed event"),
    *("Relayed QR photo", "Server rewriting history", "Split view", "Insider editing the database"),
    *("Insider enrolling ghost devices", "Stolen phone", "Cloned seal label", "Spoofed position"),
    *("Lost witness database", "Log key stolen", "Log database lost after publishing", "Malicious app build"),
)


@pytest.mark.parametrize("event_type", EVENT_LOG)
def test_every_event_has_its_heading_and_names_its_log(event_type: str) -> None:
    assert event_type in EVENTS
    stated = re.search(r"^Log: \*\*(\w+)\*\*", EVENTS[event_type].strip())
    assert stated is not None
    assert stated[1] == EVENT_LOG[event_type]
    assert "signed by:" in EVENTS[event_type]


def test_no_event_stands_in_the_documents_alone() -> None:
    assert EVENTS.keys() <= EVENT_LOG.keys()


@pytest.mark.parametrize("code", SEVERITY)
def test_every_finding_has_its_heading_and_states_its_severity(code: str) -> None:
    assert code in FINDINGS
    stated = re.search(r"^Severity: \*\*(\w+)\*\*", FINDINGS[code].strip())
    assert stated is not None
    assert stated[1] == SEVERITY[code]


def test_a_finding_the_code_does_not_know_is_marked() -> None:
    marked = {code for code, text in FINDINGS.items() if "*Not yet computed in this release.*" in text}
    assert FINDINGS.keys() - SEVERITY.keys() <= marked


@pytest.mark.parametrize(("code", "name"), [(code, name) for code in DEFAULTS for name in DEFAULTS[code]])
def test_every_limit_stands_with_its_default(code: str, name: str) -> None:
    value = DEFAULTS[code][name]
    assert re.search(rf"^\| `{name}` \| {value} \|", SETTINGS[code], re.MULTILINE)
    assert re.search(rf"`{name}` {value}\b", FINDINGS[code])


def test_no_limit_stands_in_the_documents_alone() -> None:
    assert {heading for heading in SETTINGS if "." in heading} <= DEFAULTS.keys() | STANDING.keys()


@pytest.mark.parametrize(("order", "name"), [(order, name) for order in STANDING for name in STANDING[order]])
def test_every_standing_order_stands_with_its_default(order: str, name: str) -> None:
    assert re.search(rf"^\| `{name}` \| {STANDING[order][name]} \|", SETTINGS[order], re.MULTILINE)


@pytest.mark.parametrize("kind", MANIFEST_LOG)
def test_every_manifest_has_its_heading_and_names_its_log(kind: str) -> None:
    page = (DOCS / "format/manifests.md").read_text("utf-8")
    assert f"\n## {kind}\n" in page
    assert f"| [{kind}](#{kind}) | {MANIFEST_LOG[kind]} |" in page


def test_every_environment_variable_has_its_heading() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert set(re.findall(r"\bKAWAL_[A-Z_]+\b", source)) <= SETTINGS.keys()


def test_every_attack_has_its_answer() -> None:
    page = (DOCS / "threats.md").read_text("utf-8")
    for attack in ATTACKS:
        section = page.partition(f"\n## {attack}\n")[2].partition("\n## ")[0]
        assert "**Reveals:**" in section, attack
        assert "**Remains:**" in section, attack


def test_no_page_names_an_event_or_finding_that_does_not_exist() -> None:
    known = EVENTS.keys() | FINDINGS.keys() | {"custody.weigh"}  # CONTRIBUTING's example
    for page in pages():
        named = set(re.findall(rf"`((?:{PARTS})\.(?!md|py)[a-z][a-z-]*)`", page.read_text("utf-8")))
        assert named <= known, page
