"""What every page of the set-up asks first: whether anything may be changed here."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kawal_server.actions.admin_chain import Agency, keys_at_post
from kawal_server.actions.open_lists import FILE_LIMIT
from kawal_server.store.models import Operation

FORM_BYTES = 64 * 1024
_AGENCIES: Mapping[Agency, str] = {"kpu": "KPU", "bawaslu": "Bawaslu", "polri": "Polri"}


def the_operation() -> Operation | None:
    """The operation of this post."""
    return Operation.objects.first()


def refuse_demo() -> None:
    """A demonstration is looked at and never changed. Raises: PermissionDenied."""
    operation = the_operation()
    if operation is not None and operation.is_demo:
        raise PermissionDenied("demo")


def key_names() -> list[str]:
    """The agencies whose administrator's key still lies at this post, as people write them."""
    return [_AGENCIES[agency] for agency in keys_at_post()]


def too_big(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a body that no list needs; None for others."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > FILE_LIMIT + FORM_BYTES:
        return render(request, "operasi/too_big.html", status=413)
    return None
