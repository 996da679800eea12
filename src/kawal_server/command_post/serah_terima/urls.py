"""The addresses of the hand-overs."""

from django.urls import path

from kawal_server.command_post.serah_terima import views

urlpatterns = [
    path("serah-terima/", views.list_hand_overs, name="serah-terima"),
    path("serah-terima/<str:eid>/", views.show_hand_over, name="serah-terima-satu"),
]
