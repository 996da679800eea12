"""Two logs of one area: each event in its own, and of the guards nothing public but hashes."""

import itertools
import json
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from kawal.ledger.checkpoint import sign_checkpoint
from kawal.ledger.encoding import b64, b64u, blob_name, digest
from kawal.ledger.log_of import EVENT_LOG, KOTAK, LOG_NAMES, MANIFEST_LOG, PENGAMANAN, LogName, accepts, is_public
from kawal.ledger.proof import write_add_checkpoint, write_proof
from kawal.ledger.tiles import TileWriter
from kawal.ledger.tree import Tree, leaf_hash
from tests.mission.ledger.scene import HOUR, Log, event_of, key_of


@pytest.mark.parametrize("t", EVENT_LOG)
def test_an_event_enters_its_own_log(t: str) -> None:
    home = EVENT_LOG[t]
    if t not in ("custody.offer", "register.manifest"):
        assert [log for log in LOG_NAMES if accepts(log, t, {})] == [log for log in LOG_NAMES if home in (log, "both")]


@pytest.mark.parametrize(
    ("what", "home"), [("box", KOTAK), ("post", PENGAMANAN), ("vehicle", PENGAMANAN), (None, PENGAMANAN)]
)
def test_an_offer_enters_the_log_of_what_is_handed_over(what: str | None, home: LogName) -> None:
    assert [log for log in LOG_NAMES if accepts(log, "custody.offer", {"what": what})] == [home]


@pytest.mark.parametrize("kind", MANIFEST_LOG)
def test_a_manifest_enters_the_log_of_its_kind(kind: str) -> None:
    homes = [log for log in LOG_NAMES if MANIFEST_LOG[kind] in (log, "both")]
    assert [log for log in LOG_NAMES if accepts(log, "register.manifest", {"kind": kind})] == homes


@pytest.mark.parametrize("log", LOG_NAMES)
def test_a_type_nobody_knows_yet_may_enter_either(log: LogName) -> None:
    assert accepts(log, "later.thing", {})


PUBLIC = (
    *("policy", "checkpoint", "checkpoint-unwitnessed", "checkpoint.1234", "cons.12.345"),
    *("tile/0/000", "tile/0/000.p/17", "tile/1/x001/234", "tile/2/x001/x234/067.p/255"),
)
RELEASED = (
    "tile/entries/000",
    "tile/entries/x001/234.p/3",
    f"blobs/{'ab' * 32}",
    "proofs/3.jws",
    "proofs/3.tlog-proof",
    "events.jws",
)
NEVER = (
    *(
        "",
        "/policy",
        "policy/",
        "policy.bak",
        "checkpoint/../events.jws",
        "checkpoint.",
        "cons.1",
        "log.key",
        "export.json",
    ),
    *(
        f"tile/../blobs/{'ab' * 32}",
        "tile/0/../entries/000",
        "tile//entries/000",
        "tile/0/000/../../entries/000",
        "tile/x",
    ),
    *("tile/entries/../../log.key", "blobs/../log.key", "proofs/", "policy\n", "TILE/0/000", "tile/0/٠٠٠"),
)


@pytest.mark.parametrize("path", PUBLIC)
def test_checkpoints_and_hash_tiles_are_anyone_s(path: str) -> None:
    assert all(is_public(log, path) for log in LOG_NAMES)


@pytest.mark.parametrize("path", RELEASED)
def test_entries_are_public_in_one_log_and_once_released(path: str) -> None:
    assert not any(is_public(log, path) for log in LOG_NAMES)
    assert is_public(KOTAK, path, entries_released=True)
    assert not is_public(PENGAMANAN, path, entries_released=True)


@pytest.mark.parametrize("path", NEVER)
def test_no_other_path_is_public(path: str) -> None:
    assert not any(is_public(log, path, entries_released=True) for log in LOG_NAMES)


STRENGTH, CLASS, POST = "7", "sangat-rawan", "pos-gudang-5303"
POSTS = f"post,site,ring,min_strength,beat_s,from,to\n{POST},gudang-5303,1,{STRENGTH},1800,0,9\n".encode()
ROSTER = f"post,who,from,to\n{POST},p-guard,0,9\n".encode()
PLACE = [-9_446_000, 124_478_000, 8]


def guarded() -> Log:
    """A log of guards with a post's strength, a guard's place and a vulnerability class in it."""
    log = Log(PENGAMANAN).opened(kpu="kpu", bawaslu="bawaslu", post="post")
    guard = log.enrols("guard", role="guard", unit="polres-5303", agency="polri")
    for kind, manifest in (("posts", POSTS), ("roster", ROSTER)):
        log.add(log.admins["post"].signs("register.manifest", HOUR, kind=kind, mh=digest(manifest), n=1))
    log.add(log.admins["post"].signs("command.log", HOUR, note=f"{POST}: {CLASS}"))
    for number in range(300):
        log.add(guard.signs("guard.beat", HOUR + 60 * number, post=POST, site="gudang-5303", pos=PLACE))
    return log


