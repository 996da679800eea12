"""The stages of an election, from nomination to the last ruling, as data: every end may move, nothing here is law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from kawal.election.lists.dates import seconds
from kawal.ledger.finding import Says

StageState = Literal["undated", "left-out", "coming", "running", "over"]
USUAL: Mapping[str, Says] = {
    "pencalonan": Says("Pencalonan", "Nomination"),
    "kampanye": Says("Kampanye", "Campaign"),
    "tenang": Says("Masa tenang", "Quiet days"),
    "distribusi": Says("Distribusi logistik", "Distribution"),
    "pungut-hitung": Says("Pemungutan dan penghitungan", "Voting and count"),
    "rekap-kec": Says("Rekapitulasi kecamatan", "Recapitulation, kecamatan"),
    "rekap-kab": Says("Rekapitulasi kab/kota", "Recapitulation, kabupaten/kota"),
    "rekap-prov": Says("Rekapitulasi provinsi", "Recapitulation, province"),
    "penetapan": Says("Penetapan hasil", "Determination"),
    "phpu": Says("Perselisihan hasil (PHPU)", "Dispute of results (PHPU)"),
    "psu": Says("Pemungutan suara ulang (PSU)", "Re-vote (PSU)"),
    "pelantikan": Says("Pelantikan", "Inauguration"),
}
"""Stage -> what it is called. An operation may have others besides."""
_AFTER_THE_VOTE: Mapping[str, tuple[int, int]] = {
    "tenang": (-3, -1),
    "pungut-hitung": (0, 1),
    "rekap-kec": (1, 6),
    "rekap-kab": (2, 9),
    "rekap-prov": (3, 12),
}
"""First and last day, counted from the vote, as KPU set them in 2024: a proposal. What no source dates has none."""


class StageRefused(ValueError):
    """What was typed is no stage; the message says why and what to do, in both languages."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. starts, ends: UNIX seconds, `ends` outside; None while nobody has said when.

    name: "" for a usual one; is_left_out: it does not take place here, as the PSU of most operations.
    """

    stage: str
    starts: int | None = None
    ends: int | None = None
    name: str = ""
    is_left_out: bool = False

    @property
    def called(self) -> Says:
        """Its name in both languages."""
        return Says(self.name, self.name) if self.name else USUAL.get(self.stage, Says(self.stage, self.stage))

    def state(self, now: int) -> StageState:
        """Where it stands at a UNIX second."""
        if self.is_left_out:
            return "left-out"
        if self.starts is None or self.ends is None:
            return "undated"
        if now < self.starts:
            return "coming"
        return "running" if now < self.ends else "over"


def usual_stages(vote_day: date | None, zone: str) -> tuple[Stage, ...]:
    """The stages of a Pilkada around its day; those that no source dates stand without dates until somebody types them.

    zone: IANA name of Indonesia; days begin at midnight there.
    """
    return tuple(_proposed(stage, vote_day, zone) for stage in USUAL)


def _proposed(stage: str, vote_day: date | None, zone: str) -> Stage:
    days = _AFTER_THE_VOTE.get(stage)
    if vote_day is None or days is None:
        return Stage(stage)
    first, last = (vote_day + timedelta(days=one) for one in days)
    return on_days(stage, first, last, zone)


def on_days(stage: str, first: date, last: date, zone: str, *, name: str = "") -> Stage:
    """A stage on whole days, both inside. Raises: StageRefused."""
    if last < first:
        raise StageRefused(
            "Tahapan berakhir sebelum mulai. Tukar tanggalnya. / The stage ends before it begins. Swap its dates."
        )
    starts, ends = seconds(first, time(), zone), seconds(last + timedelta(days=1), time(), zone)
    return Stage(stage, starts, ends, name)


def by_time(stages: Sequence[Stage], ends: int) -> str:
    """The stage that something nobody bound belongs to by its time: the first to end that its own end lies in; "" else.

    ends: UNIX seconds, outside, as of a stage.
    """
    found = [
        (one.ends, one.stage)
        for one in stages
        if not one.is_left_out and one.starts is not None and one.ends is not None and one.starts < ends <= one.ends
    ]
    return min(found, default=(0, ""))[1]


def running(stages: Sequence[Stage], now: int) -> tuple[Stage, ...]:
    """The stages that run at a UNIX second, in their order."""
    return tuple(one for one in stages if one.state(now) == "running")
