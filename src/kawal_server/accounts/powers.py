"""What makes an office powerful, whose agency it is, and what a broken glass gives. Who may what is in access.py."""

from collections.abc import Mapping

# Whoever may do one of these gives a second factor, and does it only within minutes of giving one again.
POWERS: frozenset[str] = frozenset(
    {"sign-enrolment", "revoke-device", "export-people", "break-glass", "manage-accounts", "close-operation"}
)
FRESH_ONLY: frozenset[str] = POWERS - {"manage-accounts"}
FRESH_S = 5 * 60
POWERFUL_OFFICES: frozenset[str] = frozenset({"kaops", "karendalops", "kasetops", "operator", "kpu", "bawaslu"})
AGENCY_OF: Mapping[str, str] = {
    "kaops": "polri",
    "karendalops": "polri",
    "kasetops": "polri",
    "kasatgas": "polri",
    "padal": "polri",
    "pamatwil": "polri",
    "humas": "polri",
    "kpu": "kpu",
    "bawaslu": "bawaslu",
}
# The agencies whose units an office acts for: a PPK is KPU's, a Panwascam Bawaslu's.
UNITS_OF: Mapping[str, frozenset[str]] = {
    "kpu": frozenset({"kpu", "ppk", "pps", "kpps"}),
    "bawaslu": frozenset({"bawaslu"}),
}
# What a broken glass gives beyond the office, in the units of the own agency. Never the end of the operation.
BROKEN_GLASS: Mapping[str, frozenset[str]] = {
    "polri": frozenset(
        {
            "see-people",
            "see-station-classes",
            "see-contacts",
            "log-coordination",
            "change-guard",
            "release-guard",
            "plan-roster",
            "publish-roster",
            "issue-order",
            "ask-bko",
            "decide-bko",
            "change-stages",
            "revoke-device",
            "sign-enrolment",
        }
    ),
    # KPU and Bawaslu reach people in an emergency; where guards stand is not theirs to read, then neither.
    "kpu": frozenset({"see-contacts", "log-coordination"}),
    "bawaslu": frozenset({"see-contacts", "log-coordination"}),
}
