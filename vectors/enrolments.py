"""Vectors of enrolling: requests that phones show, answers that they take, and administrators who were withdrawn."""

from collections.abc import Iterator
from typing import Any

from kawal.ledger.brief import LogBrief, pack_brief, write_brief
from kawal.ledger.encoding import b64, b64u
from kawal.ledger.enrol_request import LIFE_S, SLACK_S, write_request
from kawal.ledger.event import Eid, Kid
from kawal.ledger.history import build_history
from kawal.ledger.qr import split_parts
from kawal.ledger.reading import LogReader
from vectors.forge import encode, of_order_eight
from vectors.hostile_events import File, hostile
from vectors.scene import OPENED_AT, Log, es256_key_of, key_json, key_of, seed_of

GUARD = key_of("guard-1")
NONCE = seed_of("nonce")[:16]
AT = OPENED_AT + 7200


def enrolment_files() -> Iterator[File]:
    """Give every vector of enrolling."""
    for kind, about, cases in (
        ("enrol-request", "What a phone shows to be enrolled.", _requests()),
        ("enrol-answer", "What a phone without signal takes back.", _answers()),
        ("administrators", "Logs whose administrators handed over, and what each event counts for.", _handed_over()),
    ):
        yield f"good/{kind}.json", {"name": kind, "about": about, "kind": kind, "cases": list(cases)}
    yield from _hostile_requests()
    yield from _hostile_answers()


def _requests() -> Iterator[dict[str, Any]]:
    for key, asked_for in ((GUARD, "p-7f3a"), (GUARD, "polres-5303"), (GUARD, ""), (es256_key_of("kpps-1"), "p-1")):
        text = write_request(key, asked_for=asked_for, made_at=AT, nonce=NONCE)
        said = {"key": key_json(key.public), "for": asked_for, "made_at": AT, "nonce": b64u(NONCE)}
        deterministic = {"seed": seed_of("guard-1").hex()} if key is GUARD else {}
        yield {"text": text, **said, "fresh_until": AT + LIFE_S, "fresh_from": AT - SLACK_S, **deterministic}


def _log() -> Log:
    log = Log()
    log.open(kpu="kpu", bawaslu="bawaslu", polri="polri")
    return log


def _brief(log: Log) -> bytes:
    heads = {Kid(one.key.kid): (one.seq, Eid(one.head), OPENED_AT + 120) for one in log.admins.values()}
    return write_brief({"kotak": LogBrief(tuple(jws.encode() for jws in log.leaves), b"policy", None, heads)})


def _enrolled() -> Log:
    log = _log()
    log.enrol("guard-1", "guard", "polres-5303", by="polri", ok="kpu", agency="polri")
    return log


def _answers() -> Iterator[dict[str, Any]]:
    told = _brief(_enrolled())
    head = _enrolled().leaves
    packed = pack_brief(told)
    yield {
        "file": told.decode(),
        "kid": GUARD.kid,
        "at": AT,
        "logs": ["kotak"],
        "events": len(head),
        "packed": b64(packed),
        "parts": split_parts(packed),
    }


def _handed_over() -> Iterator[dict[str, Any]]:
    log = _log()
    log.admins["new-kpu"] = log.enrol("new-kpu", "admin", "kpu-5303", by="kpu", ok="bawaslu", agency="kpu")
    log.admins["new-polri"] = log.enrol(
        "new-polri", "admin", "polres-5303", by="polri", ok="kpu", agency="polri", at=300
    )
    for at, name in ((600, "kpu"), (800, "polri")):
        old = log.admins[name]
        told = {"kid": old.key.kid, "why": "role-end", "from": OPENED_AT + at, "good": [old.seq, old.head]}
        of = log.sign(log.admins["new-kpu"], "ledger.revoke", at, **told)
        log.sign(log.admins["new-polri"], "ledger.revoke-ok", at + 60, of=of)
    new = log.admins["new-kpu"]
    stolen = log.sign(log.admins["kpu"], "ledger.revoke", 3600, kid=new.key.kid, why="lost", **{"from": OPENED_AT + 60})
    log.sign(log.admins["polri"], "ledger.revoke-ok", 3660, of=stolen)
    guard = log.enrol("guard-1", "guard", "polres-5303", by="new-polri", ok="new-kpu", agency="polri", at=4000)
    ghost = log.enrol("ghost", "guard", "polres-5303", by="polri", ok="kpu", agency="polri", at=4200)
    for one in (guard, ghost):
        log.sign(one, "custody.check", 5000, box="GUB-5303052001003", ok=True)
    yield _judged("old administrators, withdrawn by the new ones, withdraw and enrol nobody", log)


