"""Filters that look a word up: a person among those a page may name, the half of a sentence that is understood."""

from collections.abc import Mapping

from django import template

from kawal_server.command_post.templatetags.kawal import said

register = template.Library()
register.filter("half", said)


@register.filter
def named(names: Mapping[str, str], who: str) -> str:
    """How this page calls somebody; the id itself where it may not name them."""
    return names.get(who, who)
