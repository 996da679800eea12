"""The language the tools speak: Indonesian unless KAWAL_LANG=en."""

import os
from typing import Literal

Language = Literal["id", "en"]


def language() -> Language:
    """The language chosen in the environment."""
    return "en" if os.environ.get("KAWAL_LANG", "id").lower().startswith("en") else "id"


def say(indonesian: str, english: str) -> str:
    """The one of two texts that is in the chosen language."""
    return english if language() == "en" else indonesian
