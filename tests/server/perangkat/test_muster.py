"""A muster without signal: sixty phones, two agencies' own machines, files between them, and a log that verifies."""

from pathlib import Path

import pytest

from kawal.ledger.brief import read_answer
from kawal.ledger.log_of import LOG_NAMES
from kawal_cli import verify
from kawal_server import clock
from kawal_server.actions.admin_chain import sign_next
from kawal_server.actions.take_in import take_in
from kawal_server.store.models import FindingLine
from tests.server.perangkat.cast import Cast, Phone
from tests.server.perangkat.offline import Machine, brings, machine, muster_list, refused


@pytest.fixture
def polri(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return machine(tmp_path / "polri", "polri", monkeypatch)


@pytest.fixture
def kpu(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return machine(tmp_path / "kpu", "kpu", monkeypatch)


def test_sixty_phones_are_enrolled_through_files_alone(
    cast: Cast, polri: Machine, kpu: Machine, tmp_path: Path
) -> None:
    phones = [Phone(f"anggota-{number:02d}") for number in range(60)]
    listed = muster_list(tmp_path / "apel.jsonl", phones)
    proposed, confirmed = tmp_path / "usulan", tmp_path / "persetujuan"
    assert polri.signs(listed, proposed).exit_code == 0
    done = kpu.signs(proposed, confirmed, "--confirm")
    assert done.exit_code == 0, done.output
    for phone in phones:
        [path] = (confirmed / "jawaban").glob(f"{phone.who}-*.kawal")
        known = read_answer(path.read_bytes(), phone.kid, at=clock.now())
        assert tuple(known) == LOG_NAMES
        # The phone works at once: its chain hangs on an enrolment that no server has seen yet.
        phone.heads = {log: one.head(phone.kid)[:2] for log, one in known.items()}  # type: ignore[index]
    early = [phone.signs() for phone in phones]
    assert not any(answer.is_new for answer in cast.sends(*early))
    assert {answer.is_new for answer in [*brings(proposed), *brings(confirmed)]} == {True}
    assert {answer.is_new for answer in cast.sends(*early)} == {True}
    assert {one.state for phone in phones for one in [cast.standing(phone)] if one} == {"good"}
    for folder in cast.export():
        assert list(verify.verify(folder))
    cast.post.worker.tell(is_due=True)
    assert [one.code for one in FindingLine.objects.filter(code__startswith="ledger.")] == []
    assert (confirmed / "jawaban.html").read_text().count("<figure>") >= 60


def test_a_second_run_signs_nothing_twice(cast: Cast, polri: Machine, tmp_path: Path) -> None:
    listed = muster_list(tmp_path / "apel.jsonl", [Phone("a"), Phone("b")])
    assert polri.signs(listed, tmp_path / "satu").exit_code == 0
    again = polri.signs(listed, tmp_path / "dua")
    assert again.exit_code == 0
    assert "0 ditandatangani, 2 sudah" in again.output
    assert (tmp_path / "satu/kotak.jws").read_bytes() == (tmp_path / "dua/kotak.jws").read_bytes()


def test_a_bad_line_is_named_and_the_others_are_signed(cast: Cast, polri: Machine, tmp_path: Path) -> None:
    listed = muster_list(tmp_path / "apel.jsonl", [Phone("a"), Phone("b")])
    listed.write_text(listed.read_text().replace('"p-b"', '"p-c"'))
    done = polri.signs(listed, tmp_path / "usulan")
    assert done.exit_code == 1
    assert "baris 2" in done.output
    assert len((tmp_path / "usulan/kotak.jws").read_bytes().splitlines()) == 1


def test_an_agency_s_machine_confirms_nothing_of_its_own(cast: Cast, polri: Machine, tmp_path: Path) -> None:
    proposed = tmp_path / "usulan"
    assert polri.signs(muster_list(tmp_path / "apel.jsonl", [Phone("a")]), proposed).exit_code == 0
    done = polri.signs(proposed, tmp_path / "sendiri", "--confirm")
    assert done.exit_code == 1
    assert "lembaga lain" in done.output


def test_a_line_that_was_changed_on_the_way_is_not_confirmed(
    cast: Cast, polri: Machine, kpu: Machine, tmp_path: Path
) -> None:
    proposed = tmp_path / "usulan"
    assert polri.signs(muster_list(tmp_path / "apel.jsonl", [Phone("a")]), proposed).exit_code == 0
    path = proposed / "kotak.jws"
    path.write_bytes(path.read_bytes()[:-5] + b"AAAA\n")
    assert "tidak cocok" in refused(kpu.signs(proposed, tmp_path / "persetujuan", "--confirm"))


def test_a_key_that_the_post_used_meanwhile_signs_no_more_here(cast: Cast, polri: Machine, tmp_path: Path) -> None:
    assert polri.signs(muster_list(tmp_path / "satu.jsonl", [Phone("a")]), tmp_path / "satu").exit_code == 0
    for log in LOG_NAMES:
        take_in(log, [sign_next(log, "polri", "ledger.head", at=clock.now(), n=1, eid="A" * 43)])
    polri.forgets_kit()
    says = refused(polri.signs(muster_list(tmp_path / "dua.jsonl", [Phone("b")]), tmp_path / "dua"))
    assert "bercabang" in says


def test_a_kit_of_yesterday_is_enough_while_nobody_else_signs(cast: Cast, polri: Machine, tmp_path: Path) -> None:
    assert polri.signs(muster_list(tmp_path / "satu.jsonl", [Phone("a")]), tmp_path / "satu").exit_code == 0
    assert polri.signs(muster_list(tmp_path / "dua.jsonl", [Phone("b")]), tmp_path / "dua").exit_code == 0
    # The second folder holds both: whoever brings only the newest brings all.
    assert [answer.is_new for answer in brings(tmp_path / "dua")] == [True] * 4
    assert {answer.is_new for answer in brings(tmp_path / "satu")} == {False}


def test_a_wrong_passphrase_signs_nothing(cast: Cast, polri: Machine, tmp_path: Path) -> None:
    polri.passphrase = lambda: ["--passphrase-file", str(_words(tmp_path))]  # type: ignore[method-assign]
    assert "sandi salah" in refused(polri.signs(muster_list(tmp_path / "a.jsonl", [Phone("a")]), tmp_path / "o"))


def _words(folder: Path) -> Path:
    path = folder / "sandi-lain"
    path.write_text("bukan kata sandinya")
    return path
