"""An authenticator app on somebody's phone."""

from base64 import b32decode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from kawal_server.accounts import seconds


class App:
    """typed: its secret, as the page shows it in groups."""

    def __init__(self, typed: str) -> None:
        text = typed.replace(" ", "")
        self._totp = TOTP(b32decode(text + "=" * (-len(text) % 8)), 6, SHA1(), 30)

    def code(self, *, later_s: int = 0) -> str:
        return self._totp.generate(seconds.now() + later_s).decode()
