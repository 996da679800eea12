"""People and structure: within reach only, masked in lists, and gone with everything that names them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from kawal.command.people import PersonRefused
from kawal_server.accounts.models import Officer, ReadOfPersonal
from kawal_server.actions import keep_people
from kawal_server.store.models import PersonRow, RoleRow, TaskForceRow
from tests.server.operasi.clerk import Clerk
from tests.server.post import Post

ARIF = {"nama": "Arif Setiawan", "pangkat": "Aiptu", "nrp": "81120012", "satuan": "polsek-530305", "instansi": "polri"}
TYPED = {"name": "Yoga", "rank": "Bripka", "agency": "polri", "unit": "polsek-530305"}


@pytest.fixture
def described(clerk: Clerk) -> Clerk:
    assert clerk.describe().status_code == 302
    return clerk


def officer(office: str, unit: str = "") -> Officer:
    return Officer.objects.create(username=f"{office}-{unit}", office=office, unit=unit)


def test_a_person_is_entered_masked_in_the_list_and_whole_on_their_page(post: Post, described: Clerk) -> None:
    kaops = post.client("kaops")
    entered = kaops.post("/operasi/orang/tambah/", ARIF)
    assert entered.status_code == 302
    listed = kaops.get("/operasi/orang/").content.decode()
    assert "Aiptu Arif Setiawan" in listed
    assert "•••••012" in listed
    assert "81120012" not in listed
    assert 'value="81120012"' in kaops.get(entered.headers["Location"]).content.decode()


def test_an_id_is_made_of_nothing_that_is_known_of_a_person(described: Clerk) -> None:
    kaops = officer("kaops")
    first, second = (keep_people.add_person(kaops, TYPED) for _ in range(2))
    assert first.who != second.who
    assert first.who.startswith("p-")
    again = keep_people.add_person(kaops, TYPED, who="p-7f3a")
    assert again.who == "p-7f3a"
    with pytest.raises(PersonRefused):
        keep_people.add_person(kaops, TYPED, who="p-7f3a")


def test_what_is_wrong_is_said_and_what_was_typed_stays(post: Post, described: Clerk) -> None:
    refused = post.client("kaops").post("/operasi/orang/tambah/", {**ARIF, "pangkat": "Sersan"})
    page = refused.content.decode()
    assert refused.status_code == 400
    assert "Pangkat tidak dikenal" in page
    assert 'value="Arif Setiawan"' in page
    assert not PersonRow.objects.exists()


def test_people_of_another_unit_are_as_absent_as_nobody(described: Clerk) -> None:
    kaops, padal = officer("kaops"), officer("padal", "polsek-530308")
    arif = keep_people.add_person(kaops, TYPED)
    own = keep_people.add_person(kaops, {**TYPED, "unit": "polsek-530308"})
    assert [one.who for one in keep_people.people_within_reach(padal)] == [own.who]
    with pytest.raises(Http404):
        keep_people.one_person(padal, arif.who)
    assert keep_people.one_person(padal, own.who) == own
    with pytest.raises(PermissionDenied):
        keep_people.change_person(padal, own.who, TYPED)
    secretary = officer("kasetops", "polsek-530308")
    with pytest.raises(PermissionDenied):
        keep_people.add_person(secretary, TYPED)
    with pytest.raises(Http404):
        keep_people.remove_person(secretary, arif.who)


@pytest.mark.parametrize("office", ["humas", "kpu", "bawaslu", "auditor", "pamatwil"])
def test_whoever_may_not_see_people_sees_no_name(post: Post, described: Clerk, office: str) -> None:
    kaops = officer("kaops")
    arif = keep_people.add_person(kaops, {**TYPED, "name": "Arif Setiawan"})
    RoleRow.objects.create(role="kaops", who=arif.who)
    client = post.client(office)  # type: ignore[arg-type]
    assert client.get("/operasi/orang/").status_code == 403
    assert client.get(f"/operasi/orang/{arif.who}/").status_code == 403
    assert client.post("/operasi/orang/tambah/", ARIF).status_code == 403
    structure = client.get("/operasi/struktur/").content.decode()
    assert "Kaopsres" in structure
    assert "Arif" not in structure


def test_leave_is_given_and_taken_back(post: Post, described: Clerk) -> None:
    kaops = post.client("kaops")
    page = kaops.post("/operasi/orang/tambah/", ARIF).headers["Location"]
    leave = {"aksi": "cuti", "awal": "2024-11-27", "akhir": "2024-11-28"}
    assert kaops.post(f"{page}ubah/", leave).status_code == 302
    assert PersonRow.objects.get().leave == [["2024-11-27", "2024-11-28"]]
    assert kaops.post(f"{page}ubah/", {**leave, "akhir": "2024-11-01"}).status_code == 400
    assert kaops.post(f"{page}ubah/", {**ARIF, "aksi": "ubah", "pangkat": "Ipda"}).status_code == 302
    assert (PersonRow.objects.get().rank, len(PersonRow.objects.get().leave)) == ("Ipda", 1)
    assert kaops.post(f"{page}ubah/", {"aksi": "batal-cuti", "awal": "2024-11-27"}).status_code == 302
    assert PersonRow.objects.get().leave == []


def test_removing_a_person_removes_their_roles(post: Post, described: Clerk) -> None:
    kaops = post.client("kaops")
    page = kaops.post("/operasi/orang/tambah/", ARIF).headers["Location"]
    who = PersonRow.objects.get().who
    assert kaops.post("/operasi/struktur/ubah/", {"aksi": "beri", "peran": "kaops", "orang": who}).status_code == 302
    assert RoleRow.objects.count() == 1
    assert kaops.post(f"{page}ubah/", {"aksi": "hapus"}).status_code == 302
    assert not PersonRow.objects.exists()
    assert not RoleRow.objects.exists()


def test_there_is_one_kaops_and_one_head_of_each_task_force(post: Post, described: Clerk) -> None:
    kaops = post.client("kaops")
    commander = officer("kaops")
    people = [keep_people.add_person(commander, TYPED) for _ in range(2)]
    given = ({"peran": "kaops"}, {"peran": "kasatgas", "tentang": "humas"}, {"peran": "padal", "tentang": "530305"})
    for one in people:
        for form in given:
            answer = kaops.post("/operasi/struktur/ubah/", {"aksi": "beri", "orang": one.who, **form})
            assert answer.status_code == 302
    held = sorted((row.role, row.about, row.who) for row in RoleRow.objects.all())
    last = people[1].who
    assert ("kaops", "", last) in held
    assert ("kasatgas", "humas", last) in held
    assert len(held) == 4
    assert "belum diisi" in kaops.get("/operasi/struktur/").content.decode()


@pytest.mark.parametrize(
    "form",
    [
        {"aksi": "beri", "peran": "presiden", "orang": "p-1"},
        {"aksi": "beri", "peran": "kaops", "orang": "p-tidak-ada"},
        {"aksi": "beri", "peran": "kasatgas", "orang": "p-1", "tentang": "tidak-ada"},
        {"aksi": "tambah-satgas", "nama": "Satgas Humas"},
        {"aksi": "hapus-satgas", "satgas": "humas"},
        {"aksi": "lain"},
    ],
)
def test_what_is_no_structure_is_refused(post: Post, described: Clerk, form: dict[str, str]) -> None:
    kaops = officer("kaops")
    person = keep_people.add_person(kaops, TYPED, who="p-1")
    RoleRow.objects.create(role="kasatgas", who=person.who, about="humas")
    assert post.client("kaops").post("/operasi/struktur/ubah/", form).status_code == 400


def test_task_forces_are_as_the_plan_says(post: Post, described: Clerk) -> None:
    kaops = post.client("kaops")
    assert TaskForceRow.objects.count() == 7
    added = {"aksi": "tambah-satgas", "nama": "Satgas Perairan", "sifat": "preventive"}
    assert kaops.post("/operasi/struktur/ubah/", added).status_code == 302
    assert kaops.post("/operasi/struktur/ubah/", {"aksi": "hapus-satgas", "satgas": "banops"}).status_code == 302
    assert "perairan" in TaskForceRow.objects.values_list("key", flat=True)
    assert "banops" not in TaskForceRow.objects.values_list("key", flat=True)
    assert post.client("padal").post("/operasi/struktur/ubah/", added).status_code == 403


def test_every_reading_of_people_is_written_down(post: Post, described: Clerk) -> None:
    kaops = post.client("kaops")
    page = kaops.post("/operasi/orang/tambah/", ARIF).headers["Location"]
    for path in ("/operasi/orang/", page, "/operasi/struktur/", "/operasi/tahapan/"):
        assert kaops.get(path).status_code == 200
    read = list(ReadOfPersonal.objects.order_by("pk").values_list("what", "count"))
    assert read == [("people", 1), ("person", 1), ("structure", 1)]
