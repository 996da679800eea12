"""Every setting of the post, read once from the environment. docs/operate/settings.md says what each one means.

A setting that safety needs and that is missing refuses to start, and says what to set.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

HERE = Path(__file__).resolve().parent


def _yes(name: str) -> bool:
    return os.environ.get(name, "no").lower() in ("yes", "1", "true", "ya")


def _secret(data: Path) -> str:
    given = os.environ.get("KAWAL_SECRET", "")
    kept = data / "secret"
    if not given and kept.is_file():
        given = kept.read_text(encoding="utf-8").strip()
    if len(given) < 32:
        raise ImproperlyConfigured(
            "Rahasia server tidak ada: jalankan `kawal serve`, atau isi KAWAL_SECRET (32 huruf atau lebih). / The "
            f"server's secret is missing: run `kawal serve`, or set KAWAL_SECRET (32 characters or more). No {kept}."
        )
    return given


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # DEFERRED would fail at once when a read turns into a write; FULL survives a power cut.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;",
        },
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
    }


def _postgres(url: str) -> dict[str, Any]:
    from psycopg import IsolationLevel

    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True))
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL harus postgres://…; tanpa itu dipakai SQLite. / DATABASE_URL must be postgres://…; without "
            "it the post uses SQLite."
        )
    # Whatever the server's default: under SERIALIZABLE the slower of two that change one row fails instead of waiting.
    found.setdefault("OPTIONS", {})["isolation_level"] = IsolationLevel.READ_COMMITTED
    return found


def _package(name: str, *inside: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ImproperlyConfigured(f"paket {name} tidak terpasang / the package {name} is not installed")
    return Path(spec.origin).parent.joinpath(*inside)


# --- The post -------------------------------------------------------------------------------------------------------

DATA = Path(os.environ.get("KAWAL_DATA", "data")).resolve()
LOGS = DATA / "logs"
KEYS = DATA / "keys"
SIGNER_STATE = DATA / "signer"
IS_DEMO = _yes("KAWAL_DEMO")
IS_HTTPS = _yes("KAWAL_HTTPS")

# --- Django ---------------------------------------------------------------------------------------------------------

DEBUG = False
SECRET_KEY = _secret(DATA)
ALLOWED_HOSTS = os.environ.get("KAWAL_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ROOT_URLCONF = "kawal_server.urls"
ASGI_APPLICATION = "kawal_server.asgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "kawal_server.store",
    "kawal_server.accounts",
    "kawal_server.command_post",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kawal_server.field_link.straight.straight",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kawal_server.accounts.languages.language_of_reader",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kawal_server.accounts.doors.know_the_officer",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "kawal_server.command_post.frame.around",
            ],
            "builtins": ["kawal_server.command_post.templatetags.kawal"],
        },
    }
]

# --- Tables ---------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": _postgres(os.environ["DATABASE_URL"])
    if os.environ.get("DATABASE_URL")
    else _sqlite(DATA / "kawal.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who comes in ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Officer"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _yes("KAWAL_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# A phone's batch is limited by field_link itself (32 MiB); a clerk's list by its page (20 MiB).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

# --- Words and times ------------------------------------------------------------------------------------------------

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en" if os.environ.get("KAWAL_LANG", "id").lower().startswith("en") else "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]

# --- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [
    ("htmx", str(_package("django_htmx", "static", "django_htmx"))),
    ("leaflet", str(_package("leaflet", "static", "leaflet"))),
]
SERVESTATIC_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}

# --- What is written down: never a name, an address or a body --------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Anyone may ask under any name: what they made up is no line of ours, and its traceback would fill a disk.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
