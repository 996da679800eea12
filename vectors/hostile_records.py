"""Hostile notes, checkpoints, cosignatures, proofs, policies and bundles."""

from collections.abc import Iterator
from typing import Any

from kawal.ledger.checkpoint import body, cosign, sign_checkpoint
from kawal.ledger.encoding import b64
from kawal.ledger.note import COSIGNATURE, LOG_SIGNATURE, Note, NoteKey, SignatureLine
from kawal.ledger.proof import write_add_checkpoint, write_proof
from kawal.ledger.tiles import bundle
from kawal.ledger.tree import Tree, leaf_hash
from vectors.hostile_events import JWS, File, hostile
from vectors.scene import OPENED_AT, key_of

ORIGIN = "kpu.example/pilkada-2024/5303/kotak"
ENTRIES = [f"leaf {number}".encode() for number in range(21)]
TREE = Tree([leaf_hash(entry) for entry in ENTRIES])
SIZE = 13
LOG_KEY, WITNESS_KEY = key_of(ORIGIN), key_of("bawaslu-1.example")
LOG_VKEY = NoteKey(ORIGIN, LOG_SIGNATURE, LOG_KEY.public.x)
WITNESS_VKEY = NoteKey("bawaslu-1.example", COSIGNATURE, WITNESS_KEY.public.x)
SIGNED = sign_checkpoint(ORIGIN, SIZE, TREE.root(SIZE), LOG_KEY)
COSIGNED = Note(SIGNED.text, (*SIGNED.lines, cosign(SIGNED, WITNESS_VKEY.name, WITNESS_KEY, OPENED_AT)))
POLICY = f"log {LOG_VKEY.vkey()}\nwitness bawaslu {WITNESS_VKEY.vkey()}\nquorum bawaslu\n"


def record_files() -> Iterator[File]:
    """Give every hostile case of what a log publishes."""
    yield from _notes()
    yield from _checkpoints()
    yield from _cosignatures()
    yield from _proofs()
    yield from _consistency()
    yield from _bundles()
    yield from _policies()
    yield from _vkeys()


def _signed(text: str) -> str:
    line = SignatureLine(ORIGIN, LOG_VKEY.key_id, LOG_KEY.sign(text.encode()))
    return Note(text, (line,)).encode().decode()


def _notes() -> Iterator[File]:
    lawful = SIGNED.encode().decode()
    line = SIGNED.lines[0].text()
    short = f"— {ORIGIN} {b64(LOG_VKEY.key_id)}\n"
    cases = {
        "note-control-character": ("A tab.", lawful.replace("kpu", "kpu\t", 1)),
        "note-cr": ("Lines end in CR LF.", lawful.replace("\n", "\r\n")),
        "note-no-final-newline": ("The last line does not end.", lawful[:-1]),
        "note-no-signature": ("Nobody signed.", SIGNED.text + "\n"),
        "note-no-empty-line": ("No empty line before the signatures.", SIGNED.text + line),
        "note-hyphen-for-dash": ("The line begins with a hyphen.", lawful.replace("—", "-")),
        "note-name-with-plus": ("A plus in a name.", lawful.replace(f"— {ORIGIN}", f"— {ORIGIN}+a")),
        "note-name-missing": ("Nobody's line.", lawful.replace(f"— {ORIGIN} ", "— ")),
        "note-two-spaces": ("Two spaces in a signature line.", lawful.replace(f"— {ORIGIN} ", f"— {ORIGIN}  ")),
        "note-signature-only-key-id": ("Only a key id.", SIGNED.text + "\n" + short),
        "note-signature-not-base64": ("Base64 of the other alphabet.", lawful.replace("/", "_").replace("+", "-")),
        "note-text-among-signatures": ("A line of text below the signatures.", lawful + "see also\n"),
        "note-too-many-signatures": ("101 signature lines.", SIGNED.text + "\n" + line * 101),
    }
    for name, (about, text) in cases.items():
        yield hostile(name, about, "note", "note", text=text)
    yield hostile("note-not-utf8", "A byte that is no UTF-8.", "note", "note", base64=b64(b"\xff" + SIGNED.encode()))


