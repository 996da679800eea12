"""Text of strangers made harmless to the eye: signs that hide or turn letters are shown by their number."""

import re

# Controls, and what turns the direction of writing or takes no room: with these a text looks like another.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def plain(text: object) -> str:
    """A text with every hidden sign written as ⟦U+202E⟧; line ends and tabs stay."""
    return _HIDDEN.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", str(text))
