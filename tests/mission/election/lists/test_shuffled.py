"""However a clerk writes the same decree, the same stations come out of it."""

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kawal.election.lists.cells import Cell
from tests.mission.election.lists.decree import codes_of, errors, read

COUNTS = {
    ("Miomaffo Timur", "Bokon", "5303012005"): 3,
    ("Miomaffo Timur", "Bitefa", "5303012006"): 1,
    ("Noemuti", "Noemuti", "5303042013"): 2,
    ("Kota Kefamenanu", "Kefamenanu Utara", "5303051001"): 12,
    ("Kota Kefamenanu", "Aplasi", "5303051002"): 4,
    ("Bikomi Selatan", "Bokon", "5303142002"): 2,
}
EXPECTED = sorted(f"{code}{number:03d}" for (_, _, code), count in COUNTS.items() for number in range(1, count + 1))

Spelling = Callable[[Any], Cell]

DISTRICT: st.SearchStrategy[Spelling] = st.sampled_from(
    [str, str.upper, "KEC. {}".format, "Kecamatan  {}".format, lambda name: name.replace("ff", "f")]
)
VILLAGE: st.SearchStrategy[Spelling] = st.sampled_from(
    [str, str.upper, "Desa {}".format, " {} ".format, lambda name: name.replace(" ", "-")]
)
COUNT: st.SearchStrategy[Spelling] = st.sampled_from(
    [int, float, str, "{} TPS".format, "{} (x)".format, "001-{:03d}".format, "1 s/d {}".format]
)
NUMBER: st.SearchStrategy[Spelling] = st.sampled_from(
    [int, float, str, "{:03d}".format, "TPS {}".format, "TPS-{:02d}".format, "TPS{:03d}".format]
)
CODE: st.SearchStrategy[Spelling] = st.sampled_from(
    [str, float, lambda code: f"{code[:2]}.{code[2:4]}.{code[4:6]}.{code[6:]}", lambda _: None]
)
TITLES = st.lists(
    st.sampled_from([["DAFTAR TPS PILKADA"], [], ["Lampiran I", "Keputusan"], ["TAHUN 2024"]]), max_size=4
)


@given(st.data())
def test_rows_in_any_order_and_spelling_give_the_same_stations(data: st.DataObject) -> None:
    rows: list[list[Cell]] = [[*title] for title in data.draw(TITLES)]
    is_by_station = data.draw(st.booleans())
    head: list[Cell] = ["NO", "KODE", "KECAMATAN", "DESA/KELURAHAN", "NO TPS" if is_by_station else "JUMLAH TPS"]
    rows.append(head)
    said = [
        (key, number) for key, count in COUNTS.items() for number in (range(1, count + 1) if is_by_station else [count])
    ]
    for at, ((district, village, code), number) in enumerate(data.draw(st.permutations(said)), 1):
        write = data.draw(NUMBER if is_by_station else COUNT)
        rows.append(
            [at, data.draw(CODE)(code), data.draw(DISTRICT)(district), data.draw(VILLAGE)(village), write(number)]
        )
        if data.draw(st.integers(0, 9)) == 0:
            rows.append(data.draw(st.sampled_from([[], head, ["(1)", "(2)", "(3)", "(4)", "(5)"]])))
    rows.append([None, "JUMLAH", None, None, len(EXPECTED)])
    found = read(rows)
    assert errors(found) == []
    assert codes_of(found) == EXPECTED
