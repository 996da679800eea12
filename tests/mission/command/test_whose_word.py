"""Whose word binds: a guard's phone signs what it likes, and neither lengthens, shortens nor lists a post."""

from kawal.election.manifests import write_rows
from tests.mission.command.scene import Command, at

BEGINS, ENDS = at("2024-11-27"), at("2024-12-05")
POST, STORE = "pos-gudang-6402", "gudang-6402"


def test_a_guard_neither_orders_nor_lists() -> None:
    command = Command()
    command.places()
    command.post(POST, STORE, BEGINS, ENDS, listed_at=at("2024-11-20"))
    number = command.order(at("2024-11-20"), ENDS, number="Sprin/1")
    command.duty(command.arif, POST, number, BEGINS)
    honest = command.bound(at("2024-11-28"))
    rows = [[POST, STORE, 1, 0, 0, BEGINS, BEGINS + 60], ["pos-palsu", STORE, 1, 0, 0, BEGINS, ENDS]]
    false_list = command.blob(write_rows("posts", rows))
    command.say(command.yoga, "register.manifest", BEGINS, kind="posts", mh=false_list, n=2)
    mh = command.blob(b"palsu")
    command.say(command.yoga, "order.issue", BEGINS + 60, mh=mh, to=["polres-6402"], exp=2**52, no="Sprin/1", of=number)
    assert command.bound(at("2024-11-28")) == honest


def test_a_long_chain_of_extensions_reaches_every_post_under_its_first_order() -> None:
    command = Command()
    command.places()
    command.post(POST, STORE, BEGINS, ENDS, listed_at=at("2024-11-20"))
    first = newest = command.order(at("2024-11-20"), ENDS, number="Sprin/1")
    for number in range(2, 30):
        newest = command.order(at("2024-11-20") + number, ENDS + number, number=f"Sprin/{number}", of=newest)
    command.duty(command.arif, POST, first, BEGINS)
    bound = command.bound(at("2024-11-28"))
    assert len(bound["post", POST].extensions) == 28
    assert [key for key in bound if key[0] == "order"] == [("order", "Sprin/1")]
