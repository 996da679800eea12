"""Faults at guard posts: silent, short of people, left before the relief, worn out, miscounted, away; and none."""

from collections.abc import Callable

from kawal.ledger.log_of import PENGAMANAN
from kawal_cli.simulate.duty import OVERLAP_S, come_on, go_off, hand_post_over, tell
from kawal_cli.simulate.faults.allotment import Allotment, Fault
from kawal_cli.simulate.orders import register_posts
from kawal_cli.simulate.outbound import TO_PPK
from kawal_cli.simulate.posts import Post
from kawal_cli.simulate.stage import Scene, Stage

Scenes = Callable[[], Scene]
HOUR_S = 3600
DEAD_S, LEFT_EARLY_S, GAP_S, RESTED_S, ABSENT_S = 5 * HOUR_S, 3 * HOUR_S, 40 * 60, 4 * HOUR_S, int(11.5 * HOUR_S)
LATE_RELIEF_S, OUTAGE_S, OFFLINE_S = 50 * 60, 6 * HOUR_S, 18 * HOUR_S
SKEW_S = 200
AWAY_DEGREES, AWAY_S = 0.027, 1500
"""Three kilometres north."""


def _morning(post: Post, day: int) -> int:
    """The turn that begins on the morning of a day counted from the vote."""
    return post.shift_on(day - TO_PPK)


def _is_heard(post: Post) -> bool:
    """Whether signs of life are due there by day and by night."""
    return post.silence == "never"


def _silent(allot: Allotment) -> bool:
    found = allot.post("guard-silent", -2, suits=_is_heard)
    if found is None:
        return False
    post = found[1]
    begins = post.shift(_morning(post, -2)).begins + HOUR_S + 600

    def die() -> Scene:
        post.quiet_until = begins + DEAD_S
        allot.truth.add(
            "guard-silent",
            "guard.silent",
            post.name,
            since=begins,
            until=post.quiet_until,
            log=PENGAMANAN,
            says="The leader's phone was dead for five hours and nobody else reported; later it was back.",
        )
        yield from ()

    allot.stage.start(die(), begins)
    return True


def _uncovered(allot: Allotment) -> bool:
    found = allot.post("guard-uncovered", -1)
    if found is None:
        return False
    post = found[1]
    ends = post.shift(_morning(post, -1)).ends

    def leave_one() -> Scene:
        go_off(allot.story, post, post.on_duty[1:])
        allot.truth.add(
            "guard-uncovered",
            "guard.uncovered",
            post.name,
            since=ends - LEFT_EARLY_S,
            until=ends,
            log=PENGAMANAN,
            says="Only the leader stayed for the last three hours of a turn.",
        )
        yield from ()

    allot.stage.start(leave_one(), ends - LEFT_EARLY_S)
    return True


def _relief_gap(allot: Allotment) -> bool:
    found = allot.post("relief-gap", 0)
    if found is None:
        return False
    post = found[1]
    ends = post.shift(_morning(post, 0)).ends

    def leave() -> Scene:
        go_off(allot.story, post, list(post.on_duty))
        allot.truth.add(
            "relief-gap",
            "guard.relief-gap",
            post.name,
            since=ends - GAP_S,
            until=ends,
            log=PENGAMANAN,
            also=("guard.uncovered", "guard.silent"),
            says="The team went home forty minutes before the next one came.",
        )
        yield from ()

    allot.stage.start(leave(), ends - GAP_S)
    return True


