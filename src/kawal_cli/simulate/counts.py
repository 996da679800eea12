"""How many polling stations each village has: KPU's numbers where they are known, a documented rule elsewhere.

The rule: a kecamatan whose number is typed in (figures.py) or stands in `../shared/data/tps` has exactly that many. A
kabupaten or province whose total is known has exactly that total; what its known kecamatan leave is spread over the
others in proportion to their villages, a kelurahan weighing 2.5 desa, each village times 0.6 to 1.6 by the seed. A
kecamatan's number is spread over its villages in the same way: one each first, as long as there are enough.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kawal.election.regions import CodeSet, plain
from kawal_cli.simulate.dice import dice
from kawal_cli.simulate.figures import TPS_OF_DISTRICT, TPS_OF_PROVINCE, TPS_OF_REGENCY

KELURAHAN_WEIGHT = 2.5
SHARED_COUNTS = Path(__file__).parents[4] / "shared" / "data" / "tps" / "tps_pilkada2024_kecamatan.csv"
"""Beside a checkout, the numbers of all 7,277 kecamatan; absent from an installed package."""

Counts = dict[str, int]
"""Region code -> polling stations."""


@cache
def known_counts(path: Path = SHARED_COUNTS) -> Mapping[str, int]:
    """The kecamatan whose number is known: from the file where there is one, and typed in."""
    if not path.is_file():
        return TPS_OF_DISTRICT
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ("jumlah_tps_bupati_walikota", "jumlah_tps_gubernur")
    counts = {plain(row["kode"]): max(int(row[column] or 0) for column in columns) for row in rows}
    return {code: count for code, count in counts.items() if count > 0}


def count_stations(codes: CodeSet, province: str, districts: Iterable[str], *, seed: int) -> Counts:
    """Polling stations of every village of these kecamatan of one province (a village may have none)."""
    villages = {
        district.code: [village.code for village in codes.children(district.code)]
        for regency in codes.children(province)
        for district in codes.children(regency.code)
    }
    weights = _weights(province, villages, seed)
    totals = _district_totals(province, villages, weights)
    return {
        village: count
        for district in districts
        for village, count in _spread(totals[district], {one: weights[one] for one in villages[district]}).items()
    }


def _weights(province: str, villages: Mapping[str, list[str]], seed: int) -> dict[str, float]:
    stream = dice(seed, "tps", province)
    return {
        village: (KELURAHAN_WEIGHT if village[6] == "1" else 1.0) * stream.uniform(0.6, 1.6)
        for many in villages.values()
        for village in many
    }


def _district_totals(province: str, villages: Mapping[str, list[str]], weights: Mapping[str, float]) -> Counts:
    known = known_counts()
    totals = {district: known[district] for district in villages if district in known}
    for regency, total in TPS_OF_REGENCY.items():
        if regency[:2] == province:
            _fill(totals, total, [one for one in villages if one[:4] == regency], villages, weights)
    _fill(totals, TPS_OF_PROVINCE.get(province, 0), list(villages), villages, weights)
    return totals


def _fill(
    totals: Counts,
    total: int,
    districts: list[str],
    villages: Mapping[str, list[str]],
    weights: Mapping[str, float],
) -> None:
    unknown = [district for district in districts if district not in totals]
    if not unknown:
        return
    left = total - sum(totals.get(district, 0) for district in districts)
    least = sum(len(villages[district]) for district in unknown)
    heavy = {district: sum(weights[one] for one in villages[district]) for district in unknown}
    totals.update(_spread(left if left >= len(unknown) else least, heavy))


def _spread(total: int, weights: Mapping[str, float]) -> Counts:
    """Split a total by weight (largest remainder), one for each first where there are enough."""
    heaviest = sorted(weights, key=lambda one: (-weights[one], one))
    if total <= len(weights):
        chosen = set(heaviest[:total])
        return {one: int(one in chosen) for one in weights}
    whole = sum(weights.values())
    shares = {one: (total - len(weights)) * weight / whole for one, weight in weights.items()}
    counts = {one: 1 + int(share) for one, share in shares.items()}
    rest = total - sum(counts.values())
    for one in sorted(shares, key=lambda one: (int(shares[one]) - shares[one], one))[:rest]:
        counts[one] += 1
    return counts
