"""What really happened, one line a fact: the key to the test's answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Literal

from .encoding import Json


@dataclass(frozen=True)
class Truth:
    """One injected fault, or one piece of bad data.

    subject: what a finding would be about: a box, a kid, a site. boxes: every box touched.
    finding: the code that must appear, None where nothing in the log shows it.
    also: codes that are honest consequences on the same subject or boxes.
    starts_at, ends_at: true times (not the phones'), from the last good moment to the first
    evidence; None while open. holder: the unit that certainly held the box before.
    """

    kind: Literal["fault", "bad"]
    name: str
    subject: str
    boxes: tuple[str, ...]
    starts_at: int
    ends_at: int | None
    holder: str | None
    finding: str | None
    also: tuple[str, ...] = ()
    detail: dict[str, Json] = field(default_factory=dict)

    def json_line(self) -> str:
        """Return the line of truth.jsonl."""
        members: dict[str, Json] = {
            "kind": self.kind,
            self.kind: self.name,
            "subject": self.subject,
            "box": self.boxes[0] if self.boxes else None,
            "boxes": self.boxes,
            "finding": self.finding,
            "also": self.also,
            "from": self.starts_at,
            "to": self.ends_at,
            "holder": self.holder,
            "detail": self.detail,
        }
        return json.dumps(members, separators=(",", ":"), ensure_ascii=False)
