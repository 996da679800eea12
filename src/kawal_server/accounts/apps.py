"""The Django app of those who sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Officers of the post."""

    name = "kawal_server.accounts"
    label = "accounts"