def _checkpoints() -> Iterator[File]:
    root = TREE.root(SIZE)
    good = body(ORIGIN, SIZE, root)
    first, size, last = good.splitlines()
    cases = {
        "checkpoint-leading-zero-size": ("A size with a zero in front.", f"{first}\n013\n{last}\n"),
        "checkpoint-size-plus": ("A size with a sign.", f"{first}\n+13\n{last}\n"),
        "checkpoint-size-empty": ("No size.", f"{first}\n\n{last}\n"),
        "checkpoint-size-other-digits": ("Digits of another script.", f"{first}\n١٣\n{last}\n"),
        "checkpoint-size-hex": ("A size in hexadecimal.", f"{first}\n0xd\n{last}\n"),
        "checkpoint-size-twenty-digits": ("A size of twenty digits.", f"{first}\n{'9' * 20}\n{last}\n"),
        "checkpoint-extension-line": ("Our logs write no extension lines.", good + "extension\n"),
        "checkpoint-two-lines": ("No root.", f"{first}\n{size}\n"),
        "checkpoint-empty-origin": ("Nobody's log.", f"\n{size}\n{last}\n"),
        "checkpoint-root-short": ("A root of 31 bytes.", f"{first}\n{size}\n{b64(root[:31])}\n"),
        "checkpoint-root-url-alphabet": ("A root without padding.", f"{first}\n{size}\n{last.rstrip('=')}\n"),
        "checkpoint-root-trailing-bits": (
            "The last character of the root has bits set that no byte has.",
            f"{first}\n{size}\n{_one_bit_more(last)}\n",
        ),
    }
    for name, (about, text) in cases.items():
        yield hostile(name, about, "checkpoint", "note", text=_signed(text), vkey=LOG_VKEY.vkey())
    cr = _signed(good).replace("\n", "\r\n", 1)
    yield hostile("checkpoint-cr", "The origin ends in CR.", "checkpoint", "note", text=cr, vkey=LOG_VKEY.vkey())
    lawful, tampered = _signed(good), _signed(good).replace("\n13\n", "\n14\n")
    thief = sign_checkpoint(ORIGIN, SIZE, root, key_of("thief")).encode().decode()
    other = sign_checkpoint("kpu.example/other", SIZE, root, LOG_KEY).encode().decode()
    foreign = body("kpu.example/other", SIZE, root)
    short = Note(good, (SignatureLine(ORIGIN, LOG_VKEY.key_id, LOG_KEY.sign(good.encode())[:63]),)).encode().decode()
    for name, about, text in (
        ("checkpoint-tampered-size", "The size is another than the one signed.", tampered),
        ("checkpoint-other-key", "Another key signed under the log's name.", thief),
        ("checkpoint-other-origin", "The log's key signed for another origin.", other),
        ("checkpoint-signature-short", "A signature of 63 bytes.", short),
        ("checkpoint-origin-not-the-key-s", "The log's name signed under another origin.", _signed(foreign)),
        ("checkpoint-second-line-false", "One true line of the log and one false.", lawful + _false_line()),
    ):
        yield hostile(name, about, "checkpoint", "note", text=text, vkey=LOG_VKEY.vkey())


def _one_bit_more(padded: str) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return padded[:-2] + alphabet[alphabet.index(padded[-2]) | 1] + "="


def _false_line() -> str:
    return SignatureLine(ORIGIN, LOG_VKEY.key_id, LOG_KEY.sign(b"something else")).text()


