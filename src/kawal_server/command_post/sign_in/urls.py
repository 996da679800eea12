"""The addresses of the door."""

from django.urls import path

from kawal_server.command_post.sign_in.second import second_factor
from kawal_server.command_post.sign_in.views import choose_language, sign_in, sign_out

urlpatterns = [
    path("", sign_in, name="masuk"),
    path("faktor/", second_factor, name="faktor"),
    path("keluar/", sign_out, name="keluar"),
    path("bahasa/", choose_language, name="bahasa"),
]
