"""From everything public of both logs nobody derives a post's strength, a guard's place or who is on a roster."""

import json
from pathlib import Path

from kawal.ledger.encoding import unb64u
from kawal.ledger.log_of import LOG_NAMES, is_public
from kawal_cli.audit import audit
from kawal_cli.reading import read_given

SECRET_MEMBERS = ("post", "who", "unit", "site", "convoy", "vehicle", "patrol")


def public_bytes(folder: Path) -> bytes:
    found: list[bytes] = []
    for name in LOG_NAMES:
        log = folder / name
        files = (path for path in sorted(log.rglob("*")) if path.is_file())
        found.extend(path.read_bytes() for path in files if is_public(name, path.relative_to(log).as_posix()))
    return b"\n".join(found)


def secrets(folder: Path) -> set[str]:
    """Every post, person, unit, place and vehicle that the security log names, in its events and its manifests."""
    log = next(log for log in read_given(folder).logs if log.name == "pengamanan")
    named = {
        str(event.payload[member])
        for event in log.events
        if event is not None
        for member in SECRET_MEMBERS
        if isinstance(event.payload.get(member), str)
    }
    for blob in (folder / "pengamanan/blobs").iterdir():
        named.update(cell for line in blob.read_text(encoding="utf-8").split("\n")[1:] for cell in line.split(","))
    return {one for one in named if len(one) > 5}


def test_nothing_public_names_a_post_a_person_or_a_place(clean: Path) -> None:
    shown = public_bytes(clean)
    hidden = secrets(clean)
    assert len(hidden) > 50
    assert len(shown) > 10_000
    assert [one for one in hidden if one.encode() in shown] == []


def test_no_public_hash_can_be_guessed_from_what_is_not_signed(clean: Path) -> None:
    """A leaf is the hash of a signed event: without the signature nobody can try guesses against the tiles."""
    log = next(log for log in read_given(clean).logs if log.name == "pengamanan")
    shown = public_bytes(clean)
    for event in log.events:
        assert event is not None
        assert unb64u(event.pid) not in shown
        assert unb64u(event.eid) in shown


def test_an_audit_of_the_boxes_alone_knows_nothing_of_posts(faulty: Path) -> None:
    """What KPU, Bawaslu and the public can read says who guards where in no finding, and in no sentence of one."""
    found = audit(faulty / "kotak").findings
    both = audit(faulty).findings
    told = "\n".join(json.dumps(one.as_json()) for one in found)
    assert len(found) > 5
    assert any(one.code.startswith("guard.") for one in both), "or there was nothing to keep"
    assert not any(one.code.startswith("guard.") for one in found)
    assert [one for one in {one.subject for one in both if one.code.startswith("guard.")} if one in told] == []
