"""An administrator's key on disk and on paper: sealed with a passphrase, and printed so that a slip of the pen shows.

Source: docs/format/enrolment.md. scrypt is RFC 7914, AES-256-GCM is NIST SP 800-38D.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kawal.ledger.encoding import NotCanonical, b64u, unb64u
from kawal.ledger.event import Kid
from kawal.ledger.keys import ED25519, PublicKey, SigningKey, ed25519_from_seed

PREFIX = "KA1"
COST = 17
"""log2 of scrypt's N: 128 MiB and about half a second on the machine of an office."""
COSTS = range(10, 21)
SALT_BYTES, NONCE_BYTES, SEED_BYTES = 16, 12, 32
PASSPHRASE_LETTERS = 12
LINE_LETTERS = 24
_BLOCK, _PARALLEL = 8, 1
_AGENCY = re.compile(r"[a-z]{1,16}")
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class BadSealedKey(ValueError):
    """The text is no sealed key."""


class WrongPassphrase(ValueError):
    """The passphrase does not open it, or somebody changed the text."""


class SlipOfThePen(ValueError):
    """A typed line does not fit its check letters. `line`: its number, from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"baris {line} salah ketik; periksa lagi / line {line} is mistyped; look again")


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A sealed key as it stands: whose it is can be read by anyone, the seed by nobody without the passphrase."""

    agency: str
    public: PublicKey
    cost: int
    salt: bytes
    nonce: bytes
    box: bytes

    @property
    def kid(self) -> Kid:
        """The key id."""
        return Kid(self.public.kid)

    @property
    def text(self) -> str:
        """The one line of the file, and what the printed code holds."""
        return f"{_open_part(self.agency, self.public, self.cost, self.salt, self.nonce)}.{b64u(self.box)}"

    def unseal(self, passphrase: str) -> SigningKey:
        """Open it. Raises: WrongPassphrase."""
        aad = _open_part(self.agency, self.public, self.cost, self.salt, self.nonce).encode("ascii")
        try:
            seed = AESGCM(_stretch(passphrase, self.salt, self.cost)).decrypt(self.nonce, self.box, aad)
        except InvalidTag as error:
            raise WrongPassphrase(
                "sandi salah, atau berkas kunci ini diubah orang / the passphrase is wrong, or the key file was changed"
            ) from error
        key = ed25519_from_seed(seed)
        if key.public != self.public:
            raise WrongPassphrase("kunci di dalam bukan yang disebut / the key inside is not the one named")
        return key


def seal(seed: bytes, *, agency: str, passphrase: str, salt: bytes, nonce: bytes, cost: int = COST) -> SealedKey:
    """Seal a seed. seed: 32 bytes; salt: 16, nonce: 12 random bytes, never used before. Raises: BadSealedKey."""
    if (len(seed), len(salt), len(nonce)) != (SEED_BYTES, SALT_BYTES, NONCE_BYTES) or cost not in COSTS:
        raise BadSealedKey("panjang benih, garam atau nonce salah / seed, salt or nonce is of another length")
    if len(passphrase) < PASSPHRASE_LETTERS:
        raise BadSealedKey(
            f"sandi paling sedikit {PASSPHRASE_LETTERS} huruf; pakai empat kata acak / "
            f"a passphrase has at least {PASSPHRASE_LETTERS} letters; use four random words"
        )
    if _AGENCY.fullmatch(agency) is None:
        raise BadSealedKey("lembaga tidak dikenal / the agency is not known")
    public = ed25519_from_seed(seed).public
    aad = _open_part(agency, public, cost, salt, nonce).encode("ascii")
    return SealedKey(
        agency, public, cost, salt, nonce, AESGCM(_stretch(passphrase, salt, cost)).encrypt(nonce, seed, aad)
    )


def read_sealed(text: str) -> SealedKey:
    """Read a sealed key. Raises: BadSealedKey."""
    parts = text.strip().split(".")
    if len(parts) != 7 or parts[0] != PREFIX or _AGENCY.fullmatch(parts[1]) is None:
        raise BadSealedKey("bukan kunci admin Kawal / not a Kawal administrator's key")
    if not (parts[3].isascii() and parts[3].isdecimal() and len(parts[3]) == 2 and int(parts[3]) in COSTS):
        raise BadSealedKey("biaya sandi di luar batas / the passphrase's cost is out of bounds")
    try:
        x, salt, nonce, box = (unb64u(parts[at]) for at in (2, 4, 5, 6))
    except NotCanonical as error:
        raise BadSealedKey(str(error)) from error
    if (len(x), len(salt), len(nonce), len(box)) != (32, SALT_BYTES, NONCE_BYTES, SEED_BYTES + 16):
        raise BadSealedKey("kunci terpotong atau berlebih / the key is cut off or too long")
    return SealedKey(parts[1], PublicKey(ED25519, x), int(parts[3]), salt, nonce, box)


def printed(text: str) -> list[tuple[str, str]]:
    """A text as lines to be copied by hand, in groups of four, each with two check letters."""
    lines = [text[at : at + LINE_LETTERS] for at in range(0, len(text), LINE_LETTERS)]
    return [
        (" ".join(line[at : at + 4] for at in range(0, len(line), 4)), _check(number, line))
        for number, line in enumerate(lines, 1)
    ]


def typed(lines: Sequence[tuple[str, str]]) -> str:
    """Join lines typed from paper with their check letters. Raises: SlipOfThePen for the first that does not fit."""
    joined = []
    for number, (line, check) in enumerate(lines, 1):
        plain = "".join(line.split())
        if _check(number, plain) != check.strip().upper():
            raise SlipOfThePen(number)
        joined.append(plain)
    return "".join(joined)


def _check(number: int, line: str) -> str:
    first = int.from_bytes(hashlib.sha256(f"{number}:{line}".encode()).digest()[:2]) >> 6
    return _CROCKFORD[first >> 5] + _CROCKFORD[first & 31]


def _open_part(agency: str, public: PublicKey, cost: int, salt: bytes, nonce: bytes) -> str:
    return f"{PREFIX}.{agency}.{b64u(public.x)}.{cost}.{b64u(salt)}.{b64u(nonce)}"


def _stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    n = 1 << cost
    return hashlib.scrypt(passphrase.encode(), salt=salt, n=n, r=_BLOCK, p=_PARALLEL, maxmem=256 * _BLOCK * n, dklen=32)
