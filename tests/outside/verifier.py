"""A verifier that is not ours: Go's transparency-log code, built once and handed an exported log."""

import os
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

GOPATH = Path("/usr/share/gocode")
NEEDED = GOPATH / "src/golang.org/x/mod/sumdb/tlog"
SOURCE = Path(__file__).parent / "verify.go"


class Refused(AssertionError):
    """The outside verifier does not accept the export; the message is its own."""


def missing() -> str | None:
    """Say what this machine lacks to build the verifier; None where nothing."""
    if shutil.which("go") is None:
        return "no Go here: apt-get install golang-go golang-golang-x-mod-dev"
    if not NEEDED.is_dir():
        return "no golang.org/x/mod here: apt-get install golang-golang-x-mod-dev"
    return None


def verify_outside(folder: Path) -> str:
    """Verify one exported log (a folder with `policy` and `checkpoint`) and give what the verifier said.

    Raises: Refused at the first thing that does not hold.
    """
    done = subprocess.run([_built(), str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(done.stderr.strip())
    return done.stdout


@lru_cache
def _built() -> str:
    folder = Path(tempfile.mkdtemp(prefix="kawal-outside-"))
    settings = {"GO111MODULE": "off", "GOPATH": str(GOPATH), "GOFLAGS": "", "GOPROXY": "off", "CGO_ENABLED": "0"}
    if "HOME" not in os.environ and "GOCACHE" not in os.environ:
        settings["GOCACHE"] = str(folder / "cache")
    binary = folder / "verify"
    command = ["go", "build", "-o", str(binary), str(SOURCE)]
    subprocess.run(command, env={**os.environ, **settings}, cwd=folder, check=True, capture_output=True)
    return str(binary)
