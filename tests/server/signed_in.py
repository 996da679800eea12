"""A browser that is signed in, the second factor given just now."""

from django.test import Client

from kawal_server.accounts.doors import open_door
from kawal_server.accounts.models import Officer


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    session = client.session
    open_door(session, officer, is_proved=True)
    session.save()
    return client
