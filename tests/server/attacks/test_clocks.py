"""Nobody's clock, and no clumsy command, makes an old board look fresh or a real operation a demonstration."""

from typing import cast

import pytest
from django.test import RequestFactory

from kawal_cli import demonstrate
from kawal_cli.demonstrate import Play
from kawal_cli.serve import CannotServe
from kawal_server import clock
from kawal_server.accounts.models import Officer
from kawal_server.command_post.frame import Around
from kawal_server.command_post.moment import begin
from kawal_server.store.models import BoxLine, ClockRow, Operation
from tests.mission.custody.operation import BOX, DAY, HOUR, TPS, VOTE
from tests.server.post import Post


@pytest.mark.parametrize(("moved", "is_stale"), [(0, False), (60, False), (HOUR, True), (-60, False), (-DAY, True)])
def test_a_judgement_of_another_time_is_called_old(post: Post, moved: int, is_stale: bool) -> None:
    post.tell(VOTE + HOUR)
    clock.set_to(VOTE + HOUR + moved, speed=1, is_paused=True)
    begin()
    request = RequestFactory().get("/komando/")
    request.user = Officer(office="operator")
    assert Around(request).is_stale is is_stale


def test_a_clock_that_was_set_back_is_judged_anew(post: Post) -> None:
    post.tell(VOTE + HOUR)
    clock.set_to(VOTE, speed=1, is_paused=True)
    assert post.worker.tell()


def test_a_box_seen_in_the_future_is_not_safe_though_no_witness_has_a_time(post: Post) -> None:
    operation = post.operation
    operation.expect([BOX])
    operation.seal(operation.kpps, BOX, VOTE)
    post.tell(VOTE + HOUR)
    assert BoxLine.objects.get().look == "aman"
    operation.check(operation.kpps, BOX, VOTE + 30 * DAY, site=TPS)
    post.tell(VOTE + 2 * HOUR)
    assert BoxLine.objects.get().look == "tidak diketahui"
    assert "waktu di masa depan" in BoxLine.objects.get().why
    post.tell(VOTE + 3 * DAY)
    assert BoxLine.objects.get().look == "tidak diketahui"


def test_a_demonstration_leaves_a_real_operation_and_its_clock_alone(post: Post) -> None:
    post.tell()
    ClockRow.objects.all().delete()
    for _ in range(2):
        with pytest.raises(CannotServe, match="operasi sungguhan"):
            demonstrate.begin(cast("Play", None), seed=3)
        assert clock.row() is None
        Operation.objects.update_or_create(pk=1, defaults={"name": "Pilkada", "area": "53.03"})
    assert Operation.objects.get().name == "Pilkada"
