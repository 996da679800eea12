"""Getting a post ready to serve: its folder, its secret, its tables, its words and static files. Safe to repeat."""

import os
import secrets
from pathlib import Path

SECRET_BYTES = 48
PASSWORD_BYTES = 12


def choose(data: Path, *, is_demo: bool = False) -> None:
    """Name the post's folder, make it and its secret, before any Django module is imported."""
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    os.environ["KAWAL_DATA"] = str(data.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "kawal_server.settings"
    if is_demo:
        os.environ["KAWAL_DEMO"] = "yes"
    secret = data / "secret"
    if not os.environ.get("KAWAL_SECRET") and not secret.is_file():
        handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(SECRET_BYTES) + "\n")


def start_django() -> None:
    """Make Django ready in this process."""
    import django

    django.setup()


def prepare() -> None:
    """Bring tables, words and static files up to date. Call `choose` and `start_django` first."""
    from django.core.management import call_command

    from kawal_server.words import compile_words

    compile_words()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    call_command("collectstatic", skip_checks=True, verbosity=0, interactive=False, clear=False)


def unreachable() -> tuple[type[Exception], ...]:
    """The errors of a database that is not there, or of a setting that names none."""
    from dj_database_url import ParseError, UnknownSchemeError
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    return (OperationalError, ImproperlyConfigured, ParseError, UnknownSchemeError)


def seed_operator(name: str = "operator") -> str | None:
    """Make the first operator with a password nobody chose; gives it, once. None where an operator exists already."""
    from kawal_server.accounts.models import Officer

    if Officer.objects.filter(office="operator").exists():
        return None
    password = new_password()
    Officer.objects.create_user(username=name, password=password, office="operator")
    return password


def new_password() -> str:
    """A password nobody chose: 96 bits, in groups that can be read aloud."""
    return "-".join(secrets.token_hex(3) for _ in range(PASSWORD_BYTES // 3))
