"""One box: its whole life, every signature of it checked, and nothing in it that a stranger's text could do."""

import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from kawal.ledger.proof import read_proof
from kawal_cli.verify import verify
from kawal_server.store.models import BoxLine
from tests.mission.custody.operation import BOX, FAR_BOX, OTHER, PPK_SITE, TPS
from tests.server.post import Post
from tests.server.streamed import body_of
from tests.server.told import AT, tell_night

HOSTILE = '<script>alert("x")</script>/../"\'\u202e'


def page(post: Post, box: str) -> str:
    answer = post.client("auditor").get(reverse("kotak", args=[box]))
    assert answer.status_code == 200
    return answer.content.decode()


def steps(post: Post, box: str) -> list[str]:
    answer = post.client("auditor").get(reverse("kotak", args=[box]))
    return [shown.name for shown in answer.context["steps"]]


def test_the_life_line_tells_the_night_in_order_with_both_signatures(post: Post) -> None:
    tell_night(post)
    assert steps(post, BOX) == ["Disegel", "Diserahkan dan diterima", "Diserahkan dan diterima"]
    answer = post.client("operator").get(f"/kotak/{BOX}/")
    hand_over = answer.context["steps"][1]
    assert [one.part for one in hand_over.signed] == [
        "Penyerah menandatangani",
        "Penerima menandatangani",
        "Penyerah menutup",
        "Menyaksikan",
        "Menyaksikan",
    ]
    assert {one.role for one in hand_over.signed} == {"KPPS", "PPS", "pengawal", "pengawas"}
    assert hand_over.step.grade == "dua ponsel"


def test_every_signature_chain_and_proof_is_checked_while_the_page_is_made(post: Post) -> None:
    tell_night(post)
    answer = post.client("operator").get(f"/kotak/{BOX}/")
    verdicts = [one.verdict for shown in answer.context["steps"] for one in shown.signed]
    assert len(verdicts) == 11
    assert all(verdict.is_whole for verdict in verdicts)
    assert {shown.look for shown in answer.context["steps"]} == {"aman"}


def test_what_came_after_the_checkpoint_is_not_proven_yet(post: Post) -> None:
    operation = tell_night(post)
    operation.check(operation.ppk, BOX, AT, site=PPK_SITE)
    post.send()
    last = post.client("operator").get(f"/kotak/{BOX}/").context["steps"][-1]
    assert [one.verdict.proof for one in last.signed] == ["not yet"]
    assert last.look == "tidak diketahui"
    post.tell(AT + 60)
    last = post.client("operator").get(f"/kotak/{BOX}/").context["steps"][-1]
    assert last.signed[0].verdict.is_whole


def test_a_tile_that_was_changed_on_disk_makes_the_proof_fail(post: Post) -> None:
    tell_night(post)
    tile = next((post.data / "logs/kotak/tile/0").rglob("*.p/*"))
    tile.chmod(0o644)
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    shown = post.client("operator").get(f"/kotak/{BOX}/").context["steps"]
    assert {step.look for step in shown} == {"bahaya"}
    assert "tidak mencapai akar" in page(post, BOX)


def test_seals_that_differ_are_shown_beside_those_on_record(post: Post) -> None:
    operation = tell_night(post)
    operation.check(operation.ppk, BOX, AT, site=PPK_SITE, seals=[{"k": "tie", "s": "SWAPPED", "n": 1}])
    post.tell(AT + 60)
    shown = post.client("operator").get(f"/kotak/{BOX}/").context["steps"][-1]
    assert (shown.step.seals_before, shown.step.seals, shown.step.is_matching) == ("J0A, J0B", "SWAPPED", False)
    assert "Segel tidak cocok" in page(post, BOX)


def test_an_expected_box_that_nobody_saw_has_a_page_and_an_unknown_one_says_what_to_do(post: Post) -> None:
    tell_night(post)
    assert "belum ada yang melihatnya" in page(post, FAR_BOX)
    answer = post.client("operator").get("/kotak/GUB-NOBODY/")
    assert answer.status_code == 404
    assert "Periksa nomornya pada label" in answer.content.decode()


@pytest.mark.parametrize("box", [HOSTILE, "../../keluar", "a/b", ".", "~x", "ü" * 30, "kotak\nlain", " "])
def test_a_box_may_be_called_anything_and_its_address_leads_to_it(box: str) -> None:
    path = reverse("kotak", args=[box])
    assert path.count("/") == 3
    assert resolve(path).kwargs == {"box": box}


@pytest.mark.parametrize("path", ["/kotak/~!!/", "/kotak/~AA/", "/kotak/%00/", "/kotak/~_w/"])
def test_an_address_that_can_be_no_boxs_leads_nowhere(post: Post, path: str) -> None:
    tell_night(post)
    assert post.client("operator").get(path).status_code == 404


