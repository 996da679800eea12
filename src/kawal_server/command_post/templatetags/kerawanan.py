"""Classes of kerawanan as shape and words: their own signs, so that none is taken for the state of a box."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kawal.risk.classes import UNKNOWN, RiskClass, name_of
from kawal_server.command_post.templatetags.kawal import language

register = template.Library()
_SHAPES = {
    "less": '<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "prone": '<path d="M6 .8 11.6 11H.4Z"/>',
    "high": '<path d="M6 0 12 6 6 12 0 6Z"/>',
    "special": '<path d="M6 0 7.8 4.2 12 4.6 8.8 7.6 9.8 12 6 9.6 2.2 12 3.2 7.6 0 4.6 4.2 4.2Z"/>',
    UNKNOWN: '<path d="M1 1h10v10H1Z"/>',
}


def class_name(risk: str | None) -> str:
    """A class in the reader's words, beginning with a capital."""
    name = name_of(risk, language())
    return name[:1].upper() + name[1:]


def look_of(risk: RiskClass | None) -> str:
    """A class as the name of a look."""
    return "tidak-diketahui" if risk is None else f"kelas-{risk}"


@register.simple_tag
def class_shape(risk: RiskClass | None) -> SafeString:
    """The sign of a class alone; the words must stand beside it."""
    return mark_safe(
        f'<svg class="shape" data-look="{look_of(risk)}" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"'
        f' focusable="false">{_SHAPES[risk or UNKNOWN]}</svg>'
    )


@register.simple_tag
def class_chip(risk: RiskClass | None) -> SafeString:
    """A class as its sign and its words."""
    return format_html(
        '<span class="chip" data-look="{}">{}<span>{}</span></span>', look_of(risk), class_shape(risk), class_name(risk)
    )
