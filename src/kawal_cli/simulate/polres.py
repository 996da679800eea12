"""A Polres and all it commands: one or several KPU's areas, their posts, the orders in force."""

from dataclasses import dataclass, field
from itertools import count

from kawal_cli.simulate.crew import PolresCrew
from kawal_cli.simulate.posts import Post
from kawal_cli.simulate.world import District, Regency


@dataclass(slots=True, eq=False)
class Polres:
    """One Polres. order: the one in force; ordered_until: when it ends; busy: matters its command has yet to sign."""

    unit: str
    crew: PolresCrew
    regencies: list[Regency]
    posts: list[Post]
    order: str = ""
    ordered_until: int = 0
    busy: int = 0
    numbers: "count[int]" = field(default_factory=lambda: count(101))

    @property
    def area(self) -> str:
        """The code it is named after."""
        return self.unit.removeprefix("polres-")

    @property
    def zone(self) -> str:
        """The hours it keeps."""
        return self.regencies[0].zone

    @property
    def districts(self) -> list[District]:
        """All kecamatan it polices."""
        return [district for regency in self.regencies for district in regency.districts]

    @property
    def name(self) -> str:
        """Where it is, as reports say it."""
        return " dan ".join(regency.name for regency in self.regencies)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to guard, and nothing to sign for."""
        return all(regency.is_done for regency in self.regencies) and not self.busy

    def standing(self) -> list[Post]:
        """The posts that are not lifted."""
        return [post for post in self.posts if not post.is_lifted]

    def next_number(self, kind: str) -> str:
        """The number of its next paper, as printed."""
        return f"{kind}/{next(self.numbers)}/XI/PAM.3.3./2024"
