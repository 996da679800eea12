"""Published strengths are held against their parts (N4: a line of forty was dropped and nobody noticed)."""

from kawal.command.sums import Part, check_sum

BONTANG = [
    Part("Polres Bontang", 240),
    Part("BKO staf Polda", 40),
    Part("Brimob", 100),
    Part("Ditsamapta", 40),
    Part("Linmas", 846),
]


def test_bontangs_five_lines_are_1266() -> None:
    check = check_sum(BONTANG, 1266)
    assert (check.total, check.is_right, check.suspects) == (1266, True, ())


def test_a_dropped_line_of_forty_is_suspected_by_its_size() -> None:
    published = [part for part in BONTANG if part.name != "Ditsamapta"]
    check = check_sum(published, 1266)
    assert (check.total, check.difference, [part.name for part in check.suspects]) == (1226, 40, ["BKO staf Polda"])


def test_a_difference_that_no_part_explains_suspects_none() -> None:
    check = check_sum(BONTANG, 1300)
    assert (check.difference, check.suspects) == (34, ())
