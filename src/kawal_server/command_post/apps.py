"""The Django app of the pages."""

from django.apps import AppConfig


class CommandPostConfig(AppConfig):
    """Pages, templates and static files of the command post."""

    name = "kawal_server.command_post"
    label = "command_post"
