"""Addresses of the intake."""

from django.urls import path

from kawal_server.field_link.api import api

urlpatterns = [path("", api.urls)]
