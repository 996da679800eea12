"""The truth: which fault was injected where, and what an audit must find of it. One JSON object a line."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kawal.ledger.log_of import KOTAK, LogName

Part = Literal["", "guard", "convoy", "pleno", "sitrep", "incident", "command"]


@dataclass(frozen=True, slots=True)
class Line:
    """One injected fault.

    code: the finding that must appear on each of `subjects`; None where nothing in the record can reveal it, or where
    `part` computes it and is not in this release (`later` then names its code). since, until: true times, UNIX
    seconds. also: codes that honestly follow, on the same subjects or on `others`.
    """

    fault: str
    code: str | None
    subjects: tuple[str, ...]
    since: int
    until: int | None
    says: str
    log: LogName = KOTAK
    also: tuple[str, ...] = ()
    holder: str | None = None
    part: Part = ""
    later: str | None = None
    others: tuple[str, ...] = ()

    def as_json(self) -> str:
        """The line of truth.jsonl."""
        members: dict[str, object] = {
            "fault": self.fault,
            "log": self.log,
            "code": self.code,
            "subject": self.subjects[0] if self.subjects else None,
        }
        if len(self.subjects) > 1:
            members["subjects"] = list(self.subjects)
        members |= {"from": self.since, "to": self.until, "also": list(self.also), "holder": self.holder}
        if self.others:
            members["also_subjects"] = list(self.others)
        if self.part:
            members |= {"part": self.part, "later": self.later}
        return json.dumps(members | {"says": self.says}, ensure_ascii=False, separators=(",", ":"))


class Truth:
    """Collects the lines while the faults happen."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def add(
        self,
        fault: str,
        code: str | None,
        subjects: str | Iterable[str],
        *,
        since: int,
        until: int | None,
        says: str,
        log: LogName = KOTAK,
        also: Sequence[str] = (),
        holder: str | None = None,
        part: Part = "",
        later: str | None = None,
        others: Sequence[str] = (),
    ) -> None:
        """Write down one fault (see `Line`)."""
        many = (subjects,) if isinstance(subjects, str) else tuple(subjects)
        line = Line(fault, code, many, since, until, says, log, tuple(also), holder, part, later, tuple(others))
        self.lines.append(line)

    def encode(self) -> bytes:
        """All lines in the order in which the faults happened."""
        ordered = sorted(self.lines, key=lambda line: (line.since, line.fault, line.subjects))
        return "".join(line.as_json() + "\n" for line in ordered).encode()
