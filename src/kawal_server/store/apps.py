"""The Django app of the tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Ledger tables and projections."""

    name = "kawal_server.store"
    label = "store"
