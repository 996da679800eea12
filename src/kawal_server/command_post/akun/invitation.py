"""The invitation: whoever holds the link chooses the password, once, and nobody else ever knows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kawal_server.accounts.models import Officer
from kawal_server.actions.officers import OfficerRefused, accept_invitation, invited
from kawal_server.command_post.templatetags.kawal import said


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Open to all: the link's code is the key. It stands in the query, which no log of ours keeps."""
    token = (request.POST.get("kode") or request.GET.get("kode") or "")[:100]
    officer = invited(token)
    if officer is None:
        return render(request, "akun/invitation.html", {"officer": None}, status=404)
    if request.method != "POST":
        return _form(request, officer, token)
    password = request.POST.get("baru", "")
    if password != request.POST.get("ulang", ""):
        return _form(request, officer, token, _("Kedua kata sandi baru tidak sama."))
    try:
        accept_invitation(token, password)
    except OfficerRefused as refused:
        return _form(request, officer, token, said(str(refused)))
    return redirect(f"{reverse('masuk')}?sandi=baru")


def _form(request: HttpRequest, officer: Officer, token: str, problem: str = "") -> HttpResponse:
    around = {"officer": officer, "token": token, "problem": problem}
    return render(request, "akun/invitation.html", around, status=400 if problem else 200)
