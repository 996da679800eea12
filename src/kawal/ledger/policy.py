"""The trust policy: which log, which witnesses, and how many of whom make a quorum. Source: C2SP tlog-policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kawal.ledger.checkpoint import Checkpoint, check_log_signature, cosignature_time, median
from kawal.ledger.note import COSIGNATURE, LOG_SIGNATURE, BadNote, NoteKey, read_vkey

NAMES_LIMIT = 256


class BadPolicy(ValueError):
    """The file is not a tlog-policy."""


class NoQuorum(ValueError):
    """Too few of the right witnesses cosigned this checkpoint."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group counts as a witness when at least `threshold` of its members do."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A read policy. `quorum` names a witness or group, or is "none"."""

    logs: tuple[NoteKey, ...]
    witnesses: Mapping[str, NoteKey]
    groups: Mapping[str, Group]
    quorum: str
    urls: Mapping[str, str] = field(default_factory=dict)

    def log_of(self, origin: str) -> NoteKey:
        """The key of the log with this origin. Raises: NoQuorum when the policy does not know it."""
        for key in self.logs:
            if key.name == origin:
                return key
        raise NoQuorum(f"log {origin} tidak ada dalam kebijakan / the policy does not know the log {origin}")

    def is_met(self, cosigned: set[str]) -> bool:
        """Tell whether these witnesses (names of this policy) make the quorum."""
        return self.quorum == "none" or self._counts(self.quorum, cosigned)

    def _counts(self, name: str, cosigned: set[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in cosigned
        return sum(self._counts(member, cosigned) for member in group.members) >= group.threshold

    def witness_times(self, checkpoint: Checkpoint) -> dict[str, int]:
        """Which witnesses cosigned, and when. Raises: BadNote on a false line of a known witness."""
        times = {name: cosignature_time(checkpoint, key) for name, key in self.witnesses.items()}
        return {name: at for name, at in times.items() if at is not None}

    def check(self, checkpoint: Checkpoint) -> int | None:
        """Check the log's signature and the quorum; gives the median witness time (None with `quorum none`).

        Raises: BadNote, NoQuorum.
        """
        check_log_signature(checkpoint, self.log_of(checkpoint.origin))
        times = self.witness_times(checkpoint)
        if not self.is_met(set(times)):
            names = ", ".join(sorted(times)) or "-"
            raise NoQuorum(f"kuorum tidak tercapai / the quorum is not met; cosigned by: {names}")
        return median(list(times.values())) if times else None


def read_policy(data: bytes) -> Policy:
    """Read a tlog-policy file. Raises: BadPolicy."""
    if any((octet < 0x20 and octet not in (0x09, 0x0A)) or octet == 0x7F for octet in data):
        raise BadPolicy("kebijakan memuat huruf kendali / the policy holds a control character")
    # Latin-1 keeps every octet apart: names are opaque octets and are never compared as Unicode.
    draft = _Draft()
    for number, line in enumerate(data.decode("latin-1").split("\n"), 1):
        words = [word for word in line.replace("\t", " ").split(" ") if word]
        if words and not words[0].startswith("#"):
            try:
                draft.take(words)
            except (BadPolicy, BadNote) as error:
                raise BadPolicy(f"kebijakan baris {number} / policy line {number}: {error}") from error
    if draft.quorum is None:
        raise BadPolicy("kebijakan tanpa kuorum / the policy has no quorum line")
    return Policy(tuple(draft.logs), draft.witnesses, draft.groups, draft.quorum, draft.urls)


class _Draft:
    def __init__(self) -> None:
        self.logs: list[NoteKey] = []
        self.witnesses: dict[str, NoteKey] = {}
        self.groups: dict[str, Group] = {}
        self.quorum: str | None = None
        self.urls: dict[str, str] = {}
        self._grouped: set[str] = set()

    def take(self, words: Sequence[str]) -> None:
        match words:
            case ["log", vkey, *url] if len(url) < 2:
                self._log(vkey, url)
            case ["witness", name, vkey, *url] if len(url) < 2:
                self._witness(name, vkey, url)
            case ["group", name, threshold, *members]:
                self._group(name, threshold, members)
            case ["quorum", name]:
                self._quorum(name)
            case _:
                raise BadPolicy(f"baris tidak dikenal / unknown line: {' '.join(words)[:60]}")

    def _log(self, vkey: str, url: Sequence[str]) -> None:
        key = read_vkey(vkey.encode("latin-1").decode("utf-8", "replace"))
        if key.kind != LOG_SIGNATURE:
            raise BadPolicy("kunci log bukan jenis 0x01 / a log key must be of type 0x01")
        if any(other.public == key.public for other in self.logs):
            raise BadPolicy("log disebut dua kali / a log stands twice")
        self.logs.append(key)
        self.urls.update({f"log {key.name}": address for address in url})

    def _witness(self, name: str, vkey: str, url: Sequence[str]) -> None:
        key = read_vkey(vkey.encode("latin-1").decode("utf-8", "replace"))
        if key.kind != COSIGNATURE:
            raise BadPolicy("kunci saksi bukan jenis 0x04 / a witness key must be of type 0x04")
        if any(other.public == key.public for other in self.witnesses.values()):
            raise BadPolicy("saksi disebut dua kali / a witness stands twice")
        self._new_name(name)
        self.witnesses[name] = key
        self.urls.update({f"witness {name}": address for address in url})

    def _group(self, name: str, threshold: str, members: Sequence[str]) -> None:
        if not members:
            raise BadPolicy("kelompok tanpa anggota / a group without members")
        for member in members:
            if member not in self.witnesses and member not in self.groups:
                raise BadPolicy(f"anggota belum disebut / unknown member: {member[:60]}")
            if member in self._grouped:
                raise BadPolicy(f"anggota sudah dalam kelompok lain / member of two groups: {member[:60]}")
            self._grouped.add(member)
        self._new_name(name)
        self.groups[name] = Group(_threshold(threshold, len(members)), tuple(members))

    def _quorum(self, name: str) -> None:
        if self.quorum is not None:
            raise BadPolicy("dua kuorum / two quorum lines")
        if name != "none" and name not in self.witnesses and name not in self.groups:
            raise BadPolicy(f"kuorum belum disebut / unknown quorum: {name[:60]}")
        self.quorum = name

    def _new_name(self, name: str) -> None:
        if name == "none" or name in self.witnesses or name in self.groups:
            raise BadPolicy(f"nama sudah dipakai / name taken: {name[:60]}")
        if len(self.witnesses) + len(self.groups) >= NAMES_LIMIT:
            raise BadPolicy("terlalu banyak nama / too many names")


def _threshold(text: str, members: int) -> int:
    if text == "any":
        return 1
    if text == "all":
        return members
    if not (text.isascii() and text.isdigit()) or len(text) > 4 or not 1 <= int(text) <= members:
        raise BadPolicy(f"ambang salah / bad threshold: {text[:20]}")
    return int(text)
