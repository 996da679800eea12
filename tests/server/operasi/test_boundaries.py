"""Real boundaries: found by code or name however the file spells it, checked, and made light."""

import json
import math
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kawal_server.actions.area_of_post import middle
from kawal_server.actions.read_boundaries import KEPT_BYTES, simplified
from kawal_server.store.models import Boundary
from tests.server.operasi.clerk import Clerk


def square(lon: float = 124.5, lat: float = -9.45, size: float = 0.1) -> dict[str, Any]:
    ring = [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def coast(points: int) -> dict[str, Any]:
    """A circle with a ragged edge."""
    turns = [2 * math.pi * at / points for at in range(points)]
    ring = [
        [124.5 + (0.2 + 0.01 * math.sin(900 * turn)) * math.cos(turn), -9.4 + 0.2 * math.sin(turn)] for turn in turns
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def feature(geometry: Any, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def send(clerk: Clerk, *features: Any, content: bytes | None = None) -> Any:
    body = content if content is not None else json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return clerk.browser.post("/operasi/batas/", {"berkas": SimpleUploadedFile("batas.geojson", body)})


@pytest.mark.parametrize(
    "properties",
    [
        {"kode": "53.03.05"},
        {"KODE_KEC": "530305"},
        {"code": 530305},
        {"id": 530305.0},
        {"ADM3_PCODE": "530305"},
        {"WADMKC": "Kota Kefamenanu"},
        {"NAMOBJ": "KECAMATAN KOTA KEFAMENANU"},
        {"nama": "KotaKefamenanu"},
    ],
    ids=lambda one: next(iter(one)),
)
def test_a_kecamatan_is_known_by_code_or_name(ready: Clerk, properties: dict[str, object]) -> None:
    answer = send(ready, feature(square(), **properties), feature(square(), nama="Atambua Barat", kode="530412"))
    assert answer.status_code == 200
    assert "Batas 1 kecamatan dimuat." in answer.content.decode()
    assert "Atambua Barat" in answer.content.decode()
    assert Boundary.objects.get().code == "530305"


def test_villages_make_up_their_kecamatan(ready: Clerk) -> None:
    send(ready, *(feature(square(124.5 + at / 10), KODE_DESA=f"530305100{at}") for at in (1, 2)))
    assert Boundary.objects.get().geometry["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b'{"type":"FeatureCollection"}',
        b'{"type":"FeatureCollection","features":7}',
        b"[" * 100_000,
        b'{"features":[null,{"properties":[],"geometry":3}]}',
        b"\xff\xfe\x00",
    ],
)
def test_garbage_is_refused_and_nothing_is_lost(ready: Clerk, content: bytes) -> None:
    send(ready, feature(square(), kode="530305"))
    refused = send(ready, content=content)
    assert refused.status_code == 400
    assert Boundary.objects.count() == 1


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [124, -9]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[124, -9], [125, -9], [124, -9]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"]] * 5]},
        {"type": "Polygon", "coordinates": [[[True, False]] * 5]},
        {"type": "Polygon", "coordinates": [[[10**400, -9]] * 5]},
        {"type": "Polygon", "coordinates": [[[float("nan"), -9.0]] * 5]},
        {"type": "Polygon", "coordinates": [[[-9.4, 124.5]] * 5]},
        {"type": "Polygon", "coordinates": [[[500_000, 9_000_000]] * 5]},
    ],
)
def test_a_geometry_that_is_none_is_refused(ready: Clerk, geometry: Any) -> None:
    assert send(ready, feature(geometry, kode="530305")).status_code == 400
    assert not Boundary.objects.exists()
    both = send(ready, feature(geometry, kode="530305"), feature(square(), kode="530308"))
    assert both.status_code == 200
    assert [one.code for one in Boundary.objects.all()] == ["530308"]


def test_a_ragged_coast_becomes_light_and_keeps_its_shape(ready: Clerk) -> None:
    send(ready, feature(coast(60_000), kode="530305"))
    kept = Boundary.objects.get().geometry
    assert len(json.dumps(kept, separators=(",", ":"))) <= KEPT_BYTES
    ring = kept["coordinates"][0]
    assert ring[0] == ring[-1]
    assert len(ring) > 100
    lat, lon = middle(kept)
    assert abs(lat + 9.4) < 0.005
    assert abs(lon - 124.5) < 0.005


def test_points_on_a_line_are_left_out_and_corners_stay() -> None:
    line = [(0.0, 0.0), (0.5, 0.00001), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    assert simplified(line, 0.001) == [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


def test_the_map_shows_a_real_boundary_and_sites_take_its_middle(ready: Clerk) -> None:
    send(ready, feature(square(124.0, -9.6), kode="530308"))
    assert "3 dengan titik" not in ready.read("/operasi/buka/")
    assert ready.browser.post("/operasi/batas/hapus/").status_code == 302
    assert not Boundary.objects.exists()


def test_boundaries_over_20_mib_are_refused(ready: Clerk) -> None:
    assert send(ready, content=b" " * (20 * 1024 * 1024 + 100_000)).status_code == 413
    assert send(ready, content=b" " * (20 * 1024 * 1024 + 1)).status_code == 400
