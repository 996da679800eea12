"""Accounts are made by invitation and changed by somebody else; an agency says itself who holds its offices."""

from typing import Any

import pytest

from kawal_server.accounts.models import AccountEvent, FactorRow, InvitationRow, Office, Officer, ReadOfPersonal
from kawal_server.actions.officers import (
    INVITED_FOR_S,
    Asked,
    OfficerRefused,
    accept_invitation,
    change_office,
    set_active,
)
from tests.server.accounts.cast import Hand, found, officer
from tests.server.post import Post

NEW = "lumbung-padi-terkunci"
AGENCIES: tuple[Office, ...] = ("kpu", "kaops", "bawaslu")


class Manager:
    """One who may manage accounts, at the page of officers."""

    def __init__(self, post: Post, name: str = "operator") -> None:
        self.browser = post.client("operator")
        if name != "operator":
            Officer.objects.filter(username="operator").update(username=name)
        self.name = name

    def invite(self, name: str, office: Office, **other: str) -> str:
        answer = self.browser.post("/akun/petugas/", {"akun": name, "jabatan": office, "nama": "", **other})
        assert answer.status_code == 200, answer.content.decode()
        return found(r'class="code token"[^>]*>([^<]+)<', answer.content.decode())

    def do(self, officer: Officer, what: str, **form: str) -> Any:
        return self.browser.post(f"/akun/petugas/{officer.pk}/", {"aksi": what, **form})


@pytest.fixture
def manager(real: Post) -> Manager:
    return Manager(real)


def named(name: str) -> Officer:
    return Officer.objects.get(username=name)


def accept(link: str, password: str = NEW, again: str = "") -> Any:
    code = link.partition("?kode=")[2]
    return Hand().browser.post("/undangan/", {"kode": code, "baru": password, "ulang": again or password})


def test_an_officer_comes_in_by_invitation_and_nobody_else_knows_the_password(manager: Manager) -> None:
    link = manager.invite("ani", "padal", kesatuan="polsek-530305", nama="Ani Seran")
    assert link.startswith("http://testserver/undangan/?kode=")
    assert not named("ani").has_usable_password()
    assert "Pilih kata sandi" in Hand().browser.get(link).content.decode()
    told = accept(link).headers["Location"]
    assert "Kata sandi tersimpan" in Hand().browser.get(told).content.decode()
    ani = named("ani")
    assert (ani.office, ani.agency, ani.unit, ani.is_confirmed) == ("padal", "polri", "polsek-530305", True)
    hand = Hand()
    hand.knock("ani", NEW)
    assert hand.is_in()


def test_an_invitation_holds_once_and_for_two_days(manager: Manager, second: list[float]) -> None:
    link = manager.invite("ani", "padal")
    assert accept(link).status_code == 302
    assert accept(link, "kebun-jagung-terkunci").status_code == 404
    late = manager.invite("budi", "padal")
    second[0] += INVITED_FOR_S + 1
    assert accept(late).status_code == 404
    assert Hand().browser.get(late).status_code == 404
    assert Hand().browser.get("/undangan/").status_code == 404


@pytest.mark.parametrize(("password", "again"), [("pendek", ""), ("password1234", ""), (NEW, "lain-sama-sekali")])
def test_an_invitation_is_not_spent_on_a_password_that_is_refused(manager: Manager, password: str, again: str) -> None:
    link = manager.invite("ani", "padal")
    assert accept(link, password, again).status_code == 400
    assert accept(link).status_code == 302


def test_a_newer_invitation_and_a_closed_account_end_the_older_link(manager: Manager) -> None:
    old = manager.invite("ani", "padal")
    answer = manager.do(named("ani"), "undang")
    new = found(r'class="code token"[^>]*>([^<]+)<', answer.content.decode())
    assert accept(old).status_code == 404
    manager.do(named("ani"), "tutup")
    assert accept(new).status_code == 404


def test_the_code_of_an_invitation_lies_in_no_table(manager: Manager) -> None:
    code = manager.invite("ani", "padal").partition("?kode=")[2]
    assert code not in InvitationRow.objects.get().digest
    assert not AccountEvent.objects.filter(note__contains=code).exists()


