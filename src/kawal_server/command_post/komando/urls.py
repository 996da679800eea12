"""The addresses of Komando."""

from django.urls import path

from kawal_server.command_post.komando.views import board, chart, panel, steer

urlpatterns = [
    path("komando/", board, name="komando"),
    path("komando/peta.json", chart, name="komando-peta"),
    path("komando/<slug:name>/", panel, name="komando-panel"),
    path("jam/", steer, name="jam"),
]
