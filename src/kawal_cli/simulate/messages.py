"""The command's own log: briefing, communication checks twice a day, and what was done, each in its mode."""

from typing import Any

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.days import moment
from kawal_cli.simulate.polres import Polres
from kawal_cli.simulate.stage import Members, Scene
from kawal_cli.simulate.story import Story

CHECKS = (6.5, 18.5)
ACTIVITY_HOUR = 10.5
FIRST_DAY = -7
ACTIVITIES = (
    ("preemptive", "Sambang tokoh masyarakat dan PPK."),
    ("preventive", "Patroli gabungan TNI-Polri dan Satpol PP di sekitar gudang."),
    ("preemptive", "Penerangan kepada saksi dan relawan tentang tata tertib pleno."),
    ("preventive", "Pengecekan personel dan alat di pos PPK."),
)
FOLLOWED = ("repressive", "Membubarkan kerumunan yang membawa miras di dekat kantor PPK; tanpa korban.")
FOLLOWED_DAY = 2


def keep_log(story: Story, polres: Polres) -> Scene:
    """Brief the posts, then every day check who answers and write down what was done, until all is over."""
    yield moment(polres.zone, FIRST_DAY, CHECKS[0] - 0.3)
    _say(story, polres, "activity", "Apel dan pengarahan penjaga; kartu SOP dibagikan.", mode="preemptive")
    day = FIRST_DAY
    while True:
        for hour in (CHECKS[0], ACTIVITY_HOUR, CHECKS[1]):
            yield max(story.stage.now, moment(polres.zone, day, hour))
            if polres.is_done:
                return
            if hour == ACTIVITY_HOUR:
                _act(story, polres, day)
            else:
                _check(story, polres)
        day += 1


def _act(story: Story, polres: Polres, day: int) -> None:
    mode, note = FOLLOWED if day == FOLLOWED_DAY else ACTIVITIES[day % len(ACTIVITIES)]
    _say(story, polres, "activity", note, mode=mode)


def _check(story: Story, polres: Polres) -> None:
    """Posts without a signal are not expected to answer, and the line says how many those are."""
    posts = [post for post in polres.standing() if post.on_duty]
    answering = sum(bool(post.beat_at(story.stage.now)) for post in posts)
    note = f"Cek komunikasi: {answering} pos menjawab, {len(posts) - answering} pos di luar jangkauan sinyal."
    _say(story, polres, "check", note)


def _say(story: Story, polres: Polres, kind: str, note: str, **members: Any) -> None:
    told: Members = {"note": note, "kind": kind, "about": polres.unit}
    story.stage.sign(polres.crew.commander, "command.log", log=PENGAMANAN, **told, **members)
