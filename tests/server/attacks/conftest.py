"""The databases of the served posts, for hostile events too."""

from tests.server.serving.conftest import database, server

__all__ = ["database", "server"]
