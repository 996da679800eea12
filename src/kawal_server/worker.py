"""The process of the post's own work: `python -m kawal_server.worker`, started by `kawal serve`."""

import os
import signal
from types import FrameType

from kawal_server.prepare import start_django


def main() -> None:
    """Work until stopped, or until the serving process is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kawal_server.settings")
    start_django()
    from kawal_server.actions.work import Worker, stop_with_parent

    asked: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    is_alone = stop_with_parent()
    Worker().run(lambda: bool(asked) or is_alone())


if __name__ == "__main__":
    main()
