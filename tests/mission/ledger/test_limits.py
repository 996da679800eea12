"""An operation sets its own limits, and a manifest that cannot be read changes none in silence."""

import pytest

from kawal.ledger.limits import DEFAULTS, BadLimits, default_limits, read_limits


def test_what_a_manifest_leaves_out_keeps_its_default() -> None:
    limits = read_limits('["custody.one-sided"]\nlimit_min = 45\n', source="mh")
    assert limits.of("custody.one-sided", "limit_min") == 45
    assert limits.of("ledger.late", "limit_h") == DEFAULTS["ledger.late"]["limit_h"]
    assert (limits.source, default_limits().source) == ("mh", "bawaan")


def test_a_limit_is_read_in_its_unit() -> None:
    limits = default_limits()
    assert limits.seconds("custody.one-sided", "limit_min") == 1800
    assert limits.seconds("ledger.late", "limit_h") == 43_200
    assert limits.seconds("ledger.clock", "slack_s") == 600


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", '["custody.later"]\nlimit_min = 5\n', '["ledger.late"]\nlater = 5\n']
)
def test_a_table_nobody_knows_is_kept_out(text: str) -> None:
    assert read_limits(text, source="mh").values == default_limits().values


@pytest.mark.parametrize(
    "text",
    [
        '["ledger.late"]\nlimit_h = 0\n',
        '["ledger.late"]\nlimit_h = -1\n',
        '["ledger.late"]\nlimit_h = 1.5\n',
        '["ledger.late"]\nlimit_h = true\n',
        '["ledger.late"]\nlimit_h = "12"\n',
        '"ledger.late" = 12\n',
        "limit_h: 12\n",
    ],
)
def test_a_limit_that_is_no_positive_whole_number_is_refused(text: str) -> None:
    with pytest.raises(BadLimits, match=" / "):
        read_limits(text, source="mh")
