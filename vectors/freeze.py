"""Writes vectors that are not there yet, and refuses to change one that is: `python -m vectors.freeze`."""

import json
import sys
from hashlib import sha256
from pathlib import Path

from vectors.enrolments import enrolment_files
from vectors.good_formats import format_files
from vectors.good_logs import log_files
from vectors.hostile_codes import code_files
from vectors.hostile_events import event_files
from vectors.hostile_records import record_files

HERE = Path(__file__).parent
FROZEN = HERE / "FROZEN.sha256"


def main() -> int:
    """Write what is new. Gives 1 when a vector that exists would come out otherwise."""
    changed = []
    made = (*format_files(), *log_files(), *event_files(), *record_files(), *code_files(), *enrolment_files())
    for path, content in made:
        data = json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"
        file = HERE / path
        if file.exists() and file.read_bytes() != data:
            changed.append(path)
        elif not file.exists():
            file.write_bytes(data)
    if changed:
        print("Frozen, and would come out otherwise:", *changed, sep="\n  ", file=sys.stderr)
        return 1
    FROZEN.write_text(manifest(), encoding="utf-8")
    return 0


def manifest() -> str:
    """List every vector with its hash, in the form `sha256sum --check` reads."""
    files = sorted([*(HERE / "good").glob("*.json"), *(HERE / "hostile").glob("*.json")])
    return "".join(f"{sha256(file.read_bytes()).hexdigest()}  {file.relative_to(HERE).as_posix()}\n" for file in files)


if __name__ == "__main__":
    sys.exit(main())
