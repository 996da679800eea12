"""What the console command says of a folder: its exit code, its lines, its findings."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from kawal_cli.main import main


@dataclass(frozen=True)
class Answer:
    """Exit code, what stood on the two streams, and the findings as a reader of the JSON lines has them."""

    code: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def codes(self) -> list[str]:
        return [one["code"] for one in self.findings]

    def of(self, code: str, subject: str | None = None) -> list[dict[str, Any]]:
        return [one for one in self.findings if one["code"] == code and subject in (None, one["subject"])]

    def only(self, code: str, subject: str | None = None) -> dict[str, Any]:
        """The one finding there is, which bears this code and subject."""
        told = [(one["code"], one["subject"], one["says"]["en"]) for one in self.findings]
        assert self.codes == [code], told
        assert subject in (None, self.findings[0]["subject"]), told
        return self.findings[0]


def kawal(*arguments: object) -> Answer:
    """Run the console script as the shell would: whatever escapes it is a traceback to its user."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["kawal", *(str(one) for one in arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = ended()
    return Answer(code, out.getvalue(), err.getvalue())


def ended() -> int:
    try:
        main()
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
    return 0


def audit(folder: Path, *options: object) -> Answer:
    return kawal("audit", folder, "--json", *options)
