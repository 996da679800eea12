"""The addresses of lent forces."""

from django.urls import path

from kawal_server.command_post.bko import sharing, views

urlpatterns = [
    path("bko/", views.show, name="bko"),
    path("bko/minta/", views.ask_for, name="bko-minta"),
    path("bko/bagi/", sharing.share, name="bko-bagi"),
    path("bko/kebutuhan/", views.need, name="bko-kebutuhan"),
    path("bko/kekuatan/", views.own_force, name="bko-kekuatan"),
    path("bko/kontingen/<pos:name>/", views.show_contingent, name="bko-kontingen"),
]
