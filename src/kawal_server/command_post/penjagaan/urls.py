"""The addresses of the posts."""

from django.urls import path, register_converter

from kawal_server.command_post.kotak.address import BoxAddress
from kawal_server.command_post.penjagaan import keeping, views

# Anybody who guards can name a post as he likes: an address must take every name.
register_converter(BoxAddress, "pos")

urlpatterns = [
    path("penjagaan/", views.board, name="penjagaan"),
    path("penjagaan/atur/", keeping.plans, name="penjagaan-atur"),
    path("penjagaan/atur/usulan/", keeping.propose, name="penjagaan-usulan"),
    path("penjagaan/atur/terbitkan/", keeping.publish, name="penjagaan-terbitkan"),
    path("penjagaan/atur/<pos:post>/", keeping.plan, name="penjagaan-rencana"),
    path("penjagaan/atur/<pos:post>/angkat/", keeping.lift, name="penjagaan-angkat"),
    path("penjagaan/kartu/", keeping.cards, name="penjagaan-kartu"),
    path("penjagaan/mesin/", keeping.machines, name="penjagaan-mesin"),
    path("penjagaan/mesin/<pos:post>/cabut/", keeping.withdraw, name="penjagaan-mesin-cabut"),
    path("penjagaan/pos/<pos:post>/", views.show_post, name="penjagaan-pos"),
    path("penjagaan/pos/<pos:post>/arahan/", keeping.give_briefing, name="penjagaan-arahan"),
    path("penjagaan/pos/<pos:post>/buku/", views.show_book, name="penjagaan-buku"),
]
