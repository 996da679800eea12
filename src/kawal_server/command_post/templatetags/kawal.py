"""The words of the templates: looks with their shapes, times, ages, places and numbers, in the reader's language."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from lucide.templatetags.lucide import lucide

from kawal.ledger.clock import clock as written
from kawal.ledger.clock import duration
from kawal.watch.titles import title
from kawal_server.command_post import places
from kawal_server.command_post.moment import moment

register = template.Library()

LOOKS = {
    "aman": gettext_lazy("Aman"),
    "perhatian": gettext_lazy("Perhatian"),
    "bahaya": gettext_lazy("Bahaya"),
    "tidak diketahui": gettext_lazy("Tidak diketahui"),
    "keterangan": gettext_lazy("Keterangan"),
}
_SHAPES = {
    "aman": '<circle cx="6" cy="6" r="5"/>',
    "perhatian": '<path d="M6 .8 11.6 11H.4Z"/>',
    "bahaya": '<path d="M6 0 12 6 6 12 0 6Z"/>',
    "tidak diketahui": '<path d="M1 1h10v10H1Z"/>',
    "keterangan": '<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2.5"/>',
}


def language() -> str:
    """The reader's language, `id` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "id"


def said(text: str) -> str:
    """The half of a sentence "in Indonesian / in English" that the reader understands."""
    parts = text.split(" / ")
    if len(parts) % 2:
        return text
    half = len(parts) // 2
    return " / ".join(parts[half:] if language() == "en" else parts[:half])


def slug(look: str) -> str:
    """A look as an attribute's value."""
    return look.replace(" ", "-")


register.filter("slug", slug)


@register.simple_tag
def shape(look: str) -> SafeString:
    """The shape of a look alone; the words must stand beside it."""
    drawn = _SHAPES.get(look, _SHAPES["tidak diketahui"])
    return mark_safe(
        f'<svg class="shape" data-look="{slug(look) if look in _SHAPES else "tidak-diketahui"}" '
        f'viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">{drawn}</svg>'
    )


@register.simple_tag
def chip(look: str, text: str = "") -> SafeString:
    """A look as shape and words; with `text` the look itself is said to those who cannot see the shape."""
    name = LOOKS.get(look, LOOKS["tidak diketahui"])
    said = format_html('<span class="unseen">{}: </span>{}', name, text) if text else name
    return format_html('<span class="chip" data-look="{}">{}<span>{}</span></span>', slug(look), shape(look), said)


@register.filter
def look_name(look: str) -> str:
    """The word for a look."""
    return str(LOOKS.get(look, LOOKS["tidak diketahui"]))


@register.filter
def clock(at: int | str | None, zone: str) -> str:
    """A UNIX second as `Sab 30 Nov 17.19 WITA`; a dash where there is none."""
    return "—" if at is None or at == "" else written(int(at), zone, language=language())


@register.filter
def age(at: int | str | None) -> SafeString:
    """How long ago a UNIX second was, as an element that grows older by itself."""
    if at is None or at == "":
        return format_html('<span class="age">{}</span>', "—")
    return format_html('<time class="age" data-at="{}">{}</time>', at, lasting(moment() - int(at)))


@register.filter
def hour(minutes: int) -> str:
    """Minutes from a day's beginning as an hour: `07.30`."""
    return f"{int(minutes) // 60:02d}.{int(minutes) % 60:02d}"


@register.filter
def lasting(seconds: int) -> str:
    """A length of time: `2 j 05 mnt`."""
    return duration(int(seconds), language=language())


@register.filter
def region(code: str) -> str:
    """The name of a region by its code; the code itself where no decree knows it."""
    return places.region_name(code)


@register.filter
def unit(name: str) -> str:
    """A unit or site as people say it: `ppk-530305` is PPK Kota Kefamenanu."""
    return places.unit_name(name)


@register.filter
def place(kind: str) -> str:
    """Where a box is, in two words."""
    return places.place_name(kind)


@register.filter
def station(code: str) -> str:
    """A station's number as people say it: TPS 007."""
    return f"TPS {code[-3:]}" if len(code) == 13 else "—"


@register.filter
def title_of(name: str) -> str:
    """The words for a code, condition, grade or reason."""
    return title(name, language=language())


@register.filter
def grouped(number: int) -> str:
    """A number with its thousands apart: 1.234 in Indonesian, 1,234 in English."""
    return f"{int(number):,}".replace(",", "," if language() == "en" else ".")


@register.filter
def boxes(count: int) -> str:
    """The unit behind a number of boxes."""
    return ngettext("kotak", "kotak", int(count))


@register.filter
def says(line: Any) -> str:
    """The sentence of a finding or a thing to do, in the reader's language."""
    return str(line.says_en if language() == "en" else line.says_id)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawn sign beside words; it says nothing by itself."""
    return _icon(name)


@lru_cache(maxsize=64)
def _icon(name: str) -> SafeString:
    drawn = lucide(name, size=20, aria_hidden="true", focusable="false", stroke_width="1.75")
    return mark_safe(drawn.replace("<svg", '<svg class="icon"', 1))


@register.simple_tag
def bars(parts: Iterable[tuple[str, int]], whole: int) -> SafeString:
    """Shares by look, side by side; the numbers must stand beside it."""
    drawn, start = [], 0.0
    for look, count in parts:
        share = 100 * count / whole if whole else 0.0
        drawn.append(
            f'<rect class="bar-part" data-look="{slug(look)}" x="{start:.2f}" width="{share:.2f}" height="4"/>'
        )
        start += share
    return mark_safe(
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bar-whole" width="100" height="4"/>{"".join(drawn)}</svg>'
    )


@register.simple_tag
def bar(part: float, whole: float, look: str = "aman") -> SafeString:
    """A share as a bar; the numbers must stand beside it."""
    share = 0.0 if not whole else min(100.0, 100 * part / whole)
    return format_html(
        '<svg class="bar" data-look="{}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar-whole" width="100" height="4"/><rect class="bar-part" width="{}" height="4"/></svg>',
        slug(look),
        f"{share:.1f}" if share == 0 or share >= 1 else "1",
    )
