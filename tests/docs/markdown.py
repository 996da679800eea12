"""Reading our own Markdown: headings with what stands under them, links, and commands."""

import re
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@lru_cache
def pages() -> tuple[Path, ...]:
    """Each Markdown page that is committed or would be."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(ROOT / path for path in listing.stdout.splitlines() if (ROOT / path).is_file())


def sections(page: Path) -> dict[str, str]:
    """Each ``### `name` `` heading of a page with the text below it, up to the next heading. A name stands once."""
    parts = re.split(r"^### `([^`\n]+)`$", page.read_text("utf-8"), flags=re.MULTILINE)[1:]
    names, bodies = parts[::2], parts[1::2]
    assert len(set(names)) == len(names), f"a heading stands twice in {page.name}"
    return {
        name: re.split(r"^#", body, maxsplit=1, flags=re.MULTILINE)[0] for name, body in zip(names, bodies, strict=True)
    }


def links(page: Path) -> Iterator[str]:
    """Each link of a page to a place in this repository, as it is written."""
    prose = _FENCE.sub("", page.read_text("utf-8"))
    yield from (link for link in _LINK.findall(prose) if not re.match(r"[a-z]+:", link))


def anchors(page: Path) -> set[str]:
    """The anchors that a heading gets where Markdown is shown."""
    prose = _FENCE.sub("", page.read_text("utf-8"))
    return {_anchor(heading) for heading in _HEADING.findall(prose)}


def _anchor(heading: str) -> str:
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    return re.sub(r"[^\w\- ]", "", plain.strip().lower()).replace(" ", "-")


def is_dead(page: Path, link: str) -> bool:
    """Tell whether a link leads to no file, or to no heading of it."""
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return True
    return bool(anchor) and anchor not in anchors(target)
