"""What every page of the set-up asks first: whether anything may be changed here."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kawal_server.actions.open_lists import FILE_LIMIT
from kawal_server.store.models import Operation

FORM_BYTES = 64 * 1024


def the_operation() -> Operation | None:
    """The operation of this post."""
    return Operation.objects.first()


def refuse_demo() -> None:
    """A demonstration is looked at and never changed. Raises: PermissionDenied."""
    operation = the_operation()
    if operation is not None and operation.is_demo:
        raise PermissionDenied("demo")


def too_big(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a body that no list needs; None for others."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > FILE_LIMIT + FORM_BYTES:
        return render(request, "operasi/too_big.html", status=413)
    return None
