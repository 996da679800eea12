"""Addresses of the intake."""

from django.urls import path

from kawal_server.field_link.api import api
from kawal_server.field_link.heartbeats import beat

urlpatterns = [
    path("denyut/", beat, name="denyut"),
    path("denyut/<str:token>/", beat, name="denyut-kode"),
    path("", api.urls),
]
