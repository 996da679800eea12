"""What a photo's bytes are, told by their first ones: a browser is only ever given a picture."""

_BEGINNINGS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def picture_type(data: bytes) -> str | None:
    """The media type of a JPEG, PNG or WebP picture; None of anything else."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None
