"""The checklist: what is done, what is missing, and what may be left out."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kawal_server.actions.keep_lists import MANIFEST_OF
from kawal_server.actions.register_lists import registered
from kawal_server.command_post.operasi.kinds import WORDS, ListWord
from kawal_server.command_post.places import region_name
from kawal_server.command_post.templatetags.kawal import grouped
from kawal_server.store.models import Boundary, ListDraft, Operation

DONE, NEEDED, OPEN = "aman", "perhatian", "tidak diketahui"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. look: its shape; state: the word beside it; says: what is there; waits: why it cannot be done yet."""

    number: int
    title: str
    url: str
    look: str
    state: str
    says: str
    waits: str = ""


def steps(operation: Operation | None) -> list[Step]:
    """All eight, in order."""
    drafts = {(one.kind, one.state): one for one in ListDraft.objects.defer("content")}
    lists = [_list(word, operation, drafts) for word in WORDS.values()]
    return [_described(operation), *lists, _boundaries(operation), _opened(operation, drafts)]


def _described(operation: Operation | None) -> Step:
    title, url = _("Operasi"), reverse("operasi-pokok")
    if operation is None:
        return Step(1, title, url, NEEDED, _("perlu diisi"), _("Nama, wilayah, pemilihan, hari pemungutan suara."))
    areas = ", ".join(region_name(code.strip()) for code in operation.area.split(","))
    return Step(1, title, url, DONE, _("terisi"), f"{operation.name} · {areas} · {', '.join(operation.elections)}")


def _list(word: ListWord, operation: Operation | None, drafts: dict[tuple[str, str], ListDraft]) -> Step:
    url = reverse("operasi-daftar", args=[word.word])
    if operation is None:
        waits = _("Isi langkah 1 dulu.")
        look = NEEDED if word.kind == "stations" else OPEN
        return Step(word.number, word.title, url, look, _("menunggu"), word.needs, waits)
    if operation.is_demo:
        return _played(word, url)
    if (draft := drafts.get((word.kind, "preview"))) is not None:
        says = _("%(file)s belum diterima: periksa pratinjaunya.") % {"file": draft.file_name}
        return Step(word.number, word.title, url, NEEDED, _("diperiksa"), says)
    if (draft := drafts.get((word.kind, "accepted"))) is not None:
        says = f"{grouped(len(draft.rows))} {word.unit} · {draft.file_name}"
        return Step(word.number, word.title, url, DONE, _("diterima"), says)
    if word.kind == "stations":
        return Step(word.number, word.title, url, NEEDED, _("perlu diunggah"), word.needs)
    return Step(word.number, word.title, url, OPEN, _("boleh menyusul"), word.needs)


def _played(word: ListWord, url: str) -> Step:
    manifest = MANIFEST_OF.get(word.kind)
    rows = len(registered(manifest)) if manifest is not None else 0
    if not rows:
        return Step(word.number, word.title, url, OPEN, _("tidak ada"), word.needs)
    says = _("%(rows)s baris terdaftar di log kotak.") % {"rows": grouped(rows)}
    return Step(word.number, word.title, url, DONE, _("terdaftar"), says)


def _boundaries(operation: Operation | None) -> Step:
    title, url = _("Batas wilayah"), reverse("operasi-batas")
    count = Boundary.objects.count()
    if count:
        says = _("%(count)s kecamatan digambar dengan batas sebenarnya.") % {"count": count}
        return Step(7, title, url, DONE, _("dimuat"), says)
    waits = _("Isi langkah 1 dulu.") if operation is None else ""
    says = _("GeoJSON batas kecamatan. Tanpa itu peta digambar dari titik.")
    return Step(7, title, url, OPEN, _("boleh menyusul"), says, waits)


def _opened(operation: Operation | None, drafts: dict[tuple[str, str], ListDraft]) -> Step:
    title, url = _("Buka operasi"), reverse("operasi-buka")
    if operation is not None and operation.opened_at is not None:
        return Step(8, title, url, DONE, _("dibuka"), _("Kedua log berjalan; papan terisi dari log."))
    says = _("Kunci, kedua log, dan daftar kotak dibuat dan ditandatangani.")
    if operation is None or ("stations", "accepted") not in drafts:
        return Step(8, title, url, OPEN, _("menunggu"), says, _("Langkah 1 dan 2 harus selesai dulu."))
    return Step(8, title, url, NEEDED, _("siap dibuka"), says)