def _judged(about: str, log: Log) -> dict[str, Any]:
    reader = LogReader("kotak")
    for jws in log.leaves:
        reader.take(jws.encode())
    history = build_history([reader.finish()])
    return {"about": about, "leaves": log.leaves, "standing": dict(sorted(history.standing.items()))}


def _hostile_requests() -> Iterator[File]:
    good = write_request(GUARD, asked_for="p-7f3a", made_at=AT, nonce=NONCE)
    parts = good.split(".")
    small = b64u(encode(of_order_eight()))

    def other(at: int, text: str) -> str:
        return ".".join([*parts[:at], text, *parts[at + 1 :]])

    cases: dict[str, tuple[str, str, str]] = {
        "enrol-other-key": ("Another's key in front.", other(2, b64u(key_of("thief").public.x)), "signature"),
        "enrol-other-person": ("Another person.", other(3, "p-7f3b"), "signature"),
        "enrol-other-time": ("A later time.", other(4, str(AT + 86400)), "signature"),
        "enrol-other-nonce": ("Another nonce.", other(5, b64u(bytes(16))), "signature"),
        "enrol-small-order": ("A key of small order.", other(2, small), "key"),
        "enrol-not-a-point": ("A key that is no point.", other(2, b64u(b"\x02" + bytes(31))), "key"),
        "enrol-other-prefix": ("A receiver's code.", other(0, "KH1"), "request"),
        "enrol-old-alg-name": ("The older name of the algorithm.", other(1, "EdDSA"), "request"),
        "enrol-es256-without-y": ("ES256 with one coordinate.", other(1, "ES256"), "request"),
        "enrol-short-nonce": ("A nonce of eight bytes.", other(5, b64u(bytes(8))), "request"),
        "enrol-leading-zero": ("A time with a leading zero.", other(4, f"0{AT}"), "request"),
        "enrol-name-in-request": ("A person's name.", other(3, "Budi Santoso"), "request"),
        "enrol-line-end": ("A line end at the end.", good + "\n", "request"),
        "enrol-extra-part": ("A part too many.", other(3, "p-7f3a.x"), "request"),
        "enrol-trailing-bits": ("Unused bits that are set.", good[:-1] + _next(good[-1]), "request"),
        "enrol-empty": ("Nothing.", "", "request"),
    }
    for name, (about, text, error) in cases.items():
        yield hostile(name, about, "enrol-request", error, text=text, at=AT)
    for name, about, at in (
        ("enrol-day-old", "Over 24 hours old.", AT + LIFE_S + 1),
        ("enrol-from-the-future", "Over ten minutes ahead.", AT - SLACK_S - 1),
    ):
        yield hostile(name, about, "enrol-request", "stale", text=good, at=at)


def _next(letter: str) -> str:
    return chr(ord(letter) + 1)


def _hostile_answers() -> Iterator[File]:
    log = _enrolled()
    good = _brief(log).decode()
    proposed, one_agency, tampered = _log(), _log(), _enrolled()
    proposed.enrol("guard-1", "guard", "polres-5303", by="polri", ok=None, agency="polri")
    one_agency.enrol("guard-1", "guard", "polres-5303", by="polri", ok="polri", agency="polri")
    tampered.leaves[-1] = tampered.leaves[-1][:-4] + "AAAA"
    cases: dict[str, tuple[str, str, str]] = {
        "answer-other-phone": ("Another phone's answer.", good, key_of("thief").kid),
        "answer-one-signature": ("One administrator alone.", _brief(proposed).decode(), GUARD.kid),
        "answer-same-signer": ("One administrator twice.", _brief(one_agency).decode(), GUARD.kid),
        "answer-tampered": ("A signature that does not hold.", _brief(tampered).decode(), GUARD.kid),
        "answer-other-policy": ("Another policy.", good.replace('"policy":"policy"', '"policy":"none"'), GUARD.kid),
        "answer-no-genesis": ("No genesis.", _brief(_without_first(log)).decode(), GUARD.kid),
        "answer-unknown-log": ("A third log.", good.replace('"kotak":', '"dapur":'), GUARD.kid),
        "answer-other-form": ("A later form.", good.replace("brief-1", "brief-2"), GUARD.kid),
    }
    for name, (about, file, kid) in cases.items():
        yield hostile(name, about, "enrol-answer", "brief", file=file, kid=kid, at=AT)


def _without_first(log: Log) -> Log:
    return Log(leaves=log.leaves[1:], admins=log.admins)
