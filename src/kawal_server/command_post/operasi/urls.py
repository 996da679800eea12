"""The addresses of the set-up."""

from django.urls import path

from kawal_server.command_post.operasi import (
    boundaries,
    lists,
    opening,
    people_page,
    stages_page,
    structure_page,
    units_page,
    views,
)

urlpatterns = [
    path("operasi/", views.show_steps, name="operasi"),
    path("operasi/pokok/", views.describe, name="operasi-pokok"),
    path("operasi/wilayah/", views.find_regions, name="operasi-wilayah"),
    path("operasi/daftar/<slug:word>/", lists.show_list, name="operasi-daftar"),
    path("operasi/daftar/<slug:word>/unggah/", lists.upload, name="operasi-unggah"),
    path("operasi/daftar/<slug:word>/baca/", lists.read_again, name="operasi-baca"),
    path("operasi/daftar/<slug:word>/terima/", lists.accept_list, name="operasi-terima"),
    path("operasi/daftar/<slug:word>/buang/", lists.discard_list, name="operasi-buang"),
    path("operasi/batas/", boundaries.boundaries, name="operasi-batas"),
    path("operasi/batas/hapus/", boundaries.forget, name="operasi-batas-hapus"),
    path("operasi/buka/", opening.review, name="operasi-buka"),
    path("operasi/satuan/", units_page.show_units, name="operasi-satuan"),
    path("operasi/satuan/wilayah/", units_page.move, name="operasi-satuan-wilayah"),
    path("operasi/satuan/tambah/", units_page.add, name="operasi-satuan-tambah"),
    path("operasi/satuan/hapus/", units_page.remove, name="operasi-satuan-hapus"),
    path("operasi/tahapan/", stages_page.show_stages, name="operasi-tahapan"),
    path("operasi/tahapan/tambah/", stages_page.add, name="operasi-tahapan-tambah"),
    path("operasi/tahapan/fase/", stages_page.phase, name="operasi-tahapan-fase"),
    path("operasi/tahapan/ikat/", stages_page.tie, name="operasi-tahapan-ikat"),
    path("operasi/tahap/<slug:stage>/", stages_page.show_stage, name="operasi-tahap"),
    path("operasi/tahap/<slug:stage>/isi/", stages_page.fill, name="operasi-tahap-isi"),
    path("operasi/tahap/<slug:stage>/pindah/", stages_page.move, name="operasi-tahap-pindah"),
    path("operasi/struktur/", structure_page.show_structure, name="operasi-struktur"),
    path("operasi/struktur/ubah/", structure_page.change, name="operasi-struktur-ubah"),
    path("operasi/orang/", people_page.show_people, name="operasi-orang"),
    path("operasi/orang/tambah/", people_page.add, name="operasi-orang-tambah"),
    path("operasi/orang/<slug:who>/", people_page.show_person, name="operasi-seorang"),
    path("operasi/orang/<slug:who>/ubah/", people_page.change, name="operasi-seorang-ubah"),
    path("operasi/perubahan/", opening.register_more, name="operasi-perubahan"),
]
