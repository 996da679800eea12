"""What a fault of a roster weighs: tiers so far apart that a lower one never buys a higher one in practice."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def _risks() -> Mapping[str, float]:
    return {"less": 1.0, "prone": 2.0, "high": 3.0, "special": 3.0}


def _skills() -> Mapping[str, float]:
    return {"experienced": 400.0}


@dataclass(frozen=True)
class Weights:
    """Per person, shift or request. The first two tiers are multiplied by the risk of the post.

    T1 uncovered; T2 leader, skills, core, agency; T3 change and keep_post, of a re-plan only; T4 fairness (a shift
    outside the fair band) and night (a night over the fair number); T5 request (a day off refused), zone (a duty away
    from home), moved (another post than at the last duty).
    """

    uncovered: float = 1000.0
    leader: float = 600.0
    core: float = 300.0
    skill: float = 300.0
    agency: float = 300.0
    fairness: float = 10.0
    night: float = 5.0
    request: float = 3.0
    zone: float = 1.0
    moved: float = 0.1
    change: float = 15.0
    keep_post: float = 3.0
    risk: Mapping[str, float] = field(default_factory=_risks)
    skills: Mapping[str, float] = field(default_factory=_skills)

    def of_skill(self, skill: str) -> float:
        """What one missing holder of a skill weighs."""
        return self.skills.get(skill, self.skill)

    def of_risk(self, risk: str) -> float:
        """The factor of a post's class; an unknown class weighs as the gravest, since unknown never looks safe."""
        return self.risk.get(risk, max(self.risk.values(), default=1.0))
