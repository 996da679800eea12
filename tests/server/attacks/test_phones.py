"""What an enrolled but malicious phone tries beyond single events: other labels, spreadsheets, endless lists."""

import csv
import io

import pytest

from kawal.election.manifests import ITEMS_LIMIT, BadManifest, read_items
from kawal.ledger.qr import text_code
from kawal_server.command_post.kotak.listed import cell
from kawal_server.store.models import BoxLine, Judged
from tests.mission.custody.operation import BOX, HOUR, PPS_SITE, VOTE
from tests.server.post import Post

# Found by trying four hundred thousand ids: both have the label code DBQ9PTBN.
PRINTED = "GUB-5303052220499"
MADE_UP = "A14096"


def test_a_made_up_id_takes_no_printed_label_s_code(post: Post) -> None:
    assert text_code(PRINTED) == text_code(MADE_UP)
    post.operation.expect([BOX, PRINTED])
    post.operation.seal(post.operation.kpps, MADE_UP, VOTE)
    post.tell()
    assert BoxLine.objects.get(box=PRINTED).code == text_code(PRINTED)
    assert BoxLine.objects.get(box=MADE_UP).code == text_code(MADE_UP, skip=7)


@pytest.mark.parametrize("text", ["x;=1+1;", "x; =1+1", "x\t=1", "x;＝1", "a;b;+1", "＝1+1", "=1"])
def test_a_spreadsheet_runs_nothing_whichever_separator_it_takes(text: str) -> None:
    for separator in ",;\t":
        line = io.StringIO()
        csv.writer(line).writerow(["GUB", cell(text), "aman"])
        for found in next(csv.reader(io.StringIO(line.getvalue()), delimiter=separator)):
            assert not found.lstrip().startswith(tuple("=+-@＝＋－＠")), (separator, found)


@pytest.mark.parametrize("text", ["GUB-5303052001003", "T1; T2", "Sab 30 Nov 17.19 WITA", "a=b"])
def test_an_honest_cell_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_a_list_as_long_as_allowed_is_read_and_a_longer_one_is_not() -> None:
    rows = b"box,seals\n" + b"".join(b"B%06d,\n" % number for number in range(ITEMS_LIMIT))
    assert len(read_items(rows)) == ITEMS_LIMIT
    with pytest.raises(BadManifest, match="20000"):
        read_items(rows + b"B,\n")


def test_a_list_without_end_stops_no_judgement_and_is_told(post: Post) -> None:
    post.operation.expect([BOX])
    data = b"box,seals\n" + b"x,\n" * 500_000
    post.operation.say(post.operation.pps, "custody.count", VOTE, site=PPS_SITE, mh=post.operation.blob(data), n=1)
    post.tell(VOTE + HOUR)
    assert list(BoxLine.objects.values_list("box", flat=True)) == [BOX]
    assert any("20000" in problem for problem in Judged.objects.get().problems)
