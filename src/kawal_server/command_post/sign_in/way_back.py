"""Back to where somebody was going: an address of this post, never of another."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def safe_way(request: HttpRequest, asked: str, *, otherwise: str = "komando") -> str:
    """The address asked for if it is ours, else that of the page `otherwise`."""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if asked and is_ours else reverse(otherwise)


def asked_way(request: HttpRequest) -> str:
    """Where a page with `next` leads on to."""
    return safe_way(request, request.POST.get("next") or request.GET.get("next") or "")
