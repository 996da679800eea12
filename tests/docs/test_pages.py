"""No link is dead, no command is stale, and the reference of the commands is the commands' own."""

import re
from pathlib import Path

import pytest

from kawal_cli.reference import render
from kawal_server.accounts import roles
from tests.docs.markdown import DOCS, ROOT, is_dead, links, pages

MAKE = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if is_dead(page, link)] == []


def test_a_dead_link_is_caught(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A heading\n[good](#a-heading) [bad](#another) [gone](gone.md) [out](https://example.org)\n", "utf-8"
    )
    assert [link for link in links(page) if is_dead(page, link)] == ["#another", "gone.md"]


def test_the_reference_is_what_the_commands_say() -> None:
    assert (DOCS / "cli.md").read_text("utf-8") == render(), "write it anew with: make docs"


def test_the_page_of_roles_is_what_the_access_check_reads() -> None:
    assert (DOCS / "operate" / "roles.md").read_text("utf-8") == roles.render(), "write it anew with: make docs"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_make_command_that_a_page_names_can_be_made(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(MAKE.findall((ROOT / page).read_text("utf-8")))
    assert named
    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_the_readme_begins_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.index("make run") < readme.index("make test") < readme.index("## What an audit prints")


def test_every_decision_says_what_would_change_our_mind() -> None:
    decisions = sorted((DOCS / "decisions").glob("0*.md"))
    assert decisions
    for page in decisions:
        headings = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert headings == ["Context", "Options", "Choice", "Consequences", "What would change our mind"], page
        assert f"({page.name})" in (DOCS / "decisions/README.md").read_text("utf-8")
