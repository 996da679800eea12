"""What the origin of the logs, and an office, call the operation."""

import re
import unicodedata


def slug_of(code_name: str, name: str) -> str:
    """The operation's code name, else its name, in plain small letters."""
    for text in (code_name, name):
        ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:60].strip("-")
        if slug:
            return slug
    return "operasi"
