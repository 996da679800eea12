"""Who fits which post: what a slot counts somebody as, and which rules of place, agency and kinship keep him away."""

from kawal.guard.roster.problem import CORE_AGENCY, Force, Person, Post, RosterProblem, Slot

LEADER = "leader"
"""The skill of those who may lead a post (danru, padal)."""


def features_of(one: Person | Force) -> frozenset[str]:
    """What a slot may count somebody as: his skills, his agency, and the core."""
    core = {"core"} if one.agency == CORE_AGENCY else set()
    return frozenset({*(f"skill:{skill}" for skill in one.skills), f"agency:{one.agency}", *core})


def asks_of(problem: RosterProblem, slot: Slot) -> list[tuple[str, int, float]]:
    """The least numbers within a slot: (feature, how many, weight of each that is missing, without risk)."""
    weights = problem.weights
    asked = [(f"skill:{LEADER}", 1, weights.leader)] if slot.leader else []
    asked += [("core", slot.core, weights.core)] if slot.core else []
    asked += [(f"skill:{skill}", n, weights.of_skill(skill)) for skill, n in slot.skills if n]
    return [*asked, *((f"agency:{agency}", n, weights.agency) for agency, n in slot.agencies if n)]


def may_enter(problem: RosterProblem, one: Person | Force, post: Post) -> bool:
    """Whether the rules of place and the post's own list let an agency or unit guard a post."""
    if post.agencies and one.agency not in post.agencies:
        return False
    return not any(ban.agency in (one.agency, one.unit) and ban.place == post.place for ban in problem.rules.bans)


def is_excluded(person: Person, post: Post) -> bool:
    """Whether a conflict of interest keeps him from a post: named itself, or by its region or one above."""
    return any(post.post == one or (one.isdigit() and post.area.startswith(one)) for one in person.exclusions)


def is_away(person: Person, post: Post) -> bool:
    """Whether a post lies away from somebody's home district; without a home nothing is away."""
    home, area = person.home, post.area
    return bool(home and area) and not (area.startswith(home) or home.startswith(area))


def is_lapsed(post: Post, slot: Slot) -> bool:
    """Whether the order or stage of a post ends before the hours do."""
    return post.until is not None and slot.ends > post.until
