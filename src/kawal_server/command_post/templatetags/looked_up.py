"""A filter that looks a person up among those a page may name."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[str, str], who: str) -> str:
    """How this page calls somebody; the id itself where it may not name them."""
    return names.get(who, who)
