"""A log in an address."""

from kawal.ledger.log_of import LOG_NAMES, LogName


class LogAddress:
    """A path converter: one of the two logs, and no other word."""

    regex = "|".join(LOG_NAMES)

    def to_python(self, value: str) -> LogName:
        """The log behind a part of a path."""
        return read_log(value)

    def to_url(self, value: LogName) -> str:
        """The part of a path for a log."""
        return value


class LeafAddress:
    """A path converter: the index of a leaf, no larger than any log can be."""

    regex = "[0-9]{1,15}"

    def to_python(self, value: str) -> int:
        """The index behind a part of a path."""
        return int(value)

    def to_url(self, value: int | str) -> str:
        """The part of a path for an index."""
        return str(value)


def read_log(value: str) -> LogName:
    """A log by its name; the log of boxes where it is none."""
    return "pengamanan" if value == "pengamanan" else "kotak"
