"""No event that a phone may sign keeps the post from judging, on any database, or a page from being shown."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models
from django.urls import reverse

from kawal.ledger.encoding import b64u
from kawal_server.actions.fitting import fit, name_of
from kawal_server.actions.judge import PROJECTIONS, differing
from kawal_server.store.models import BoxLine, FindingLine, HandOverLine, SiteLine
from kawal_server.store.opened import the_store
from tests.mission.custody.operation import HOUR, VOTE, Operation
from tests.server.attacks import hostile
from tests.server.post import Post
from tests.server.served import ORIGIN, environment

_JUDGE = """
import json, sys
from pathlib import Path
from kawal_server import prepare
prepare.choose(Path(sys.argv[1])); prepare.start_django(); prepare.prepare()
from kawal.ledger.encoding import unb64u
from kawal_server.actions.begin_log import begin_log
from kawal_server.actions.judge import Judge, differing
from kawal_server.actions.take_in import take_in
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import BoxLine
from kawal_server.store.opened import the_store
the_store().open_log("kotak", sys.argv[2])
given = json.load(sys.stdin)
for blob in given["blobs"]:
    the_blobs().of("kotak").keep(unb64u(blob))
first, *lines = [line.encode() for line in given["lines"]]
begin_log("kotak", first)
refused = [one.reason for one in take_in("kotak", lines) if one.reason]
Judge(the_store()).tell(at=int(sys.argv[3]))
print(json.dumps([refused, BoxLine.objects.count(), differing(the_store())]))
"""


def test_a_database_takes_the_judgement_of_whatever_a_phone_signs(tmp_path: Path, database: str | None) -> None:
    operation = Operation(policy=b"")
    hostile.begin(operation)
    for text in hostile.TEXTS.values():
        hostile.say_everything(operation, text)
    folder = tmp_path / "logs" / "kotak"
    folder.mkdir(parents=True)
    (folder / "policy").write_bytes(operation.policy)
    given = {"lines": [line.decode() for line in operation.lines], "blobs": list(map(b64u, operation.blobs.values()))}
    done = subprocess.run(
        [sys.executable, "-c", _JUDGE, str(tmp_path), ORIGIN, str(VOTE + 2 * HOUR)],
        input=json.dumps(given).encode(),
        env=environment(database),
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    refused, boxes, different = json.loads(done.stdout)
    assert refused == []
    assert boxes > len(hostile.TEXTS)
    assert different == []


def test_every_row_of_a_judgement_fits_its_columns_and_every_page_of_it_is_shown(post: Post) -> None:
    hostile.begin(post.operation)
    for text in hostile.TEXTS.values():
        hostile.say_everything(post.operation, text)
    post.tell(VOTE + 2 * HOUR)
    assert [row for kind in PROJECTIONS for row in kind._default_manager.all() if not _fits(row)] == []
    browser = post.client("operator")
    boxes = [reverse("kotak", args=[box]) for box in BoxLine.objects.values_list("box", flat=True)]
    pairs = [reverse("serah-terima-satu", args=[eid]) for eid in HandOverLine.objects.values_list("eid", flat=True)]
    for url in ["/komando/", "/komando/peta.json", "/kotak/", "/label/", "/buku-audit/", *boxes, *pairs]:
        assert browser.get(url).status_code == 200, url


def _fits(row: models.Model) -> bool:
    values = {field: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return "\\u0000" not in json.dumps(list(values.values())) and all(
        len(value) <= field.max_length
        for field, value in values.items()
        if isinstance(field, models.CharField) and field.max_length
    )


def test_a_position_beyond_all_numbers_stays_off_the_earth_and_in_its_column() -> None:
    site = SiteLine(site="x", lat_e6=10**15, lon_e6=-(10**15), boxes=0)
    fit(site)
    assert (site.lat_e6, site.lon_e6) == (2**31 - 1, -(2**31) + 1)


@pytest.mark.parametrize("text", ["GUB-5303052001001", "", "x" * 64, "²"])
def test_a_name_that_fits_stays_as_it_is(text: str) -> None:
    assert name_of(text) == text


def test_names_that_do_not_fit_stay_apart() -> None:
    names = ["x" * 70 + "1", "x" * 70 + "2", "a\0b", "a\ufffdb"]
    assert len({name_of(name) for name in names}) == len(names)
    assert max(len(name_of(name)) for name in names) <= 64
    assert not any("\0" in name_of(name) for name in names)


def test_a_box_and_its_findings_keep_one_name_however_long_it_is(post: Post) -> None:
    hostile.begin(post.operation)
    post.operation.seal(post.operation.kpps, "X" * 90, VOTE)
    post.tell(VOTE + 2 * HOUR)
    line = BoxLine.objects.exclude(box__startswith="GUB").exclude(box__startswith="BUP").get()
    assert FindingLine.objects.filter(subject=line.box, code="custody.unknown").exists()
    assert differing(the_store()) == []
