"""Every address of the post."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("kawal_server.field_link.urls")),
    path("log/", include("kawal_server.field_link.log_urls")),
    path("", include("kawal_server.command_post.urls")),
]
