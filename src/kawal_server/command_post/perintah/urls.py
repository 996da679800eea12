"""The addresses of orders, of the coordination log and of the contacts."""

from django.urls import path

from kawal_server.command_post.perintah import contacts, coordination, drafts, views

urlpatterns = [
    path("perintah/", views.list_orders, name="perintah"),
    path("perintah/baru/", drafts.write, name="perintah-baru"),
    path("perintah/draf/<int:number>/", drafts.show, name="perintah-draf"),
    path("perintah/draf/<int:number>/ubah/", drafts.write, name="perintah-ubah"),
    path("perintah/draf/<int:number>/terbitkan/", drafts.issue, name="perintah-terbitkan"),
    path("perintah/draf/<int:number>/buang/", drafts.drop, name="perintah-buang"),
    path("perintah/koordinasi/", coordination.show, name="koordinasi"),
    path("perintah/kontak/", contacts.show, name="kontak"),
    path("perintah/kontak.csv", contacts.download, name="kontak-csv"),
    path("perintah/kontak/unggah/", contacts.upload, name="kontak-unggah"),
    path("perintah/kontak/<int:number>/", contacts.change, name="kontak-satu"),
    path("perintah/<str:eid>/", views.show_order, name="perintah-satu"),
    path("perintah/<str:eid>/catat/", views.note_read, name="perintah-catat"),
]