@pytest.mark.parametrize(
    "form",
    [
        {"akun": "", "jabatan": "padal"},
        {"akun": "ab", "jabatan": "padal"},
        {"akun": "../x", "jabatan": "padal"},
        {"akun": "OPERATOR", "jabatan": "padal"},
        {"akun": "ani", "jabatan": ""},
        {"akun": "ani", "jabatan": "jenderal"},
        {"akun": "ani", "jabatan": "auditor", "instansi": "fbi"},
        {"akun": "ani", "jabatan": "padal", "kesatuan": "polsek-999999"},
    ],
    ids=range(8),
)
def test_what_makes_no_account_is_refused(manager: Manager, form: dict[str, str]) -> None:
    assert manager.browser.post("/akun/petugas/", form).status_code == 400
    assert Officer.objects.count() == 1


def test_nobody_gives_oneself_another_office(manager: Manager) -> None:
    own = named("operator")
    form = {"jabatan": "kaops"}
    for what in ("tempatkan", "tutup", "reset", "undang"):
        assert manager.do(own, what, **form).status_code == 400, what
    assert named("operator").office == "operator"
    assert named("operator").is_active


def test_another_office_ends_the_sessions_of_the_one_before(manager: Manager) -> None:
    officer("ani", "padal")
    hand = Hand()
    hand.knock("ani")
    assert manager.do(named("ani"), "tempatkan", jabatan="auditor", instansi="bawaslu").status_code == 302
    assert not hand.is_in()
    event = AccountEvent.objects.get(kind="office-changed")
    assert (event.officer, event.by, event.note) == (
        named("ani").pk, named("operator").pk, "padal > auditor bawaslu",
    )  # fmt: skip


def test_a_closed_account_is_out_and_may_be_opened_again(manager: Manager) -> None:
    officer("ani", "padal")
    hand = Hand()
    hand.knock("ani")
    manager.do(named("ani"), "tutup")
    assert not hand.is_in()
    assert hand.knock("ani").status_code == 403
    manager.do(named("ani"), "buka")
    assert hand.knock("ani").status_code == 302


def test_the_last_who_can_manage_accounts_stays(manager: Manager, real: Post) -> None:
    last, ghost = named("operator"), officer("ghost", "operator", is_active=False)
    with pytest.raises(OfficerRefused, match="only account"):
        set_active(last, is_active=False, by=ghost)
    second_one = officer("dua", "operator")
    set_active(last, is_active=False, by=second_one)
    assert not named("operator").is_active


def test_the_last_manager_gets_no_lesser_office(manager: Manager, real: Post) -> None:
    """Of two who remove each other at one moment, the slower one meets the lock and then this."""
    ghost = officer("ghost", "operator")
    Officer.objects.filter(pk=ghost.pk).update(is_active=False)
    with pytest.raises(OfficerRefused, match="only account"):
        change_office(named("operator"), Asked(office="auditor"), by=ghost)


def test_a_lost_factor_is_reset_by_somebody_else_and_that_is_written_down(manager: Manager) -> None:
    officer("ani", "padal")
    hand = Hand()
    hand.knock("ani")
    hand.enrol_app()
    assert manager.do(named("ani"), "reset").status_code == 302
    assert not hand.is_in()
    assert not FactorRow.objects.exists()
    event = AccountEvent.objects.get(kind="factor-reset")
    assert (event.officer, event.by) == (named("ani").pk, named("operator").pk)


@pytest.mark.parametrize("order", [("reset", "undang"), ("undang", "reset")])
def test_one_pair_of_hands_does_not_replace_both_password_and_factor(
    manager: Manager, real: Post, second: list[float], order: tuple[str, str]
) -> None:
    ani = officer("ani", "kaops")
    assert manager.do(ani, order[0]).status_code in (200, 302)
    assert manager.do(ani, order[1]).status_code == 400
    other = Manager(real)
    Officer.objects.filter(username="operator").update(username="dua")
    other.browser = real.client("operator")
    assert other.do(ani, order[1]).status_code in (200, 302)


def test_the_first_of_an_agency_holds_the_office_at_once_and_the_second_waits_for_the_first(
    manager: Manager, real: Post
) -> None:
    accept(manager.invite("kpu-satu", "kpu"))
    assert named("kpu-satu").is_confirmed
    accept(manager.invite("kpu-dua", "kpu"))
    assert not named("kpu-dua").is_confirmed
    hand = Hand()
    hand.knock("kpu-dua", NEW)
    hand.enrol_app()
    assert hand.browser.get("/komando/").headers["Location"].startswith("/akun/")
    page = hand.browser.get("/akun/").content.decode()
    assert "belum disahkan" in page
    assert "ways-count" not in page


