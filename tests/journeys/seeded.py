"""Makes a post to look at: `python -m tests.journeys.seeded FOLDER`; its board is the scene of the page tests."""

import sys
from pathlib import Path

from kawal_server import prepare

PASSWORD = "kotak-suara-terkunci"


def main(folder: Path) -> None:
    prepare.choose(folder, is_demo=True)
    prepare.start_django()
    prepare.prepare()
    from kawal_server.accounts.models import Officer
    from tests.server.pages import command_scene, roster_scene, scene

    scene.fill()
    command_scene.fill()
    for office in ("operator", "auditor"):
        Officer.objects.create_user(office, password=PASSWORD, office=office)
    roster_scene.fill(Officer.objects.get(username="operator"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
