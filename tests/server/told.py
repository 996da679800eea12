"""The plain night of two boxes, sent to a post and judged: what the pages of evidence are tested on."""

from tests.mission.custody.operation import BOX, FAR_BOX, HOUR, OTHER, VOTE, Operation, journey
from tests.server.post import Post

AT = VOTE + 21 * HOUR


def tell_night(post: Post) -> Operation:
    """Two boxes go from their station to the PPK; a third is expected and never seen."""
    operation = post.operation
    operation.expect([BOX, OTHER, FAR_BOX])
    operation.places()
    journey(operation, (BOX, OTHER))
    post.tell(AT)
    return operation