def _cosignatures() -> Iterator[File]:
    line = cosign(SIGNED, WITNESS_VKEY.name, WITNESS_KEY, OPENED_AT)
    later = (OPENED_AT + 3600).to_bytes(8) + line.blob[8:]
    elsewhere = sign_checkpoint(ORIGIN, SIZE + 1, TREE.root(SIZE + 1), LOG_KEY)
    cases = {
        "cosignature-wrong-time": ("The time is not the one signed.", later),
        "cosignature-other-body": (
            "Cut from another checkpoint.",
            cosign(elsewhere, WITNESS_VKEY.name, WITNESS_KEY, OPENED_AT).blob,
        ),
        "cosignature-plain-signature": (
            "The witness's key over the text itself, as a log would sign.",
            line.blob[:8] + WITNESS_KEY.sign(SIGNED.text.encode()),
        ),
        "cosignature-other-key": (
            "Another key under the witness's name.",
            cosign(SIGNED, WITNESS_VKEY.name, key_of("thief"), OPENED_AT).blob,
        ),
        "cosignature-short": ("A byte is missing.", line.blob[:-1]),
        "cosignature-time-beyond-limit": (
            "The witness itself signed a time of 2^63.",
            cosign(SIGNED, WITNESS_VKEY.name, WITNESS_KEY, 2**63).blob,
        ),
        "cosignature-time-negative": ("A time beyond 2^63-1.", b"\xff" * 8 + line.blob[8:]),
    }
    for name, (about, blob) in cases.items():
        note = Note(SIGNED.text, (*SIGNED.lines, SignatureLine(line.name, line.key_id, blob)))
        text = note.encode().decode()
        yield hostile(name, about, "quorum", "note", policy=POLICY, text=text)
    unsigned = Note(COSIGNED.text, COSIGNED.lines[1:]).encode().decode()
    yield hostile("quorum-without-log", "Witnesses alone are no log.", "quorum", "note", policy=POLICY, text=unsigned)
    alone = SIGNED.encode().decode()
    yield hostile("quorum-not-met", "No witness cosigned.", "quorum", "quorum", policy=POLICY, text=alone)
    stranger = Note(SIGNED.text, (*SIGNED.lines, cosign(SIGNED, "stranger.example", key_of("stranger"), OPENED_AT)))
    text = stranger.encode().decode()
    yield hostile(
        "quorum-of-strangers", "A witness the policy does not know.", "quorum", "quorum", policy=POLICY, text=text
    )
    other = sign_checkpoint("kpu.example/other", SIZE, TREE.root(SIZE), key_of("kpu.example/other")).encode().decode()
    yield hostile(
        "quorum-unknown-log", "A log the policy does not know.", "quorum", "quorum", policy=POLICY, text=other
    )


def _proofs() -> Iterator[File]:
    checkpoint = COSIGNED.encode()
    path, index = TREE.inclusion(5, SIZE), 5
    good = write_proof(index, path, checkpoint).decode()
    swapped = [path[1], path[0], *path[2:]]
    cases = {
        "proof-wrong-index": ("The index is the neighbour's.", write_proof(4, path, checkpoint)),
        "proof-index-beyond-size": ("An index outside the tree.", write_proof(SIZE, path, checkpoint)),
        "proof-extra-node": ("A hash too many.", write_proof(index, [*path, path[0]], checkpoint)),
        "proof-short": ("A hash too few.", write_proof(index, path[:-1], checkpoint)),
        "proof-empty": ("No hash.", write_proof(index, [], checkpoint)),
        "proof-swapped": ("Two hashes have changed places.", write_proof(index, swapped, checkpoint)),
        "proof-tampered-node": (
            "One bit of a hash is another.",
            write_proof(index, [_flip(path[0]), *path[1:]], checkpoint),
        ),
        "proof-short-node": ("A hash of 31 bytes.", write_proof(index, [path[0][:31], *path[1:]], checkpoint)),
        "proof-too-many-nodes": ("64 hashes.", write_proof(index, path * 16, checkpoint)),
        "proof-index-leading-zero": ("An index with a zero in front.", good.replace("index 5", "index 05").encode()),
        "proof-index-missing": ("No index.", good.replace("index 5\n", "").encode()),
        "proof-other-version": ("A version nobody reads yet.", good.replace("@v1", "@v2").encode()),
        "proof-extra-after-index": (
            "The extra line stands too late.",
            good.replace("index 5", "index 5\nextra AA==").encode(),
        ),
        "proof-node-url-alphabet": ("A hash without padding.", good.replace("=\n", "\n", 1).encode()),
        "proof-cr": ("Lines end in CR LF.", good.replace("\n", "\r\n").encode()),
    }
    for name, (about, file) in cases.items():
        yield hostile(name, about, "proof", "proof", file=file.decode(), entry=ENTRIES[5].decode())
    yield hostile("proof-of-other-entry", "Another entry.", "proof", "proof", file=good, entry=ENTRIES[6].decode())
    node = TREE.inclusion(0, 2)[0]
    yield hostile(
        "proof-node-as-entry",
        "The two children of a node, offered as an entry: leaves and nodes are hashed apart.",
        "proof",
        "proof",
        file=write_proof(0, [], sign_checkpoint(ORIGIN, 1, TREE.root(2), LOG_KEY).encode()).decode(),
        entry_base64=b64(leaf_hash(ENTRIES[0]) + node),
    )
    broken = write_proof(index, path, _signed(body(ORIGIN, SIZE, TREE.root(SIZE)) + "more\n").encode()).decode()
    yield hostile(
        "proof-bad-checkpoint", "The checkpoint is none.", "proof", "note", file=broken, entry=ENTRIES[5].decode()
    )


