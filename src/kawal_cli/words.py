"""The language the tools speak: Indonesian unless KAWAL_LANG=en."""

import os
import unicodedata
from typing import Literal

from rich.text import Text

Language = Literal["id", "en"]


def language() -> Language:
    """The language chosen in the environment."""
    return "en" if os.environ.get("KAWAL_LANG", "id").lower().startswith("en") else "id"


def say(indonesian: str, english: str) -> str:
    """The one of two texts that is in the chosen language."""
    return english if language() == "en" else indonesian


def plain(text: str) -> Text:
    """Text from a log as a terminal may show it: no markup, and no character that moves, hides or reorders others."""
    return Text("".join("\ufffd" if unicodedata.category(one) in ("Cc", "Cf", "Cs") else one for one in text))
