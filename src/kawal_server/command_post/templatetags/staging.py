"""The words of the stages' templates: days, states, and the marks of the picture."""

from datetime import UTC, date, datetime, timedelta

from babel.dates import format_date
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kawal.command.lapsing import BoundKind, Standing
from kawal.command.stages import StageState
from kawal.election.lists.dates import ZONE_HOURS
from kawal_server.command_post import standing
from kawal_server.command_post.moment import moment
from kawal_server.command_post.templatetags.kawal import chip, language, shape

register = template.Library()
MARK_SIZE = 10


@register.filter
def day(at: int | None, zone: str) -> str:
    """The local day of a UNIX second: `6 Des 2024`; a dash where there is none."""
    if at is None:
        return "—"
    local = datetime.fromtimestamp(at, UTC) + timedelta(hours=ZONE_HOURS.get(zone, 0))
    return format_date(local, "d MMM y", locale=language())


@register.filter
def iso_day(day: str) -> str:
    """A day written as 2024-12-06, as people write it."""
    return format_date(date.fromisoformat(day), "d MMM y", locale=language())


@register.filter
def stage_look(state: StageState) -> str:
    """The look of a stage's state."""
    return standing.state_look(state)


@register.filter
def bound_kind(kind: BoundKind) -> str:
    """A kind of bound thing."""
    return standing.kind_word(kind)


@register.simple_tag
def bound_chip(one: Standing) -> SafeString:
    """What has become of a bound thing, as shape and words."""
    return chip(standing.look(one, moment()), standing.bound_word(one.state))


@register.simple_tag
def stage_mark(x: str, look: str) -> SafeString:
    """A mark of the picture where something lapses. x: percent of its width."""
    return format_html('<svg class="stage-mark" x="{}" y="22" overflow="visible">{}</svg>', x, shape(look))