def _flip(node: bytes) -> bytes:
    return bytes([node[0] ^ 1]) + node[1:]


def _consistency() -> Iterator[File]:
    old, new = 6, 13
    proof = TREE.consistency(old, new)
    forged = Tree([leaf_hash(b"another past"), *(leaf_hash(entry) for entry in ENTRIES[1:])])
    cases: dict[str, tuple[str, int, bytes, int, bytes, list[bytes]]] = {
        "consistency-shrunk": ("The tree became smaller.", new, TREE.root(new), old, TREE.root(old), proof),
        "consistency-forged": (
            "Another past, with a proof of its own.",
            old,
            TREE.root(old),
            new,
            forged.root(new),
            forged.consistency(old, new),
        ),
        "consistency-same-size-other-root": ("Two roots of one size.", new, TREE.root(new), new, forged.root(new), []),
        "consistency-same-size-with-proof": ("A proof where none is.", new, TREE.root(new), new, TREE.root(new), proof),
        "consistency-empty-proof": ("No hash.", old, TREE.root(old), new, TREE.root(new), []),
        "consistency-short": ("A hash too few.", old, TREE.root(old), new, TREE.root(new), proof[:-1]),
        "consistency-extra-node": ("A hash too many.", old, TREE.root(old), new, TREE.root(new), [*proof, proof[0]]),
        "consistency-from-nothing-with-proof": ("A proof from no leaves.", 0, TREE.root(0), new, TREE.root(new), proof),
        "consistency-wrong-old-size": ("Another old size.", old + 1, TREE.root(old), new, TREE.root(new), proof),
    }
    for name, (about, was, old_root, now, new_root, path) in cases.items():
        roots: dict[str, Any] = {"old_root": b64(old_root), "new_root": b64(new_root)}
        nodes = [b64(node) for node in path]
        yield hostile(name, about, "consistency", "proof", old=was, new=now, **roots, proof=nodes)
    good = write_add_checkpoint(old, proof, SIGNED.encode()).decode()
    bodies = {
        "add-checkpoint-no-old": ("No size to begin from.", good.replace("old 6\n", "")),
        "add-checkpoint-old-leading-zero": ("A zero in front of the size.", good.replace("old 6", "old 06")),
        "add-checkpoint-no-empty-line": ("Nothing divides proof and checkpoint.", good.replace("\n\n", "\n")),
        "add-checkpoint-too-many-nodes": (
            "64 hashes.",
            write_add_checkpoint(old, proof * 16, SIGNED.encode()).decode(),
        ),
        "add-checkpoint-node-short": (
            "A hash of 31 bytes.",
            write_add_checkpoint(old, [proof[0][:31]], SIGNED.encode()).decode(),
        ),
    }
    for name, (about, text) in bodies.items():
        yield hostile(name, about, "add-checkpoint", "proof", body=text)


def _bundles() -> Iterator[File]:
    good = bundle([JWS.encode(), b"second"])
    for name, about, data in (
        ("bundle-truncated", "The last entry is cut off.", good[:-1]),
        ("bundle-truncated-length", "Half of a length.", good + b"\0"),
        ("bundle-length-beyond-end", "A length that reaches beyond the end.", b"\xff\xff" + JWS.encode()),
    ):
        yield hostile(name, about, "bundle", "bundle", base64=b64(data))


