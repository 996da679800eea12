"""The settings of the post as tests use them: a folder of its own for each process, and passwords that hash quickly."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("KAWAL_DATA", tempfile.mkdtemp(prefix="kawal-test-"))
os.environ.setdefault("KAWAL_SECRET", "only-for-tests-only-for-tests-only-for-tests")
os.environ.pop("DATABASE_URL", None)

(Path(os.environ["KAWAL_DATA"]) / "static").mkdir(parents=True, exist_ok=True)

from kawal_server.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
