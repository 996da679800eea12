"""The good vectors of enrolling: what every implementation must read and write alike."""

from kawal.ledger.brief import pack_brief, read_answer, unpack_brief
from kawal.ledger.encoding import unb64, unb64u
from kawal.ledger.enrol_request import check_fresh, read_request, write_request
from kawal.ledger.event import Kid
from kawal.ledger.events import read_key
from kawal.ledger.history import build_history
from kawal.ledger.keys import ed25519_from_seed
from kawal.ledger.qr import join_parts
from kawal.ledger.reading import LogReader
from tests.mission.ledger.vectors import good


def test_a_request_is_read_and_written_alike() -> None:
    for case in good("enrol-request"):
        read = read_request(case["text"])
        assert read.key == read_key(case["key"])
        assert (read.asked_for, read.made_at, read.nonce) == (case["for"], case["made_at"], case["nonce"])
        for at in (case["fresh_from"], case["fresh_until"]):
            check_fresh(read, at)
        if "seed" in case:
            key, nonce = ed25519_from_seed(bytes.fromhex(case["seed"])), unb64u(case["nonce"])
            again = write_request(key, asked_for=case["for"], made_at=case["made_at"], nonce=nonce)
            assert again == case["text"]


def test_an_answer_is_taken_by_its_phone() -> None:
    for case in good("enrol-answer"):
        data = case["file"].encode()
        assert join_parts(case["parts"]) == unb64(case["packed"])
        assert unpack_brief(unb64(case["packed"])) == data == unpack_brief(pack_brief(data))
        known = read_answer(data, Kid(case["kid"]), at=case["at"])
        assert list(known) == case["logs"]
        assert sum(len(one.brief.events) for one in known.values()) == case["events"]


def test_administrators_who_handed_over_count_for_nothing_any_more() -> None:
    for case in good("administrators"):
        reader = LogReader("kotak")
        for jws in case["leaves"]:
            reader.take(jws.encode())
        standing = build_history([reader.finish()]).standing
        assert dict(standing) == case["standing"]
        assert set(case["standing"].values()) == {"good", "unenrolled", "revoked"}