def _policies() -> Iterator[File]:
    names = ("a", "b", "c")
    vkeys = {name: NoteKey(f"{name}.example", COSIGNATURE, key_of(name).public.x).vkey() for name in names}
    head = f"log {LOG_VKEY.vkey()}\n" + "".join(f"witness {name} {vkey}\n" for name, vkey in vkeys.items())
    same = NoteKey("another-name.example", COSIGNATURE, key_of("a").public.x).vkey()
    wrong_kind = NoteKey("a.example", LOG_SIGNATURE, key_of("a").public.x).vkey()
    cases = {
        "policy-duplicate-witness": ("One key under two names.", f"{head}witness d {same}\nquorum a\n"),
        "policy-duplicate-log": ("One log twice.", f"{head}log {LOG_VKEY.vkey()}\nquorum a\n"),
        "policy-name-taken": ("Two witnesses of one name.", head.replace("witness b", "witness a") + "quorum a\n"),
        "policy-name-none": ("none is no name.", head.replace("witness a", "witness none") + "quorum none\n"),
        "policy-member-twice": ("One member twice in a group.", f"{head}group g 2 a a b\nquorum g\n"),
        "policy-member-of-two-groups": (
            "One member in two groups.",
            f"{head}group g any a b\ngroup h any a c\nquorum h\n",
        ),
        "policy-unknown-member": ("A member nobody named.", f"{head}group g any a d\nquorum g\n"),
        "policy-member-named-later": ("A group before its member.", f"group g any a\n{head}quorum g\n"),
        "policy-group-of-itself": ("A group in itself.", f"{head}group g any a g\nquorum g\n"),
        "policy-empty-group": ("A group of nobody.", f"{head}group g any\nquorum g\n"),
        "policy-two-quorums": ("Two quorums.", f"{head}quorum a\nquorum b\n"),
        "policy-no-quorum": ("No quorum.", head),
        "policy-unknown-quorum": ("A quorum nobody named.", f"{head}quorum d\n"),
        "policy-quorum-before-group": ("The quorum before its group.", f"{head}quorum g\ngroup g any a\n"),
        "policy-threshold-zero": ("Nobody is enough.", f"{head}group g 0 a b\nquorum g\n"),
        "policy-threshold-beyond-members": ("More than there are.", f"{head}group g 3 a b\nquorum g\n"),
        "policy-threshold-negative": ("Fewer than nobody.", f"{head}group g -1 a b\nquorum g\n"),
        "policy-log-key-as-witness": ("A log's kind of key for a witness.", f"witness a {wrong_kind}\nquorum a\n"),
        "policy-witness-key-as-log": ("A witness's kind of key for a log.", f"{head}log {same}\nquorum a\n"),
        "policy-unknown-line": ("A word nobody knows.", f"{head}mirror a\nquorum a\n"),
        "policy-cr": ("Lines end in CR LF.", f"{head}quorum a\n".replace("\n", "\r\n")),
        "policy-delete-character": ("A delete character.", f"{head}# \x7f\nquorum a\n"),
        "policy-no-break-space": ("Only space and tab divide words.", f"{head}quorum\xa0a\n"),
        "policy-wrong-vkey": ("A key whose id is another's.", head.replace("b.example+", "d.example+") + "quorum a\n"),
    }
    for name, (about, text) in cases.items():
        yield hostile(name, about, "policy", "policy", text=text)


def _vkeys() -> Iterator[File]:
    name, key_id, material = WITNESS_VKEY.vkey().split("+", 2)
    raw = bytes([COSIGNATURE]) + WITNESS_KEY.public.x
    cases = {
        "vkey-wrong-id": ("Another key id.", f"{name}+{int(key_id, 16) ^ 1:08x}+{material}"),
        "vkey-upper-case-id": ("A key id in capitals.", f"{name}+{key_id.upper()}+{material}"),
        "vkey-other-name": ("Another name.", f"x{name}+{key_id}+{material}"),
        "vkey-no-name": ("No name.", f"+{key_id}+{material}"),
        "vkey-two-parts": ("No key.", f"{name}+{key_id}"),
        "vkey-name-with-space": ("A space in the name.", f"bawaslu 1+{key_id}+{material}"),
        "vkey-not-base64": ("A key in the other alphabet.", f"{name}+{key_id}+{material[:-2]}_="),
    }
    for case, (about, text) in cases.items():
        yield hostile(case, about, "vkey", "note", text=text)
    for case, about, data in (
        ("vkey-short-key", "A key of 31 bytes.", raw[:-1]),
        ("vkey-unknown-kind", "A kind nobody knows.", b"\x02" + raw[1:]),
    ):
        text = NoteKey(WITNESS_VKEY.name, data[0], data[1:]).vkey()
        yield hostile(case, about, "vkey", "note", text=text)