def exported(log: Log) -> Iterator[tuple[str, bytes]]:
    """Every file of the log's export, public or not."""
    writer, key, origin = TileWriter(), key_of("log"), f"kpu.example/{log.name}"
    for jws in log.leaves:
        yield from ((file.path, file.data) for file in writer.append(jws))
    yield from ((file.path, file.data) for file in writer.partial())
    tree = Tree(map(leaf_hash, log.leaves))
    checkpoint = sign_checkpoint(origin, tree.size, tree.root(), key).encode()
    older = sign_checkpoint(origin, 256, tree.root(256), key).encode()
    yield from (("checkpoint", checkpoint), ("checkpoint.256", older), ("policy", b"quorum none\n"))
    yield f"cons.256.{tree.size}", write_add_checkpoint(256, tree.consistency(256, tree.size), checkpoint)
    yield from ((f"blobs/{blob_name(digest(blob))}", blob) for blob in (POSTS, ROSTER))
    for index in (3, len(log.leaves) - 1):
        yield f"proofs/{index}.jws", log.leaves[index]
        yield f"proofs/{index}.tlog-proof", write_proof(index, tree.inclusion(index, tree.size), checkpoint)
    yield "events.jws", b"\n".join(log.leaves)


@pytest.fixture(scope="module")
def guards() -> Log:
    return guarded()


@pytest.fixture(scope="module")
def public(guards: Log) -> dict[str, bytes]:
    return {path: data for path, data in exported(guards) if is_public(PENGAMANAN, path, entries_released=True)}


def test_the_public_of_the_guards_log_are_its_hashes(public: dict[str, bytes]) -> None:
    assert set(public) == {
        *("policy", "checkpoint", "checkpoint.256", "cons.256.306"),
        *("tile/0/000", "tile/0/001.p/50", "tile/1/000.p/1"),
    }


def test_no_secret_of_the_guards_stands_in_what_is_public(guards: Log, public: dict[str, bytes]) -> None:
    everything = b"".join(public.values())
    event = event_of(guards.leaves[-1])
    secrets = [
        POST,
        CLASS,
        "gudang-5303",
        "polres-5303",
        "p-guard",
        "guard.beat",
        str(PLACE[0]),
        str(PLACE[1]),
        event.kid,
    ]
    for secret in secrets:
        for form in (secret.encode(), b64u(secret.encode())[:-2].encode(), b64(secret.encode())[:-4].encode()):
            assert form not in everything
    for blob in (POSTS, ROSTER):
        assert digest(blob).encode() not in everything
        assert blob_name(digest(blob)).encode() not in everything
        assert bytes.fromhex(blob_name(digest(blob))) not in everything


def guesses(guards: Log) -> Iterator[bytes]:
    """What somebody who knows the form, the guard, the place and the minute can write without the guard's key."""
    for jws in guards.leaves[5:]:
        header, payload, _ = jws.split(b".")
        yield from (payload, header + b"." + payload, header + b"." + payload + b".")
        yield header + b"." + payload + b"." + b64u(bytes(64)).encode()
        yield header + b"." + payload + b"." + b64u(key_of("outsider").sign(header + b"." + payload)).encode()
        plain: dict[str, Any] = dict(event_of(jws).payload)
        yield json.dumps(plain, separators=(",", ":")).encode()
    yield from (POSTS, ROSTER, POST.encode(), CLASS.encode(), *(str(count).encode() for count in range(100)))


def test_no_guess_at_an_event_is_confirmed_by_its_leaf(guards: Log, public: dict[str, bytes]) -> None:
    tiles = b"".join(data for path, data in public.items() if path.startswith("tile/0/"))
    hashes = {tiles[at : at + 32] for at in range(0, len(tiles), 32)}
    assert {leaf_hash(jws) for jws in guards.leaves} == hashes, "the log itself would be recognised"
    assert not any(leaf_hash(guess) in hashes for guess in guesses(guards))


def test_equal_events_leave_no_equal_hashes(public: dict[str, bytes]) -> None:
    tiles = b"".join(data for path, data in sorted(public.items()) if path.startswith("tile/0/"))
    hashes = [tiles[at : at + 32] for at in range(0, len(tiles), 32)]
    assert len(set(hashes)) == len(hashes)
    assert len(zlib.compress(tiles)) >= len(tiles), "nothing in them repeats"


def test_all_files_of_an_export_are_placed(guards: Log) -> None:
    placed = set(itertools.chain(PUBLIC, RELEASED))
    kinds = {path.split("/")[0].split(".")[0] for path in placed}
    assert {path.split("/")[0].split(".")[0] for path, _ in exported(guards)} <= kinds
