"""A photo or manifest is kept under its hash, once, whole, and only if it is what its hash says."""

import os
from collections.abc import Iterator
from hashlib import sha256
from itertools import repeat
from pathlib import Path

import pytest

from kawal.election.manifests import Blobs as ManifestBlobs
from kawal.ledger.encoding import digest
from kawal_machine.files import WouldOverwrite
from kawal_server.store.blobs import BLOB_LIMIT_BYTES, Blobs, BlobTooLarge, WrongBlob
from kawal_server.store.files import DurableFolder

PHOTO = b"\xff\xd8" + bytes(range(256)) * 40
HEX = sha256(PHOTO).hexdigest()


def below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_is_kept_is_read_back_by_the_hash_that_events_name(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "kotak")
    reader: ManifestBlobs = blobs
    assert not blobs.holds(digest(PHOTO))
    assert reader.read(digest(PHOTO)) is None
    assert blobs.keep(PHOTO, HEX) == blobs.keep(PHOTO) == digest(PHOTO)
    assert (reader.read(digest(PHOTO)), blobs.holds(digest(PHOTO))) == (PHOTO, True)
    assert below(tmp_path) == [f"kotak/blobs/{HEX}"]


def test_other_bytes_than_the_hash_says_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "kotak")
    for kept in (False, True):
        for given, expected in [(PHOTO[:-1], HEX), (b"", HEX), (PHOTO + b"x", HEX)]:
            with pytest.raises(WrongBlob, match="send the original file again"):
                blobs.keep(given, expected)
            with pytest.raises(WrongBlob):
                blobs.keep_stream([given[:99], given[99:]], expected)
        assert below(tmp_path) == ([f"kotak/blobs/{HEX}"] if kept else [])
        blobs.keep(PHOTO, HEX)


@pytest.mark.parametrize("name", ["", "../policy", HEX.upper(), HEX[:-1], digest(PHOTO), f"{HEX}\n"])
def test_a_name_that_is_no_hash_reaches_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongBlob, match="not a SHA-256"):
        Blobs(tmp_path / "kotak").keep(PHOTO, name)
    assert below(tmp_path) == []


@pytest.mark.parametrize("named", ["", "../../policy", HEX, digest(PHOTO)[:-1], digest(PHOTO) + "=", "é" * 43])
def test_a_reference_that_is_no_digest_is_held_by_nobody(tmp_path: Path, named: str) -> None:
    blobs = Blobs(tmp_path / "kotak")
    blobs.keep(PHOTO)
    assert (blobs.read(named), blobs.holds(named)) == (None, False)


def test_too_many_bytes_are_refused_before_they_are_all_read(tmp_path: Path) -> None:
    blobs, taken = Blobs(tmp_path / "kotak"), 0
    largest = bytes(BLOB_LIMIT_BYTES)
    assert blobs.keep(largest) == digest(largest)

    def endless() -> Iterator[bytes]:
        nonlocal taken
        for chunk in repeat(bytes(1024 * 1024)):
            taken += 1
            yield chunk

    with pytest.raises(BlobTooLarge, match="16 MiB"):
        blobs.keep_stream(endless(), HEX)
    assert taken == BLOB_LIMIT_BYTES // 1024 // 1024 + 1
    with pytest.raises(BlobTooLarge):
        blobs.keep(largest + b"x")
    assert len(below(tmp_path)) == 1


def test_a_large_upload_comes_in_pieces(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "kotak")
    pieces = [PHOTO[at : at + 100] for at in range(0, len(PHOTO), 100)]
    assert blobs.keep_stream(iter(pieces), HEX) == blobs.keep_stream(iter(pieces), HEX) == digest(PHOTO)
    assert blobs.read(digest(PHOTO)) == PHOTO


def test_a_damaged_file_counts_as_not_there_and_the_right_bytes_mend_it(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "kotak")
    blobs.keep(PHOTO)
    (tmp_path / "kotak/blobs" / HEX).write_bytes(PHOTO[:-1])
    assert (blobs.read(digest(PHOTO)), blobs.holds(digest(PHOTO))) == (None, False)
    blobs.keep(PHOTO)
    assert blobs.read(digest(PHOTO)) == PHOTO


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield PHOTO[:100]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        Blobs(tmp_path / "kotak").keep_stream(broken(), HEX)
    assert below(tmp_path) == []


def test_a_kept_file_is_never_given_other_bytes(tmp_path: Path) -> None:
    folder = DurableFolder(tmp_path / "log")
    folder.keep("tile/0/000", b"a")
    folder.keep("tile/0/000", b"a")
    with pytest.raises(WouldOverwrite, match="mirror"):
        folder.keep("tile/0/000", b"b")
    assert folder.read("tile/0/000") == b"a"
    assert folder.read("tile/0/001") is None


def test_what_a_killed_process_left_is_swept_unless_somebody_is_writing(tmp_path: Path) -> None:
    folder = DurableFolder(tmp_path / "log")
    folder.keep("policy", b"a")
    left = tmp_path / ".incoming/tmpleft"
    left.write_bytes(b"half")

    def swept_meanwhile() -> Iterator[bytes]:
        yield b"a"
        DurableFolder(tmp_path / "log").sweep()
        yield b"b"

    folder.replace("checkpoint", swept_meanwhile())
    assert (folder.read("checkpoint"), left.exists()) == (b"ab", True)
    folder.sweep()
    assert not left.exists()


def test_bytes_are_on_disk_before_their_name_and_the_name_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, link, replace = os.fsync, os.link, os.replace

    def synced(handle: int) -> None:
        done.append(f"fsync {os.readlink(f'/proc/self/fd/{handle}')}")
        sync(handle)

    def linked(source: str, target: Path) -> None:
        done.append(f"name {target}")
        link(source, target)

    def replaced(source: str, target: Path) -> None:
        done.append(f"name {target}")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "link", linked)
    monkeypatch.setattr(os, "replace", replaced)
    folder = DurableFolder(tmp_path / "log")
    folder.keep("tile/0/000", b"a")
    first, done[:] = list(done), []
    folder.replace("tile/0/000", [b"b"])
    target = tmp_path / "log/tile/0/000"
    for steps in (first, done):
        assert steps[0].startswith(f"fsync {tmp_path / '.incoming'}/")
        assert steps[1:3] == [f"name {target}", f"fsync {target.parent}"]
    assert set(first[3:]) == {f"fsync {folder}" for folder in target.parents if folder.is_relative_to(tmp_path)} - {
        first[2]
    }
    assert done[3:] == []
