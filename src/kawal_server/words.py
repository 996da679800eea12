"""The English of the pages: the catalogue is kept as text and compiled where the post runs, when it is newer."""

import io
import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent / "locale"


def compile_words(locale: Path = LOCALE) -> None:
    """Compile every catalogue that changed since it was compiled."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.is_file() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _replace(compiled, _compiled(source))


def _compiled(source: Path) -> bytes:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    made = io.BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)
