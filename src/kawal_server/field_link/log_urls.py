"""Addresses of the logs as static files."""

from django.urls import path

from kawal_server.field_link.log_files import log_file

urlpatterns = [path("<str:log>/<path:name>", log_file, name="log-file")]
