"""Who has been told of what is wrong at a post by now, as the standing orders say: Polsek, Polres, Polda."""

from collections.abc import Iterable, Mapping

from django.db.models import Max

from kawal.ledger.finding import Finding, Says, Severity
from kawal.ledger.limits import BadLimits, Limits, default_limits, read_limits
from kawal.watch.standing import STANDING_CODES, Told, escalations
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import CommandLogLine, FindingLine, Judged, PostLine, SiteLine
from kawal_server.store.units import the_jurisdiction, the_units

_SEVERITIES: Mapping[str, Severity] = {"alarm": "alarm", "warn": "warn", "info": "info"}


def told_of(posts: Iterable[str], *, now: int) -> list[Told]:
    """The tellings about these posts that are due at a UNIX second, the newest first."""
    named = list(posts)
    lines = FindingLine.objects.filter(subject__in=named, code__in=STANDING_CODES, until=None)
    findings = [_finding(line) for line in lines]
    if not findings:
        return []
    areas = _areas(named)
    told = escalations(
        findings,
        now,
        the_units(),
        the_jurisdiction(),
        lambda post: areas.get(post, ""),
        _limits(),
        answered=_answered(named),
    )
    return sorted(told, key=lambda one: (-one.at, one.post, one.code))


def _finding(line: FindingLine) -> Finding:
    severity = _SEVERITIES.get(line.severity, "warn")
    says = Says(line.says_id, line.says_en)
    return Finding(line.code, severity, line.subject, line.since, line.until, tuple(line.evidence), says, line.cause)


def _areas(posts: list[str]) -> dict[str, str]:
    sites = dict(PostLine.objects.filter(post__in=posts).values_list("post", "site"))
    areas = dict(SiteLine.objects.filter(site__in=set(sites.values())).values_list("site", "area"))
    return {post: areas.get(site) or _digits(site) for post, site in sites.items()}


def _digits(site: str) -> str:
    """The region in the name of a place that no list registered: a post there has somebody above it all the same."""
    code = site.rpartition("-")[2]
    return code if code.isdigit() else ""


def _limits() -> Limits:
    source = Judged.objects.values_list("limits", flat=True).first() or ""
    data = the_blobs().read(source)
    try:
        return read_limits(data.decode("utf-8", "replace"), source=source) if data is not None else default_limits()
    except BadLimits:
        return default_limits()


def _answered(posts: list[str]) -> dict[str, int]:
    """When the command last logged something about a post."""
    about = {f"post:{post}": post for post in posts} | {post: post for post in posts}
    found = CommandLogLine.objects.filter(about__in=about).values_list("about").annotate(Max("at"))
    answered: dict[str, int] = {}
    for name, at in found:
        answered[about[name]] = max(at, answered.get(about[name], 0))
    return answered
