"""A simulated export, held by tools that are not ours: Go's sumdb for the log, joserfc for each event."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey

from kawal.ledger.events import read_enrol, read_genesis
from kawal.ledger.reading import LogReader
from kawal_cli.reading import entries
from tests.outside.verifier import missing, verify_outside


@pytest.mark.outside
@pytest.mark.parametrize("log", ["kotak", "pengamanan"])
def test_an_export_verifies_with_gos_own_transparency_log(clean: Path, log: str) -> None:
    lacking = missing()
    if lacking:
        pytest.skip(lacking)
    assert verify_outside(clean / log)


@pytest.mark.parametrize("log", ["kotak", "pengamanan"])
def test_every_event_of_an_export_verifies_with_a_jose_library(clean: Path, log: str) -> None:
    size = int((clean / log / "checkpoint").read_text(encoding="utf-8").split("\n")[1])
    reader = LogReader(log)
    lines = list(entries(clean / log, size))
    for line in lines:
        reader.take(line)
    keys: dict[str, OKPKey] = {}
    count = 0
    for event, line in zip(reader.finish().events, lines, strict=True):
        assert event is not None
        if event.t == "ledger.genesis":
            keys.update({admin.kid: _key(event.payload["admins"], admin.kid) for admin in read_genesis(event).admins})
        if event.t == "ledger.enrol":
            keys.setdefault(read_enrol(event).kid, _key([event.payload], read_enrol(event).kid))
        read = jws.deserialize_compact(line, keys[event.kid], algorithms=["Ed25519"])
        assert read.protected["kid"] == event.kid
        count += 1
    assert count == size


def _key(rows: Sequence[Mapping[str, Any]], kid: str) -> OKPKey:
    x = next(row["x"] for row in rows if row["kid"] == kid)
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": x})
    assert key.thumbprint() == kid
    return key
