"""The address of a box: its id as it stands, and one that anybody could have made up is written so that it is safe."""

import re
from typing import Any

from kawal.ledger.encoding import NotCanonical, b64u, unb64u

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MARK = "~"


class BoxAddress:
    """A path converter: `GUB-5303052001003` is itself; an id with a slash or worse is `~` and its base64url."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The box id behind a part of a path; ValueError where it is none."""
        try:
            box = unb64u(value[1:]).decode() if value.startswith(_MARK) else value
        except (NotCanonical, UnicodeDecodeError) as error:
            raise ValueError(value) from error
        if "\0" in box:
            # No database takes it as a text, so no box bears it.
            raise ValueError(value)
        return box

    def to_url(self, value: Any) -> str:
        """The part of a path for a box id."""
        box = str(value)
        return box if _SAFE.fullmatch(box) else _MARK + b64u(box.encode("utf-8", "replace"))
