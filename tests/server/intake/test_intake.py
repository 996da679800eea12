"""Every signed event from anyone for anyone: once, durably, with an answer for each line."""

from tests.mission.custody.operation import BOX, VOTE
from tests.server.post import Post


def test_a_batch_goes_in_and_the_same_batch_again_is_answered_with_the_same_indexes(post: Post) -> None:
    operation = post.operation
    operation.say(operation.kpps, "custody.seal", VOTE, box=BOX, seals=[], why="TPS")
    first = post.send()
    again = post.send(operation.lines)
    assert [one.index for one in first] == list(range(1, len(operation.lines)))
    assert [one.index for one in again] == list(range(len(operation.lines)))
    assert not any(one.is_new for one in again)
    post.tell()