def _post_uncovered(allot: Allotment) -> bool:
    found = allot.post("post-uncovered", -1, 0)
    if found is None:
        return False
    post = found[1]
    number = _morning(post, -1) + 1
    turn = post.shift(number)
    absent = min(ABSENT_S, turn.ends - turn.begins - HOUR_S // 2)

    def leave_alone(stage: Stage, _: Scenes) -> Scene:
        go_off(allot.story, post, list(post.on_duty))
        yield stage.now + absent
        come_on(allot.story, post, post.team(number))
        allot.truth.add(
            "post-uncovered",
            "guard.uncovered",
            post.name,
            since=turn.begins,
            until=stage.now,
            log=PENGAMANAN,
            also=("guard.relief-gap", "guard.silent"),
            says="The team went off and nobody came on for most of a turn.",
        )

    allot.stage.twist("relief", f"{post.name}/{number}", leave_alone)
    return True


def _fatigue(allot: Allotment) -> bool:
    found = allot.post("guard-fatigue", -2, -1)
    if found is None:
        return False
    post = found[1]
    number = _morning(post, -2)
    tired, ends = post.teams[number % len(post.teams)][-1], post.shift(number).ends

    def stand_again() -> Scene:
        come_on(allot.story, post, [tired])
        until = next(
            post.shift(one).ends for one in range(number, number + 9) if post.shift(one).ends > allot.stage.now
        )
        allot.truth.add(
            "guard-fatigue",
            "guard.fatigue",
            tired.who,
            since=ends,
            until=until,
            log=PENGAMANAN,
            says="One guard stood a second turn after four hours of rest, in place of somebody ill.",
        )
        yield from ()

    allot.stage.start(stand_again(), ends + RESTED_S)
    return True


def _count(allot: Allotment) -> bool:
    found = allot.post("guard-count", 2)
    if found is None:
        return False
    post = found[1]
    number = _morning(post, 2)

    def count_less(stage: Stage, scene: Scenes) -> Scene:
        if post.boxes() < 1 or not post.on_duty:
            yield from scene()
            return
        before, after, comes = list(post.on_duty), post.team(number), stage.now
        come_on(allot.story, post, after)
        note = "Satu kotak tidak terlihat; dihitung ulang bersama PPK."
        seen = post.boxes() - 1
        yield from hand_post_over(allot.story, post, before[0], after[0], counted=seen, note=note)
        yield max(stage.now, comes + OVERLAP_S)
        go_off(allot.story, post, before)
        yield stage.now + 1200
        tell(allot.story, post, "log", note="Hitung ulang bersama PPK dan Panwascam: lengkap.")
        allot.truth.add(
            "guard-count",
            "guard.count",
            post.name,
            since=comes,
            until=comes + OVERLAP_S,
            log=PENGAMANAN,
            says="At the relief the receiver counted one box less than the giver; a recount found all of them.",
        )

    allot.stage.twist("relief", f"{post.name}/{number}", count_less)
    return True


def _away(allot: Allotment) -> bool:
    found = allot.post("guard-away", 1)
    if found is None:
        return False
    post = found[1]
    begins = post.shift(_morning(post, 1)).begins + 3 * HOUR_S

    def report_from_afar() -> Scene:
        lat, lon = post.place.point.e6
        post.quiet_until = begins + AWAY_S
        for _ in range(2):
            tell(allot.story, post, "beat", order=post.order, pos=[lat + round(AWAY_DEGREES * 1e6), lon, 20])
            yield allot.stage.now + AWAY_S
        allot.truth.add(
            "guard-away",
            "guard.away",
            post.name,
            since=begins,
            until=allot.stage.now,
            log=PENGAMANAN,
            says="The leader signed two signs of life three kilometres from the post.",
        )

    allot.stage.start(report_from_afar(), begins)
    return True


def _late_relief(allot: Allotment) -> bool:
    found = allot.post("late-relief", -1)
    if found is None:
        return False
    post = found[1]
    number = _morning(post, -1) + 1

    def come_late(stage: Stage, scene: Scenes) -> Scene:
        due = stage.now
        for _ in range(2):
            if post.beat_at(stage.now):
                tell(allot.story, post, "beat", order=post.order)
            yield stage.now + LATE_RELIEF_S // 2
        yield from scene()
        says = "The next team came fifty minutes late; the old one stayed, so nothing was uncovered."
        _nothing_wrong(allot, "late-relief", post, due, says)

    allot.stage.twist("relief", f"{post.name}/{number}", come_late)
    return True


def _skewed_relief(allot: Allotment) -> bool:
    found = allot.post("skewed-relief", 0)
    if found is None:
        return False
    post = found[1]
    number = _morning(post, 0) + 1

    def disagree(stage: Stage, scene: Scenes) -> Scene:
        due = stage.now
        clocks = {post.on_duty[0]: -SKEW_S, post.team(number)[0]: SKEW_S}
        true = {device: device.skew_s for device in clocks}
        for device, skew in clocks.items():
            device.skew_s = skew
        yield from scene()
        for device, skew in true.items():
            device.skew_s = skew
        says = (
            "By their phones' clocks one leader left before the other came; the co-signed relief shows the true order."
        )
        _nothing_wrong(allot, "skewed-relief", post, due, says)

    allot.stage.twist("relief", f"{post.name}/{number}", disagree)
    return True


def _expected_silence(allot: Allotment) -> bool:
    found = allot.post("expected-silence", 1, suits=_is_heard)
    if found is None:
        return False
    district, post = found
    begins = post.shift(_morning(post, 1)).begins + HOUR_S

    def go_dark() -> Scene:
        polres = allot.story.polres_of(district.code)
        post.silences.append((begins, begins + OUTAGE_S))
        register_posts(allot.story, polres, [post])
        yield begins
        post.quiet_until = begins + OUTAGE_S - 600
        yield post.quiet_until
        tell(allot.story, post, "beat", order=post.order)
        says = "No network for six hours, announced before by a new list of posts: silence was expected."
        _nothing_wrong(allot, "expected-silence", post, begins, says)

    allot.stage.start(go_dark(), begins - HOUR_S // 2)
    return True


def _offline(allot: Allotment) -> bool:
    found = allot.post("offline-post", 0, 1, suits=_is_heard)
    if found is None:
        return False
    post = found[1]
    number = _morning(post, 0) + 1

    def cut_off(stage: Stage, scene: Scenes) -> Scene:
        due, team = stage.now, post.team(number)
        for device in team:
            device.is_silent_until = due + OFFLINE_S
        allot.truth.add(
            "offline-post",
            "ledger.late",
            [device.kid for device in team],
            since=due,
            until=due + OFFLINE_S,
            log=PENGAMANAN,
            holder=team[0].unit,
            says="The phones of one team found no network for 18 hours; what they signed came whole, and late.",
        )
        says = "Seemed silent while the team's phones had no network; what they signed came, and showed it was held."
        _nothing_wrong(allot, "offline-post", post, due, says)
        yield from scene()

    allot.stage.twist("relief", f"{post.name}/{number}", cut_off)
    return True


def _nothing_wrong(allot: Allotment, fault: str, post: Post, since: int, says: str) -> None:
    allot.truth.add(fault, None, post.name, since=since, until=max(since, allot.stage.now), log=PENGAMANAN, says=says)


FAULTS: dict[str, Fault] = {
    "guard-silent": Fault("a post gives no sign of life for five hours", _silent),
    "guard-uncovered": Fault("all but the leader leave a post three hours early", _uncovered),
    "post-uncovered": Fault("a guard post without anybody for most of a turn", _post_uncovered),
    "relief-gap": Fault("a team leaves forty minutes before it is relieved", _relief_gap),
    "guard-fatigue": Fault("a guard stands again after four hours of rest", _fatigue),
    "guard-count": Fault("the receiver of a post counts one box less", _count),
    "guard-away": Fault("a guard reports from three kilometres away", _away),
    "late-relief": Fault("a relief comes late and the old team stays (no finding)", _late_relief),
    "skewed-relief": Fault("two leaders' clocks differ by minutes at a relief (no finding)", _skewed_relief),
    "expected-silence": Fault("a post is silent while that was announced (no finding)", _expected_silence),
    "offline-post": Fault("a post's events arrive eighteen hours late (no finding of the post)", _offline),
}
