"""Makes a post to look at: `python -m tests.journeys.seeded FOLDER`; its board is the scene of the page tests."""

import sys
from pathlib import Path

from kawal_server import prepare

PASSWORD = "kotak-suara-terkunci"


def main(folder: Path) -> None:
    prepare.choose(folder, is_demo=True)
    prepare.start_django()
    prepare.prepare()
    from kawal_cli.lay_out_command import lay_out_command
    from kawal_server.accounts.models import Officer
    from kawal_server.store.models import BoundLine, Operation
    from tests.server.kerawanan import desk
    from tests.server.pages import command_scene, roster_scene, scene

    scene.fill()
    command_scene.fill()
    lay_out_command(Operation.objects.get(), ())
    ends = {"title": "gudang-5303", "stage": "rekap-kab", "ends": scene.NOW + 3600, "site": "gudang-5303"}
    BoundLine.objects.create(kind="post", name="pos-gudang-5303", extensions=[], **ends)
    for office in ("operator", "auditor", "karendalops", "kaops"):
        Officer.objects.create_user(office, password=PASSWORD, office=office)
    desk.say_all()
    desk.happen(desk.QUIET)
    roster_scene.fill(Officer.objects.get(username="operator"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