def test_what_strangers_write_is_only_text(post: Post) -> None:
    operation = tell_night(post)
    note = '<img src=x onerror="alert(1)"> \u202etxt.exe'
    operation.say(operation.kpps, "custody.seal", AT, box=HOSTILE[:64], seals=[], why="<b>", site=TPS, note=note)
    post.tell(AT + 60)
    for text in (page(post, HOSTILE[:64]), post.client("operator").get("/kotak/?q=script").content.decode()):
        body = re.sub(r"<script src=[^>]*></script>|<script type=\"module\"[^>]*></script>", "", text)
        assert "<script" not in body.split("</head>")[1]
        assert "<img" not in body
        assert "\u202e" not in text
        assert "⟦U+202E⟧" in text
    assert "onerror=" in unescape(page(post, HOSTILE[:64]))


def test_a_photo_that_its_phone_has_not_sent_is_awaited_and_one_that_came_is_shown(post: Post) -> None:
    operation = tell_night(post)
    picture = b"\xff\xd8\xff\xe0" + bytes(40)
    named = operation.blob(picture)
    del operation.blobs[named]
    operation.say(operation.ppk, "custody.check", AT, box=BOX, seals=[], ok=True, site=PPK_SITE, ph=[named])
    post.tell(AT + 60)
    client = post.client("operator")
    assert "menunggu bukti dari ponselnya" in page(post, BOX)
    assert client.get(f"/kotak/{BOX}/foto/{named}/").status_code == 404
    operation.blobs[named] = picture
    post.send()
    answer = client.get(f"/kotak/{BOX}/foto/{named}/")
    assert (answer.content, answer["Content-Type"]) == (picture, "image/jpeg")


def test_what_is_no_picture_is_never_shown_as_one(post: Post) -> None:
    operation = tell_night(post)
    named = operation.blob(b"<script>alert(1)</script>")
    operation.say(operation.ppk, "custody.check", AT, box=BOX, seals=[], ok=True, site=PPK_SITE, ph=[named])
    post.tell(AT + 60)
    assert post.client("operator").get(f"/kotak/{BOX}/foto/{named}/").status_code == 404


def unpack(post: Post, box: str, where: Path) -> Path:
    answer = post.client("auditor").get(reverse("kotak-case", args=[box]))
    assert answer.status_code == 200
    zipfile.ZipFile(io.BytesIO(body_of(answer))).extractall(where)
    return where


def test_the_case_file_of_a_box_verifies_without_the_post(post: Post, tmp_path: Path) -> None:
    operation = tell_night(post)
    folder = unpack(post, BOX, tmp_path / "case")
    checked = [one.what_en for one in verify(folder)]
    assert any(what.endswith("proofs") for what in checked)
    proofs = {int(path.stem) for path in (folder / "kotak/proofs").glob("*.jws")}
    about = {index for index, line in enumerate(operation.lines) if BOX.encode() in _payload(line)}
    assert about - proofs == {index for index in about if b"register.manifest" in _payload(operation.lines[index])}
    assert 0 in proofs


def _payload(line: bytes) -> bytes:
    from kawal.ledger.encoding import unb64u

    return unb64u(line.split(b".")[1])


def test_a_box_that_nobody_saw_has_no_case_file_and_strangers_get_none(post: Post) -> None:
    tell_night(post)
    assert post.client("operator").get(f"/kotak/{FAR_BOX}/berkas-perkara.zip").status_code == 404
    assert post.client().get(f"/kotak/{BOX}/berkas-perkara.zip").status_code == 302


def test_the_proof_and_the_event_that_a_page_offers_belong_together(post: Post) -> None:
    tell_night(post)
    client = post.client("operator")
    shown = client.get(f"/kotak/{BOX}/").context["steps"][0].signed[0]
    entry = client.get(reverse("buku-audit-jws", args=[shown.log, shown.index])).content
    read_proof(client.get(reverse("buku-audit-proof", args=[shown.log, shown.index])).content).check(entry)


def test_another_two_thousand_boxes_do_not_slow_the_page_of_one(post: Post) -> None:
    tell_night(post)
    client = post.client("operator")
    client.get(f"/kotak/{BOX}/")
    asked = []
    for count in (0, 2_000):
        line = BoxLine.objects.get(pk=OTHER)
        BoxLine.objects.bulk_create(_copy(line, number) for number in range(count))
        with CaptureQueriesContext(connection) as questions:
            client.get(f"/kotak/{BOX}/")
        asked.append(len(questions))
    assert asked[0] == asked[1] <= 60
    BoxLine.objects.filter(box__startswith="COPY").delete()


def _copy(line: BoxLine, number: int) -> BoxLine:
    fields = {field.attname: getattr(line, field.attname) for field in BoxLine._meta.concrete_fields}
    return BoxLine(**{**fields, "box": f"COPY-{number}", "code": f"C{number}"})


def test_the_label_bears_the_code_in_two_groups_and_no_style(post: Post) -> None:
    tell_night(post)
    client = post.client("operator")
    code = BoxLine.objects.get(pk=BOX).code
    one = client.get(f"/kotak/{BOX}/label/").content.decode()
    assert f"{code[:4]} {code[4:]}" in one
    assert 'class="qr"' in one
    assert "style=" not in one
    sheet = client.get("/label/?pemilihan=GUB").content.decode()
    assert sheet.count('class="label"') == 2
    assert client.get("/kotak/NOBODY/label/").status_code == 404
