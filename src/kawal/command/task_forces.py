"""The task forces (satgas) of an operation: the usual ones to begin with, and whatever the plan of operation says."""

from collections.abc import Mapping
from dataclasses import dataclass

from kawal.command.activities import Mode


@dataclass(frozen=True, slots=True)
class TaskForce:
    """One satgas. mode: what its work counts as, where it is of one kind; None where every activity says for itself."""

    key: str
    name: str
    mode: Mode | None = None


USUAL: tuple[TaskForce, ...] = (
    TaskForce("preemtif", "Satgas Preemtif", "preemptive"),
    TaskForce("preventif", "Satgas Preventif", "preventive"),
    TaskForce("kamseltibcar", "Satgas Kamseltibcar Lantas", "preventive"),
    TaskForce("gakkum", "Satgas Gakkum", "repressive"),
    TaskForce("tindak", "Satgas Tindak", "repressive"),
    TaskForce("humas", "Satgas Humas", "preemptive"),
    TaskForce("banops", "Satgas Banops"),
)
"""The seven of a Polda in 2024. A Polres had six, and no source says which: the list is a beginning, to be edited."""
USUAL_BY_KEY: Mapping[str, TaskForce] = {one.key: one for one in USUAL}
