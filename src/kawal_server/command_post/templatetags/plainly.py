"""The filter for text that came from a log: escaped like all other text, and nothing hidden in it."""

from django import template

from kawal_server.command_post.plain import plain

register = template.Library()
register.filter("plain", plain)


@register.filter
def short(identifier: str) -> str:
    """The first characters of a key id, event id or hash: enough to tell them apart on a page."""
    return f"{identifier[:8]}…" if len(identifier) > 9 else identifier
