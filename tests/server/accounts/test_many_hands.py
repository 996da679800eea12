"""What several processes do to accounts at one moment, on both databases: no guess is lost, no code counts twice."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.postgres import NoPostgres, a_server
from tests.server.served import environment

pytestmark = pytest.mark.slow
HANDS, TRIES = 4, 15
_PREPARE = """
import sys
from pathlib import Path
from kawal_server import prepare
prepare.choose(Path(sys.argv[1]))
prepare.start_django()
"""
_SET_UP = (
    _PREPARE
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
from kawal_server.accounts import totp, recovery
from kawal_server.accounts.models import FactorRow, Officer
from kawal_server.store.models import Operation
from kawal_server.actions import officers, break_glass
Operation.objects.create(pk=1, name="Mantap", code_name="Turangga", area="5303")
first = Officer.objects.create_user("satu", password="kotak-suara-terkunci", office="operator")
second = Officer.objects.create_user("dua", password="kotak-suara-terkunci", office="operator")
FactorRow.objects.create(officer=first, kind="totp", name="x", secret=totp.new_secret(), made_at=0)
print(recovery.new_codes(first)[0])
kaops, _ = officers.create_officer(officers.Asked("kaops", "", "kaops"), by=first)
officers.change_office(second, officers.Asked(office="auditor"), by=first)
row = break_glass.break_glass(kaops, "Massa mengepung kantor PPK")
break_glass.end_glass(row, by=kaops)
"""
)
_HAND = (
    _PREPARE
    + """
import json
from kawal_server.accounts import recovery, seconds, totp
from kawal_server.accounts.guesses import Bucket, begin
from kawal_server.accounts.models import FactorRow, Officer
paper, at, tries, number = sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
seconds.exact = lambda: at
officer = Officer.objects.get(username="satu")
app = totp._app(bytes(FactorRow.objects.get().secret))
print("ready", flush=True)
sys.stdin.readline()
buckets = [Bucket("a" * 64, 9999, 60), Bucket("b" * 64, 9999, 60)]
for _ in range(tries):
    assert begin(buckets if number % 2 else buckets[::-1]).wait == 0
print(json.dumps([
    totp.is_code_right(officer, app.generate(int(at)).decode()), recovery.is_paper_code_right(officer, paper)
]))
"""
)
_COUNT = (
    _PREPARE
    + """
from kawal_server.accounts.models import GuessRow
print(*sorted(GuessRow.objects.values_list("count", flat=True)))
"""
)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """A PostgreSQL's URL; None for SQLite."""
    if request.param == "sqlite":
        yield None
        return
    try:
        with a_server() as server:
            made = server.database()
            host = str(made["HOST"]).replace("/", "%2F")
            login = f"{made['USER']}:{made['PASSWORD']}" if made.get("PASSWORD") else made["USER"]
            port = f":{made['PORT']}" if made.get("PORT") else ""
            yield f"postgres://{login}@{host}{port}/{made['NAME']}"
    except NoPostgres as reason:
        pytest.skip(str(reason))


def test_no_guess_is_lost_and_no_code_counts_twice(tmp_path: Path, database: str | None) -> None:
    surrounding = environment(database)

    def run(script: str, *arguments: str) -> str:
        command = [sys.executable, "-c", script, str(tmp_path / "data"), *arguments]
        done = subprocess.run(command, env=surrounding, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    paper = run(_SET_UP)
    hands = [
        subprocess.Popen(
            [sys.executable, "-c", _HAND, str(tmp_path / "data"), paper, "1800000000", str(TRIES), str(number)],
            env=surrounding,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(HANDS)
    ]
    for hand in hands:
        assert hand.stdout is not None
        assert hand.stdout.readline() == "ready\n"
    for hand in hands:
        assert hand.stdin is not None
        hand.stdin.write("go\n")
        hand.stdin.flush()
    answers = [json.loads(hand.communicate(timeout=120)[0]) for hand in hands]
    assert [hand.returncode for hand in hands] == [0] * HANDS
    assert run(_COUNT).split() == [str(HANDS * TRIES)] * 2
    assert sum(app for app, _ in answers) == 1
    assert sum(on_paper for _, on_paper in answers) == 1
