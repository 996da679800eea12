"""How a vector is run against this implementation: by kind, one judge each."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kawal.ledger.brief import BadBrief, read_answer
from kawal.ledger.checkpoint import check_log_signature, read_checkpoint
from kawal.ledger.encoding import NotCanonical, unb64, unb64u
from kawal.ledger.enrol_request import BadRequest, StaleRequest, check_fresh, read_request
from kawal.ledger.event import BadEvent, Kid, read_event
from kawal.ledger.events import BadShape, read_key
from kawal.ledger.keys import BadKey, BadSignature, check_key
from kawal.ledger.note import BadNote, read_note, read_vkey
from kawal.ledger.policy import BadPolicy, NoQuorum, read_policy
from kawal.ledger.proof import read_add_checkpoint, read_proof
from kawal.ledger.qr import BadQr, join_parts, read_packed, read_text_code, unpack_manifest
from kawal.ledger.tiles import BadBundle, unbundle
from kawal.ledger.tree import BadProof, check_consistency

VECTORS = Path(__file__).parents[3] / "vectors"
Given = dict[str, Any]
ERRORS: dict[str, type[Exception]] = {
    "format": BadEvent,
    "signature": BadSignature,
    "key": BadKey,
    "note": BadNote,
    "quorum": NoQuorum,
    "proof": BadProof,
    "bundle": BadBundle,
    "policy": BadPolicy,
    "qr": BadQr,
    "code": BadQr,
    "encoding": NotCanonical,
    "request": BadRequest,
    "stale": StaleRequest,
    "brief": BadBrief,
}


def read_vector(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def good(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = read_vector(VECTORS / "good" / f"{name}.json")["cases"]
    return cases


def bytes_of(given: Given) -> bytes:
    return base64.b64decode(given["base64"]) if "base64" in given else str(given["text"]).encode()


def judge_event(given: Given) -> None:
    read_event(given["jws"].encode()).check(read_key(given["key"]))


def judge_key(given: Given) -> None:
    try:
        check_key(read_key(given["key"]))
    except BadShape as error:
        raise BadKey(str(error)) from error


def judge_note(given: Given) -> None:
    read_note(bytes_of(given))


def judge_vkey(given: Given) -> None:
    read_vkey(given["text"])


def judge_checkpoint(given: Given) -> None:
    check_log_signature(read_checkpoint(bytes_of(given)), read_vkey(given["vkey"]))


def judge_quorum(given: Given) -> None:
    read_policy(given["policy"].encode()).check(read_checkpoint(bytes_of(given)))


def judge_proof(given: Given) -> None:
    entry = base64.b64decode(given["entry_base64"]) if "entry_base64" in given else given["entry"].encode()
    read_proof(given["file"].encode()).check(entry)


def judge_consistency(given: Given) -> None:
    old_root, new_root = unb64(given["old_root"]), unb64(given["new_root"])
    check_consistency(given["old"], old_root, given["new"], new_root, [unb64(node) for node in given["proof"]])


def judge_add_checkpoint(given: Given) -> None:
    read_add_checkpoint(given["body"].encode())


def judge_bundle(given: Given) -> None:
    unbundle(bytes_of(given))


def judge_policy(given: Given) -> None:
    read_policy(bytes_of(given))


def judge_qr_packed(given: Given) -> None:
    read_packed(bytes_of(given))


def judge_qr_manifest(given: Given) -> None:
    unpack_manifest(bytes_of(given))


def judge_qr_parts(given: Given) -> None:
    join_parts(given["parts"])


def judge_text_code(given: Given) -> None:
    read_text_code(given["typed"])


def judge_base64(given: Given) -> None:
    {"url": unb64u, "standard": unb64}[given["alphabet"]](given["text"])


def judge_enrol_request(given: Given) -> None:
    check_fresh(read_request(given["text"]), given["at"])


def judge_enrol_answer(given: Given) -> None:
    read_answer(given["file"].encode(), Kid(given["kid"]), at=given["at"])


JUDGES: dict[str, Callable[[Given], None]] = {
    "event": judge_event,
    "key": judge_key,
    "note": judge_note,
    "vkey": judge_vkey,
    "checkpoint": judge_checkpoint,
    "quorum": judge_quorum,
    "proof": judge_proof,
    "consistency": judge_consistency,
    "add-checkpoint": judge_add_checkpoint,
    "bundle": judge_bundle,
    "policy": judge_policy,
    "qr-packed": judge_qr_packed,
    "qr-manifest": judge_qr_manifest,
    "qr-parts": judge_qr_parts,
    "text-code": judge_text_code,
    "base64": judge_base64,
    "enrol-request": judge_enrol_request,
    "enrol-answer": judge_enrol_answer,
}
