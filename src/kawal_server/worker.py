"""The process of the post's own work: `python -m kawal_server.worker`, started by `kawal serve`."""

import os
import signal
from threading import Event
from types import FrameType

from kawal_server.prepare import start_django


def main() -> None:
    """Work until stopped, or until the serving process is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kawal_server.settings")
    start_django()
    from kawal_server.actions.work import Worker, rest_until

    is_asked = Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        is_asked.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    Worker().run(rest_until(is_asked))


if __name__ == "__main__":
    main()
