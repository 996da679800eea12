"""Where Komando's numbers lead: the list of boxes they were counted from."""

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode


def to_boxes(**chosen: str) -> str:
    """The list of boxes, filtered."""
    return f"{_at('kotak-list')}?{urlencode(chosen)}" if chosen else _at("kotak-list")


def to_box(box: str) -> str:
    """One box."""
    return _at("kotak", box)


def to_page(name: str, *args: str) -> str:
    """Another page of the post."""
    return _at(name, *args)


def _at(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return reverse("komando")
