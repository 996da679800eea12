"""The addresses of rosters."""

from django.urls import path

from kawal_server.command_post.jadwal import doing, files, people_list, views

# `pos` takes every name; penjagaan's addresses register it, and stand before these.
urlpatterns = [
    path("penjagaan/jadwal/", views.show, name="jadwal"),
    path("penjagaan/jadwal/susun/", doing.ask, name="jadwal-susun"),
    path("penjagaan/jadwal/personel/", people_list.show, name="jadwal-personel"),
    path("penjagaan/jadwal/personel/terima/", people_list.accept, name="jadwal-personel-terima"),
    path("penjagaan/jadwal/personel/buang/", people_list.discard, name="jadwal-personel-buang"),
    path("penjagaan/jadwal/<int:draft>/", views.show_draft, name="jadwal-satu"),
    path("penjagaan/jadwal/<int:draft>/kemajuan/", views.progress, name="jadwal-kemajuan"),
    path("penjagaan/jadwal/<int:draft>/batal/", doing.cancel, name="jadwal-batal"),
    path("penjagaan/jadwal/<int:draft>/ulang/", doing.plan_again, name="jadwal-ulang"),
    path("penjagaan/jadwal/<int:draft>/andai/", doing.what_if, name="jadwal-andai"),
    path("penjagaan/jadwal/<int:draft>/pindah/", doing.move_somebody, name="jadwal-pindah"),
    path("penjagaan/jadwal/<int:draft>/bko/", doing.ask_bko, name="jadwal-bko"),
    path("penjagaan/jadwal/<int:draft>/terbit/", doing.publish, name="jadwal-terbit"),
    path("penjagaan/jadwal/<int:draft>/plotting/", views.plotting_sheet, name="jadwal-plotting"),
    path("penjagaan/jadwal/<int:draft>/jadwal.xlsx", files.as_workbook, name="jadwal-xlsx"),
    path("penjagaan/jadwal/<int:draft>/nama/", files.as_named_workbook, name="jadwal-nama"),
    path("penjagaan/jadwal/<int:draft>/orang/<pos:who>/", views.show_person, name="jadwal-orang"),
    path("penjagaan/jadwal/<int:draft>/orang/<pos:who>/kalender/", files.person_ics, name="jadwal-orang-ics"),
    path("penjagaan/jadwal/<int:draft>/pos/<pos:post>/kalender/", files.post_ics, name="jadwal-pos-ics"),
]
