"""A process that hands in events and says which of them were acknowledged, until it is done or killed.

`python -m tests.server.store.writer '{"database": …, "logs": […], "device": …, "batches": …, "batch": …}'`
"""

import json
import sys
from typing import Any

import django
from django.conf import settings


def main(asked: dict[str, Any]) -> None:
    settings.configure(USE_TZ=True)
    django.setup()
    from kawal_server.store.port import Busy, StoreFailed
    from kawal_server.store.sequencer import Sequencer
    from tests.server.store.scene import AT, chain, store_in

    sequencer = Sequencer(store_in(asked["database"]).store)
    print("ready", flush=True)
    for number in range(asked["batches"]):
        for log in asked["logs"]:
            entries = chain(asked["device"], asked["batch"], start=1 + number * asked["batch"])
            try:
                placed = sequencer.append(log, entries, AT)
            except (StoreFailed, Busy) as error:
                print("refused", type(error).__name__, flush=True)
                return
            print("\n".join(f"{log} {one.index} {one.eid}" for one in placed), flush=True)
    sequencer.close()
    print("done", flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
