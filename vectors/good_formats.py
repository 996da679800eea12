"""Good vectors of everything that is bytes: encodings, keys, events, trees, tiles, notes, proofs, policies, codes."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from itertools import combinations
from typing import Any

from kawal.ledger.checkpoint import body, cosign, read_checkpoint, sign_checkpoint
from kawal.ledger.encoding import b64, b64u, blob_name, digest
from kawal.ledger.event import header_bytes, leaf_id, read_event
from kawal.ledger.keys import SigningKey
from kawal.ledger.note import COSIGNATURE, Note, NoteKey, SignatureLine
from kawal.ledger.policy import read_policy
from kawal.ledger.proof import MAGIC, write_add_checkpoint, write_proof
from kawal.ledger.qr import pack_event, pack_manifest, paper_code, split_parts, text_code
from kawal.ledger.tiles import WIDTH, bundle, tile_path, tile_sizes
from kawal.ledger.tree import Tree, leaf_hash
from vectors.hostile_events import EID, ES_KEY, JWS, KEY, MEMBERS, PAYLOAD, File
from vectors.hostile_records import ENTRIES, LOG_KEY, LOG_VKEY, ORIGIN, TREE
from vectors.scene import OPENED_AT, compact, es256_secret_of, key_json, key_of, seed_of, sign_bytes, with_high_s

BIG_SIZES = (255, 256, 257, 1000, 65_535, 65_536, 65_537)
WITNESSES = ("bawaslu-1", "bawaslu-2", "observer-1", "observer-2", "observer-3")


def format_files() -> Iterator[File]:
    """Give every good vector of a format."""
    for kind, about, cases in (
        (
            "encoding",
            "Bytes, their two texts, their digest, and the name of the file that holds them.",
            _encodings(),
        ),
        ("key", "Key ids (RFC 7638). A seed or a secret number is given, so that anyone can sign the same.", _keys()),
        ("event", "Payload bytes, the JWS that holds them, and what it says.", _events()),
        ("tree", "Roots and proofs; leaf n of a tree is the text `leaf n`.", _trees()),
        ("tile", "Paths and bytes of tiles and entry bundles; entry n is the text `leaf n`.", _tiles()),
        ("checkpoint", "Tree heads, signed by the log and cosigned by witnesses.", _checkpoints()),
        ("proof", "Proof files and the entries they prove.", _proofs()),
        ("add-checkpoint", "Bodies by which a log asks a witness, with both roots.", _add_checkpoints()),
        ("policy", "Trust policies, and which witnesses meet the quorum.", _policies()),
        ("qr", "Packed bytes and their parts. Reading must agree; another deflate may pack otherwise.", _qr_codes()),
        ("code", "Codes that people read and type.", _codes()),
        ("idc", "Salted commitments to a person.", _commitments()),
    ):
        content = {"name": kind, "about": about, "kind": kind, "cases": list(cases)}
        yield f"good/{kind}.json", content


def _encodings() -> Iterator[dict[str, str]]:
    for data in (b"", b"f", b"fo", b"foo", b"\xfb\xff\xfe", bytes(range(32)), "kotak ✓".encode()):
        named = digest(data)
        yield {
            "hex": data.hex(),
            "b64u": b64u(data),
            "b64": b64(data),
            "digest": named,
            "blob": blob_name(named),
            "leaf_id": leaf_id(data),
        }


def _keys() -> Iterator[dict[str, Any]]:
    for name in ("ppk-530305", "kpu-5303"):
        yield {"seed": seed_of(name).hex(), **key_json(key_of(name).public)}
    yield {"secret": _es256_secret(), **key_json(ES_KEY.public)}


def _es256_secret() -> str:
    return es256_secret_of("kpps-5303052001003").to_bytes(32).hex()


def _events() -> Iterator[dict[str, Any]]:
    end = PAYLOAD[:-1]
    full = compact({**MEMBERS, "x": "x" * (4096 - len(compact({**MEMBERS, "x": ""})))})
    assert len(full) == 4096
    genesis = {**MEMBERS, "t": "ledger.genesis", "prev": "", "origin": ORIGIN, "admins": [], "need": 2, "policy": EID}
    for about, payload in (
        ("the least an event holds", compact({"v": 1, "t": "x", "seq": 1, "prev": EID, "ts": 0})),
        ("a check of a box", PAYLOAD),
        ("with a checkpoint", compact({**MEMBERS, "cp": [13, b64u(TREE.root(13))]})),
        ("a genesis has nothing before it", compact(genesis)),
        ("letters beyond ASCII", compact({**MEMBERS, "note": "ꦏꦺꦴꦠꦏ꧀ · kotak № 3 ✓ 🗳"})),
        (
            "a note of 500 characters, each two UTF-16 units: characters are counted",
            compact({**MEMBERS, "note": "🗳" * 500}),
        ),
        ("spaces between members: the bytes are kept as they were signed", PAYLOAD.replace(b",", b" ,\n")),
        ("an escaped letter: the bytes are kept as they were signed", PAYLOAD.replace(b"GUB", b"\\u0047UB")),
        ("a pair of surrogates, escaped", end + b',"note":"\\ud83d\\uddf3"}'),
        ("the largest and the smallest integer", end + b',"n":[9007199254740991,-9007199254740991,0]}'),
        ("four levels", end + b',"a":[[{}]]}'),
        ("an unknown type and an unknown member", compact({**MEMBERS, "t": "later.thing", "later": None})),
        ("members in another order", compact(dict(reversed(MEMBERS.items())))),
        ("4,096 bytes", full),
    ):
        yield _event(about, payload, KEY, seed_of("ppk-530305").hex())
    yield _event("ES256", PAYLOAD, ES_KEY, None)
    yield _event("ES256 signed again with n - s: another eid, the same pid", PAYLOAD, with_high_s(ES_KEY), None)


def _event(about: str, payload: bytes, key: SigningKey, seed: str | None) -> dict[str, Any]:
    jws = sign_bytes(payload, key)
    event = read_event(jws.encode()).event
    return {
        "about": about,
        "seed": seed,
        "key": key_json(key.public),
        "payload": payload.decode(),
        "header": header_bytes(key.public.alg, key.kid).decode(),
        "jws": jws,
        "eid": event.eid,
        "pid": event.pid,
        "kid": event.kid,
        "says": {"t": event.t, "seq": event.seq, "prev": event.prev, "ts": event.ts, "cp": event.cp},
    }


@lru_cache
def _big_tree() -> Tree:
    return Tree([leaf_hash(f"leaf {number}".encode()) for number in range(max(BIG_SIZES))])


def _trees() -> Iterator[dict[str, Any]]:
    tree = _big_tree()
    for size in (*range(21), *BIG_SIZES):
        yield {"size": size, "root": b64(tree.root(size))}
    places = [(index, size) for size in range(1, 10) for index in range(size)]
    for index, size in (*places, (0, 257), (255, 257), (256, 257), (999, 1000), (40_000, 65_537), (65_536, 65_537)):
        yield {"size": size, "index": index, "inclusion": [b64(node) for node in tree.inclusion(index, size)]}
    pairs = [(old, new) for new in range(10) for old in range(new + 1)]
    for old, new in (*pairs, (255, 257), (256, 257), (256, 65_536), (1000, 65_537), (65_536, 65_537)):
        yield {"old": old, "size": new, "consistency": [b64(node) for node in tree.consistency(old, new)]}


def _tiles() -> Iterator[dict[str, Any]]:
    for level, index, width in ((0, 0, 256), (0, 0, 1), (1, 999, 256), (0, 1000, 255), (2, 1_234_067, 256), (63, 0, 7)):
        yield {"level": level, "index": index, "width": width, "path": tile_path(level, index, width)}
    yield {"level": "entries", "index": 1_234_067, "width": 17, "path": tile_path("entries", 1_234_067, 17)}
    tree = _big_tree()
    for size in (1, 255, 256, 257, 513, 65_536, 65_537):
        files = [[tile_path(*which), sha256(_tile(tree, *which)).hexdigest()] for which in tile_sizes(size)]
        yield {"size": size, "tiles": len(files), "first_and_last": [*files[:2], *files[-3:]]}
    yield {"entries": [entry.decode() for entry in ENTRIES[:3]], "bundle": b64(bundle(ENTRIES[:3]))}
    yield {"entries": [], "bundle": ""}


def _tile(tree: Tree, level: int, index: int, width: int) -> bytes:
    span = WIDTH**level
    start = index * WIDTH * span
    # A node is the root of its leaves: cut out, they are a tree of their own.
    leaves = _leaf_hashes()
    if level == 0:
        return b"".join(leaves[start : start + width])
    return b"".join(Tree(leaves[start + n * span : start + (n + 1) * span]).root() for n in range(width))


@lru_cache
def _leaf_hashes() -> list[bytes]:
    return [leaf_hash(f"leaf {number}".encode()) for number in range(max(BIG_SIZES))]


def _vkey(witness: str) -> NoteKey:
    return NoteKey(f"{witness}.example", COSIGNATURE, key_of(f"{witness}.example").public.x)


def _cosigned(times: dict[str, int], size: int = 13) -> Note:
    signed = sign_checkpoint(ORIGIN, size, TREE.root(size), LOG_KEY)
    lines = [cosign(signed, _vkey(name).name, key_of(_vkey(name).name), at) for name, at in times.items()]
    return Note(signed.text, (*signed.lines, *lines))


def _cosigner(witness: str, at: int) -> dict[str, Any]:
    key = _vkey(witness)
    return {"name": key.name, "seed": seed_of(key.name).hex(), "vkey": key.vkey(), "time": at}


def _checkpoints() -> Iterator[dict[str, Any]]:
    for size in (0, 1, 13):
        yield {
            "about": "signed by the log",
            "origin": ORIGIN,
            "size": size,
            "root": b64(TREE.root(size)),
            "body": body(ORIGIN, size, TREE.root(size)),
            "log": {"seed": seed_of(ORIGIN).hex(), "vkey": LOG_VKEY.vkey()},
            "cosigners": [],
            "text": sign_checkpoint(ORIGIN, size, TREE.root(size), LOG_KEY).encode().decode(),
        }
    times = {"bawaslu-1": OPENED_AT, "observer-2": OPENED_AT + 7}
    unknown = SignatureLine("later.example", b"\x01\x02\x03\x04", b"\x06" * 2428)
    noted = _cosigned(times)
    for about, note in (
        ("cosigned by two witnesses", noted),
        ("with a line of a kind nobody knows yet, passed over", Note(noted.text, (*noted.lines, unknown))),
    ):
        cosigners = [_cosigner(name, at) for name, at in times.items()]
        yield {
            "about": about,
            "origin": ORIGIN,
            "size": 13,
            "root": b64(TREE.root(13)),
            "body": note.text,
            "log": {"seed": seed_of(ORIGIN).hex(), "vkey": LOG_VKEY.vkey()},
            "cosigners": cosigners,
            "text": note.encode().decode(),
        }


def _proofs() -> Iterator[dict[str, Any]]:
    for index, size in ((0, 1), (0, 13), (5, 13), (12, 13)):
        checkpoint = _cosigned({"bawaslu-1": OPENED_AT}, size).encode()
        file = write_proof(index, TREE.inclusion(index, size), checkpoint).decode()
        yield {"index": index, "size": size, "entry": ENTRIES[index].decode(), "extra": None, "file": file}
    with_extra = file.replace(MAGIC, f"{MAGIC}\nextra {b64(b'berita acara 17')}")
    yield {"index": 12, "size": 13, "entry": ENTRIES[12].decode(), "extra": b64(b"berita acara 17"), "file": with_extra}


def _add_checkpoints() -> Iterator[dict[str, Any]]:
    for old, new in ((0, 13), (6, 13), (8, 13), (13, 13)):
        checkpoint = sign_checkpoint(ORIGIN, new, TREE.root(new), LOG_KEY).encode()
        text = write_add_checkpoint(old, TREE.consistency(old, new), checkpoint).decode()
        yield {"old": old, "new": new, "old_root": b64(TREE.root(old)), "new_root": b64(TREE.root(new)), "body": text}


def _policies() -> Iterator[dict[str, Any]]:
    head = f"log {LOG_VKEY.vkey()} https://kpu.example/log\n" + "".join(
        f"witness {name} {_vkey(name).vkey()}\n" for name in WITNESSES
    )
    groups = (
        "group supervisor any bawaslu-1 bawaslu-2\n"
        "group observers any observer-1 observer-2 observer-3\n"
        "group both all supervisor observers\nquorum both\n"
    )
    for about, text in (
        ("one of the supervisor's and one of the observers'", head + groups),
        ("two of three", head + "group two 2 observer-1 observer-2 observer-3\nquorum two\n"),
        ("one witness", head + "quorum bawaslu-2\n"),
        ("nobody is asked", head + "quorum none\n"),
        ("comments, tabs, spaces and no last line end", f"# saksi ✓\n\n {head}\tquorum\t bawaslu-1 "),
    ):
        policy = read_policy(text.encode())
        subsets = [set(some) for count in range(len(WITNESSES) + 1) for some in combinations(WITNESSES, count)]
        yield {
            "about": about,
            "text": text,
            "witnesses": list(WITNESSES),
            "meet": [sorted(some) for some in subsets if policy.is_met(some)],
            "fail": [sorted(some) for some in subsets if not policy.is_met(some)],
        }
    times = {
        "bawaslu-1": OPENED_AT + 30,
        "bawaslu-2": OPENED_AT + 10,
        "observer-1": OPENED_AT + 20,
        "observer-2": OPENED_AT + 40,
    }
    for count in (2, 3, 4):
        names = ["bawaslu-1", "observer-1", "bawaslu-2", "observer-2"][:count]
        note = _cosigned({name: times[name] for name in names})
        at = read_policy((head + groups).encode()).check(read_checkpoint(note.encode()))
        yield {
            "about": "the median witness time",
            "text": head + groups,
            "checkpoint": note.encode().decode(),
            "time": at,
        }


def _qr_codes() -> Iterator[dict[str, Any]]:
    for key, payload in ((KEY, PAYLOAD), (ES_KEY, PAYLOAD), (KEY, compact({**MEMBERS, "note": _long_note()}))):
        jws = sign_bytes(payload, key)
        packed = pack_event(jws.encode(), key.public)
        yield {"jws": jws, "key": key_json(key.public), "packed": b64(packed), "parts": split_parts(packed)}
    rows = (f"GUB-530305200{n:04d},A{n * 7919 % 100_000:05d} A{n * 104_729 % 100_000:05d}\n" for n in range(1, 61))
    csv = "box,seals\n" + "".join(rows)
    packed = pack_manifest(csv.encode())
    yield {"manifest": csv, "packed": b64(packed), "parts": split_parts(packed)}


def _long_note() -> str:
    return "".join(sha256(bytes([n])).hexdigest() for n in range(8))[:500]


def _codes() -> Iterator[dict[str, Any]]:
    for box in ("GUB-5303052001003", "BUP-5303052001003", "PPK-530305-1"):
        yield {"box": box, "code": text_code(box), "next": text_code(box, skip=7)}
    one, other = _colliding_boxes()
    assert text_code(one) == text_code(other)
    yield {"box": one, "code": text_code(one), "next": text_code(one, skip=7)}
    yield {"box": other, "code": text_code(other), "next": text_code(other, skip=7)}
    code = text_code("GUB-5303052001003")
    yield {"typed": f" {code[:4].lower()}-{code[4:].lower()} ", "read": code}
    forgiving = next(c for n in range(10_000) if {"0", "1"} <= set(c := text_code(f"PPK-530305-{n}")))
    yield {"typed": forgiving.replace("0", "o").replace("1", "l"), "read": forgiving}
    for eid in (EID, leaf_id(JWS.encode()), b64u(bytes(32)), b64u(b"\xff" * 32)):
        yield {"eid": eid, "paper": paper_code(eid)}


@lru_cache
def _colliding_boxes() -> tuple[str, str]:
    seen: dict[int, str] = {}
    number = 0
    while True:
        box = f"PPK-530305-{number}"
        start = int.from_bytes(sha256(box.encode()).digest()[:5]) >> 5
        if start in seen:
            return seen[start], box
        seen[start] = box
        number += 1


def _commitments() -> Iterator[dict[str, str]]:
    for salt, record in (
        (bytes(range(16)), '{"nama":"Orang Contoh","nip":"000000000000000000"}'),
        (bytes(16), ""),
    ):
        yield {"salt": salt.hex(), "record": record, "idc": digest(salt + record.encode())}
