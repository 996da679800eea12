"""What is wrong with the guarding of posts, and why: every `guard.*` finding from the facts of the fold."""

from kawal.election.state import Register
from kawal.guard.away import away
from kawal.guard.counts import counts
from kawal.guard.cover import cover
from kawal.guard.judging import Judging
from kawal.guard.rest import fatigue
from kawal.guard.silence import silence
from kawal.guard.state import Guard
from kawal.ledger.finding import Finding, in_order
from kawal.ledger.history import History


def guard_findings(history: History, register: Register, guard: Guard, *, is_now_known: bool = False) -> list[Finding]:
    """Compute every `guard.*` finding. is_now_known: whoever asks gave the time. Source: docs/format/findings.md."""
    judging = Judging(history, register, guard, is_now_known=is_now_known)
    made: list[Finding] = []
    for name in dict.fromkeys((*guard.posts, *guard.lives)):
        post, life = guard.post(name), guard.life(name)
        made.extend(cover(judging, post, life))
        made.extend(silence(judging, post, life))
        made.extend(counts(judging, name, life.reliefs))
        made.extend(away(judging, post, life))
    for who, duties in guard.people.items():
        made.extend(fatigue(judging, who, duties))
    return in_order(made)
