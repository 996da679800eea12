"""Hand-overs on paper: which of them repeat or complete what phones signed, and when the others took place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kawal.custody.events import OnPaper
from kawal.custody.record import Offer
from kawal.ledger.event import Event
from kawal.ledger.history import Speaker

# A written time is rounded and comes from somebody's watch.
WRITTEN_TIME_SLACK_S = 2 * 3600
SAME_HAND_OVER_S = 24 * 3600


@dataclass
class Paper:
    """A paper record, until it is used. `offer`: the unanswered phone offer that it completes."""

    event: Event
    on_paper: OnPaper
    speaker: Speaker
    site: str | None
    offer: Offer | None = None
    used: set[str] = field(default_factory=set)

    @property
    def boxes(self) -> tuple[str, ...]:
        """The boxes on the page; none where its list is not at hand."""
        return tuple(item.box for item in self.on_paper.listed.items or ())


def match_papers(papers: Iterable[Paper], offers: Iterable[Offer]) -> dict[str, list[Paper]]:
    """Sort out the papers of each box: those left are hand-overs of their own, by the written time.

    A paper between the same two units about the same box as an accepted phone hand-over within a day repeats it and
    is left out; one that matches an unanswered offer completes it (grade satu ponsel).
    """
    by_pair: dict[tuple[str, str], list[Offer]] = {}
    for offer in offers:
        by_pair.setdefault((offer.giver.unit, offer.to_unit), []).append(offer)
    left: dict[str, list[Paper]] = {}
    for paper in sorted(papers, key=lambda one: (one.on_paper.at, one.event.eid)):
        pair = (paper.on_paper.giver, paper.on_paper.receiver)
        near = _near(by_pair.get(pair, ()), paper)
        repeated = {box for offer in near if offer.accept_at is not None for box in offer.boxes}
        completed = next((offer for offer in near if offer.answered_at is None and offer.voided_at is None), None)
        if completed is not None and set(completed.boxes) & set(paper.boxes):
            completed.is_on_paper = True
            paper.offer = completed
        for box in paper.boxes:
            if box not in repeated:
                left.setdefault(box, []).append(paper)
    return left


def _near(offers: Sequence[Offer], paper: Paper) -> list[Offer]:
    boxes = set(paper.boxes)
    near = [
        offer for offer in offers if abs(offer.at - paper.on_paper.at) <= SAME_HAND_OVER_S and boxes & set(offer.boxes)
    ]
    return sorted(near, key=lambda offer: (abs(offer.at - paper.on_paper.at), offer.eid))


def explaining(papers: Mapping[str, Sequence[Paper]], box: str, holder: str, unit: str, at: int) -> list[Paper]:
    """The unused papers, in order, that lead this box from its holder to `unit` by about this time; else none."""
    path: list[Paper] = []
    here = holder
    for paper in papers.get(box, ()):
        on_paper = paper.on_paper
        if box in paper.used or on_paper.giver != here or on_paper.at > at + WRITTEN_TIME_SLACK_S:
            continue
        path.append(paper)
        here = on_paper.receiver
        if here == unit:
            return path
    return []
