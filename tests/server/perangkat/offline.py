"""An agency's own machine at a muster: a folder, a sealed key, and the commands that need no network."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kawal.ledger.encoding import digest, unb64u
from kawal.ledger.log_of import LOG_NAMES
from kawal.ledger.sealed_key import seal
from kawal_cli.ceremony import commands
from kawal_cli.ceremony.key_file import CannotSign
from kawal_cli.main import app
from kawal_server import clock
from kawal_server.actions.admin_chain import Agency, admin_path
from kawal_server.actions.muster_kit import kit
from kawal_server.actions.take_in import Answer, take_in
from tests.server.perangkat.cast import DAY, Phone

WORDS = "kopi hujan lampu sungai"


@dataclass
class Machine:
    """`key`: the file of the administrator's key. Its clock is the post's."""

    folder: Path
    key: Path

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments], catch_exceptions=True)

    def passphrase(self) -> list[str]:
        path = self.folder / "sandi"
        path.write_text(WORDS + "\n")
        return ["--passphrase-file", str(path)]

    def signs(self, given: Path, out: Path, *options: str) -> Result:
        """`kawal sign-enrolments` with the newest kit of the post, unless another stands in the folder."""
        kit_path = self.folder / "bekal.json"
        if not kit_path.exists():
            kit_path.write_bytes(kit())
        usual = ["--key", str(self.key), "--kit", str(kit_path), "--out", str(out), "--yes", *self.passphrase()]
        return self.run("sign-enrolments", str(given), *usual, *options)

    def forgets_kit(self) -> None:
        (self.folder / "bekal.json").unlink(missing_ok=True)


def machine(folder: Path, agency: Agency, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine that was given the post's temporary key of an agency, sealed."""
    monkeypatch.setattr(commands, "_now", clock.now)
    seed = unb64u(admin_path(agency).read_text().strip())
    folder.mkdir(parents=True)
    key = folder / f"admin-{agency}.key"
    sealed = seal(
        seed, agency=agency, passphrase=WORDS, salt=secrets.token_bytes(16), nonce=secrets.token_bytes(12), cost=10
    )
    key.write_text(sealed.text + "\n")
    return Machine(folder, key)


def muster_list(path: Path, phones: Sequence[Phone]) -> Path:
    """A muster's list as the post or a laptop at the door writes it."""
    at = clock.now()
    lines = [
        json.dumps(
            {
                "request": phone.asks(),
                "who": phone.who,
                "role": "guard",
                "unit": "polres-5303",
                "agency": "polri",
                "nbf": at,
                "exp": at + 7 * DAY,
                "idc": digest(phone.name.encode()),
            }
        )
        for phone in phones
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def brings(folder: Path) -> list[Answer]:
    """A courier brings the lines of a folder to the post."""
    answers: list[Answer] = []
    for log in LOG_NAMES:
        path = folder / f"{log}.jws"
        if path.is_file():
            answers += take_in(log, path.read_bytes().split(b"\n"))
    return answers


def refused(result: Result) -> str:
    """Why a command did nothing. Raises: AssertionError where it did."""
    assert isinstance(result.exception, CannotSign), result.output
    return str(result.exception)
