"""The addresses of the set-up."""

from django.urls import path

from kawal_server.command_post.operasi import boundaries, lists, opening, views

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
    path("operasi/perubahan/", opening.register_more, name="operasi-perubahan"),
]
