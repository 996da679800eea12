"""The real time of sessions, waits and codes. A demonstration's clock runs faster than life and must not end them."""

import time


def now() -> int:
    """UNIX seconds of this machine."""
    return int(exact())


def exact() -> float:
    """The same with fractions."""
    return time.time()