def test_an_agency_confirms_its_own_and_no_other_agency_does(manager: Manager, real: Post) -> None:
    kpu, kaops, bawaslu = (real.client(office) for office in AGENCIES)
    manager.invite("kpu-dua", "kpu")
    waiting = named("kpu-dua")
    for wrong in (kaops, bawaslu):
        assert wrong.post(f"/akun/sahkan/{waiting.pk}/").status_code == 400
        assert "kpu-dua" not in wrong.get("/akun/").content.decode()
    assert manager.browser.post(f"/akun/sahkan/{waiting.pk}/").status_code == 403
    assert not named("kpu-dua").is_confirmed
    assert "kpu-dua" in kpu.get("/akun/").content.decode()
    assert kpu.post(f"/akun/sahkan/{waiting.pk}/").status_code == 302
    assert named("kpu-dua").is_confirmed
    assert kpu.post(f"/akun/sahkan/{waiting.pk}/").status_code == 400


def test_nobody_confirms_oneself(manager: Manager, real: Post) -> None:
    real.client("kpu")
    waiting = officer("kpu-dua", "kpu", is_confirmed=False)
    hand = Hand()
    hand.knock("kpu-dua")
    hand.enrol_app()
    answer = hand.browser.post(f"/akun/sahkan/{waiting.pk}/")
    assert answer.headers["Location"].startswith("/akun/")
    assert not named("kpu-dua").is_confirmed


def test_an_operator_cannot_take_a_kpu_account_over(manager: Manager, real: Post) -> None:
    """New means to come in make the agency confirm anew whom it had confirmed before."""
    real.client("kpu")
    taken = officer("kpu-dua", "kpu")
    manager.do(taken, "reset")
    assert not named("kpu-dua").is_confirmed
    other = officer("kpu-tiga", "kpu")
    accept(found(r'class="code token"[^>]*>([^<]+)<', manager.do(other, "undang").content.decode()))
    assert not named("kpu-tiga").is_confirmed


def test_an_operator_of_one_unit_manages_that_unit_alone(real: Post) -> None:
    browser = real.client("operator")
    Officer.objects.filter(username="operator").update(unit="polres-5303")
    near, far = officer("near", "padal", unit="polsek-530305"), officer("far", "padal", unit="polsek-647401")
    whole = officer("whole", "kaops")
    assert browser.get(f"/akun/petugas/{near.pk}/").status_code == 200
    for hidden in (far, whole):
        assert browser.get(f"/akun/petugas/{hidden.pk}/").status_code == 404
        assert browser.post(f"/akun/petugas/{hidden.pk}/", {"aksi": "tutup"}).status_code == 404
    page = browser.get("/akun/petugas/").content.decode()
    assert "near" in page
    assert ">far<" not in page
    answer = browser.post("/akun/petugas/", {"akun": "baru", "jabatan": "kaops", "kesatuan": ""})
    assert answer.status_code == 400
    assert browser.post(f"/akun/petugas/{near.pk}/", {"aksi": "tempatkan", "jabatan": "padal"}).status_code == 400


def test_reading_the_accounts_is_written_down(manager: Manager) -> None:
    ani = officer("ani", "padal")
    manager.browser.get("/akun/petugas/")
    manager.browser.get(f"/akun/petugas/{ani.pk}/")
    reads = [(one.what, one.count, one.about, one.action) for one in ReadOfPersonal.objects.all()]
    assert reads == [("accounts", 1, str(ani.pk), "manage-accounts"), ("accounts", 2, "", "manage-accounts")]


def test_changing_accounts_asks_for_a_fresh_factor(manager: Manager, second: list[float]) -> None:
    second[0] += 301
    answer = manager.browser.post("/akun/petugas/", {"akun": "ani", "jabatan": "padal"})
    assert answer.headers["Location"].startswith("/akun/pastikan/")
    assert Officer.objects.count() == 1


def test_no_event_of_an_account_names_anybody(manager: Manager) -> None:
    accept(manager.invite("aniseran", "padal", nama="Ani Seran"))
    ani = named("aniseran")
    for what in ("tempatkan", "tutup", "buka"):
        manager.do(ani, what, jabatan="humas")
    notes = " ".join(AccountEvent.objects.values_list("note", flat=True)).lower()
    assert "humas" in notes
    assert "ani" not in notes
    assert "seran" not in notes


def test_an_invitation_never_sets_the_password_of_a_closed_account(manager: Manager) -> None:
    code = manager.invite("ani", "padal").partition("?kode=")[2]
    Officer.objects.filter(username="ani").update(is_active=False)
    with pytest.raises(OfficerRefused):
        accept_invitation(code, NEW)
    assert not named("ani").has_usable_password()
