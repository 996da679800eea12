"""The addresses of Personel & perangkat."""

from django.urls import path, register_converter

from kawal_server.command_post.personel import device, lost, muster, requests, views
from kawal_server.command_post.personel.address import KidAddress

register_converter(KidAddress, "kid")

urlpatterns = [
    path("personel/", views.browse, name="personel"),
    path("personel/apel/", muster.scan, name="personel-apel"),
    path("personel/apel/bekal.json", muster.download_kit, name="personel-bekal"),
    path("personel/apel/daftar.jsonl", muster.download_list, name="personel-daftar"),
    path("personel/pendaftaran/", requests.show, name="personel-pendaftaran"),
    path("personel/pendaftaran/usul/", requests.propose, name="personel-usul"),
    path("personel/pendaftaran/setuju/", requests.confirm, name="personel-setuju"),
    path("personel/perangkat/<kid:kid>/", device.show, name="personel-perangkat"),
    path("personel/perangkat/<kid:kid>/cabut/", device.revoke, name="personel-cabut"),
    path("personel/perangkat/<kid:kid>/cabut/setuju/", device.confirm, name="personel-cabut-setuju"),
    path("personel/perangkat/<kid:kid>/perpanjang/", device.renew, name="personel-perpanjang"),
    path("personel/perangkat/<kid:kid>/jawaban/", device.answer, name="personel-jawaban"),
    path("personel/hilang/", lost.browse, name="personel-hilang"),
    path("personel/hilang/<kid:kid>/", lost.show, name="personel-hilang-satu"),
    path("personel/hilang/<kid:kid>/akui/", lost.acknowledge, name="personel-hilang-akui"),
    path("personel/hilang/<kid:kid>/saksikan/", lost.attest, name="personel-hilang-saksikan"),
]
