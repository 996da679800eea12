"""The pages of the boxes: the list, one box, its case file and its labels."""

from dataclasses import replace

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from kawal.ledger.event import Eid
from kawal_server.accounts.access import AuthenticatedRequest, who_may
from kawal_server.actions.lines import LOOKS
from kawal_server.actions.take_export import NothingToProve, case_file, zipped
from kawal_server.actions.tell_box import tell_box
from kawal_server.command_post.evidence import Reference, references, zone_of_post
from kawal_server.command_post.kotak.asked import ROWS, Asked, read_asked
from kawal_server.command_post.kotak.label import label_of
from kawal_server.command_post.kotak.life_line import life_line
from kawal_server.command_post.kotak.listed import as_csv
from kawal_server.command_post.kotak.photo import picture_type
from kawal_server.command_post.places import PLACES
from kawal_server.command_post.sending import send
from kawal_server.command_post.templatetags.kawal import language
from kawal_server.store.evidence import the_blobs
from kawal_server.store.models import BoxLine, DistrictLine, FindingLine

LABELS = 400


@who_may("see-boxes")
def list_boxes(request: AuthenticatedRequest) -> HttpResponse:
    """The list; asked for in the background, only the board itself."""
    asked = read_asked(request.GET)
    looks = asked.looks()
    total = looks[asked.keadaan] if asked.keadaan else sum(looks.values())
    page = _page(asked, total, ROWS)
    around = {
        "asked": asked,
        "total": total,
        "page": page,
        "looks": [(look, looks[look], asked.address(keadaan="" if asked.keadaan == look else look)) for look in LOOKS],
        "columns": _columns(asked),
        "zone": zone_of_post(),
    }
    is_part = request.headers.get("HX-Request") == "true"
    answer = render(
        request, "kotak/board.html" if is_part else "kotak/list.html", around if is_part else {**around, **_choices()}
    )
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _page(asked: Asked, total: int, rows: int) -> Page[BoxLine]:
    paginator = Paginator(asked.boxes(), rows)
    # The looks were counted already, so the paginator need not count again.
    paginator.__dict__["count"] = total
    return paginator.get_page(asked.halaman)


def _choices() -> dict[str, object]:
    return {
        "places": list(PLACES),
        "districts": list(DistrictLine.objects.values_list("code", flat=True)),
        "elections": list(BoxLine.objects.order_by("election").values_list("election", flat=True).distinct()),
        # Not those of posts: they are about no box, and not every office may know how posts are guarded.
        "codes": list(_of_boxes().order_by("code").values_list("code", flat=True).distinct()),
        "look_names": LOOKS,
    }


def _of_boxes() -> QuerySet[FindingLine]:
    return FindingLine.objects.exclude(code__startswith="guard.")


def _columns(asked: Asked) -> list[tuple[str, str, str]]:
    """Each column's order, the address that sorts by it, and how it is sorted now."""
    columns = []
    for name in ("kotak", "kecamatan", "keadaan", "tempat", "pemegang", "terlihat"):
        is_down = asked.urut == name
        state = "ascending" if is_down else "descending" if asked.urut == f"-{name}" else "none"
        columns.append((name, asked.address(urut=f"-{name}" if is_down else name), state))
    return columns


@who_may("see-boxes")
def download_list(request: AuthenticatedRequest) -> HttpResponseBase:
    """The boxes asked for as CSV, all pages of them."""
    boxes = read_asked(request.GET).boxes().iterator(chunk_size=500)
    lines = as_csv(boxes, zone=zone_of_post(), language=language())
    return send(request, lines, name="kotak.csv", content_type="text/csv; charset=utf-8")


@who_may("see-boxes")
def show_box(request: AuthenticatedRequest, box: str) -> HttpResponse:
    """One box: how it stands, what is wrong with it, and all that ever happened to it."""
    line = BoxLine.objects.filter(pk=box).first()
    told = tell_box(box)
    if line is None and not told.steps:
        return _unknown(request, box)
    findings = list(_of_boxes().filter(subject=box).order_by("since", "id"))
    evidence = references({Eid(eid) for one in findings for eid in one.evidence})
    around = {
        "box": box,
        "line": line,
        "findings": [(one, _evidence(one, evidence)) for one in findings],
        "steps": life_line(told),
        "checkers": told.checkers.values(),
        "groups": (line.code[:4], line.code[4:]) if line else None,
        "zone": zone_of_post(),
    }
    return render(request, "kotak/box.html", around)


def _evidence(finding: FindingLine, found: dict[Eid, Reference]) -> list[Reference]:
    return [found[Eid(eid)] for eid in finding.evidence if Eid(eid) in found]


def _unknown(request: AuthenticatedRequest, box: str) -> HttpResponse:
    return render(request, "kotak/unknown.html", {"box": box[:64]}, status=404)


@who_may("take-export")
def download_case(request: AuthenticatedRequest, box: str) -> HttpResponseBase:
    """The case file of a box as a zip."""
    try:
        files = case_file(box)
    except NothingToProve:
        return render(request, "kotak/unproven.html", {"box": box[:64]}, status=404)
    return send(request, zipped(files), name=f"kotak-{box}.zip", content_type="application/zip")


@who_may("see-boxes")
def show_photo(_request: AuthenticatedRequest, box: str, digest: str) -> HttpResponse:
    """A photo behind an event, if it is a picture; nothing else is ever shown by a browser."""
    data = the_blobs().read(digest)
    kind = None if data is None else picture_type(data)
    if data is None or kind is None:
        raise Http404("foto ini belum ada di sini / this photo is not here yet")
    return HttpResponse(
        data, content_type=kind, headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    )


@who_may("see-boxes")
def print_label(request: AuthenticatedRequest, box: str) -> HttpResponse:
    """The label of one box."""
    line = BoxLine.objects.filter(pk=box).first()
    if line is None:
        return _unknown(request, box)
    return render(request, "kotak/labels.html", {"labels": [label_of(line)], "back": box})


@who_may("see-boxes")
def print_labels(request: AuthenticatedRequest) -> HttpResponse:
    """The labels of the boxes asked for, eight on a sheet."""
    asked = read_asked(request.GET)
    page = _page(asked, asked.boxes().count(), LABELS)
    around = {
        "labels": [label_of(line) for line in page],
        "asked": asked,
        "page": page,
        "batches": [(n, replace(asked, halaman=1).address(halaman=n)) for n in page.paginator.page_range],
    }
    return render(request, "kotak/labels.html", around)
