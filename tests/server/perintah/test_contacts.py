"""Contacts of each desa: kept by hand or from a file, refused row by row, and had again as the same file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kawal_server.accounts.models import ReadOfPersonal
from kawal_server.actions.keep_contacts import Contact, keep_contact, write_csv
from kawal_server.store.models import ContactRow
from tests.mission.command.orders_kit import BARAT, POLRES, UTARA, VOTE
from tests.server.commanding import Commanding

FORM = {"desa": "64.74.01.1001", "jabatan": "kades", "nama": "Maria  Neno", "telepon": "0812-3456-7890"}


def upload(client: Client, text: str) -> Any:
    return client.post("/perintah/kontak/unggah/", {"berkas": SimpleUploadedFile("kontak.csv", text.encode())})


def test_a_contact_is_kept_under_the_polsek_of_its_desa(commanding: Commanding) -> None:
    assert commanding.officer("padal", unit=UTARA).post("/perintah/kontak/", FORM).status_code == 302
    row = ContactRow.objects.get()
    assert (row.area, row.name, row.phone, row.unit) == ("6474011001", "Maria Neno", "081234567890", UTARA)


def test_where_no_polsek_is_known_the_polres_of_the_kecamatan_holds_it(commanding: Commanding) -> None:
    from kawal_server.store.models import JurisdictionRow

    JurisdictionRow.objects.create(district="640205", polres=POLRES)
    row = keep_contact(Contact("6402052001", "babinsa", "Sersan Anton", "08123456789"), at=VOTE)
    assert row.unit == POLRES


def test_the_newer_contact_of_an_office_replaces_the_older(commanding: Commanding) -> None:
    client = commanding.officer("operator")
    client.post("/perintah/kontak/", FORM)
    client.post("/perintah/kontak/", {**FORM, "nama": "Yohanes Bria"})
    assert [row.name for row in ContactRow.objects.all()] == ["Yohanes Bria"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("desa", "64740"), ("desa", "6474019999"), ("jabatan", "raja"), ("nama", ""), ("telepon", "banyak")],
)
def test_what_is_no_contact_is_refused_and_says_why(commanding: Commanding, field: str, value: str) -> None:
    answer = commanding.officer("operator").post("/perintah/kontak/", {**FORM, field: value})
    assert answer.status_code == 400
    assert not ContactRow.objects.exists()


def test_nobody_keeps_contacts_of_another_unit(commanding: Commanding) -> None:
    assert commanding.officer("padal", unit=BARAT).post("/perintah/kontak/", FORM).status_code == 400
    assert commanding.officer("auditor").post("/perintah/kontak/", FORM).status_code == 403
    rows = "desa,jabatan,nama,telepon\n6474011001,kades,Maria Neno,0812345678\n6474031001,pkd,Anton Seran,0812345679\n"
    answer = upload(commanding.officer("padal", unit=BARAT), rows)
    assert (answer.context["kept"], answer.context["refused_count"]) == (1, 1)
    assert [row.area for row in ContactRow.objects.all()] == ["6474031001"]


def test_a_file_is_read_row_by_row(commanding: Commanding) -> None:
    answer = upload(
        commanding.officer("operator"),
        "Desa;Jabatan;Nama;Telepon\n6474011001;Kades;Maria Neno;0812 3456 7890\n647401;kades;x;y\n",
    )
    assert answer.context["kept"] == 1
    assert answer.context["refused"][0].startswith("Baris 3: ")
    assert "Tulis kode desa" in answer.content.decode()


def test_what_is_downloaded_can_be_uploaded_again(commanding: Commanding) -> None:
    client = commanding.officer("operator")
    client.post("/perintah/kontak/", {**FORM, "telepon": "+62 812 3456 7890"})
    kaops = commanding.officer("kaops")
    data = kaops.post("/perintah/kontak.csv", {"alasan": "dibawa ke pos tanpa sinyal"}).content.decode()
    before = list(ContactRow.objects.values_list("area", "kind", "name", "phone", "unit"))
    ContactRow.objects.all().delete()
    assert upload(client, data).context["kept"] == 1
    assert list(ContactRow.objects.values_list("area", "kind", "name", "phone", "unit")) == before


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(commanding: Commanding) -> None:
    row = ContactRow(area="6474011001", kind="kades", name="=HYPERLINK(1)", phone="+628123", changed_at=1)
    assert "'=HYPERLINK(1)" in write_csv([row])


@pytest.mark.parametrize("data", ["", "a,b\n1,2\n", "\0\0", "desa,jabatan,nama,telepon\n,,,\n", "x" * 1000])
def test_a_file_that_is_no_list_keeps_nothing(commanding: Commanding, data: str) -> None:
    assert upload(commanding.officer("operator"), data or " ").status_code in (200, 400)
    assert not ContactRow.objects.exists()


def test_whoever_takes_numbers_away_says_why_and_it_is_written_down(commanding: Commanding, kades: ContactRow) -> None:
    kaops = commanding.officer("kaops")
    assert kaops.post("/perintah/kontak.csv", {"alasan": "perlu"}).status_code == 400
    assert not ReadOfPersonal.objects.filter(action="export-people").exists()
    assert kaops.post("/perintah/kontak.csv", {"alasan": "dibawa ke pos tanpa sinyal"}).status_code == 200
    assert ReadOfPersonal.objects.filter(action="export-people", what="contacts", count=1).count() == 1
    operator = commanding.officer("operator")
    assert operator.post("/perintah/kontak.csv", {"alasan": "apa saja, sungguh"}).status_code == 403
