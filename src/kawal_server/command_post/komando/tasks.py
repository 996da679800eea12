"""Perlu tindakan: each thing to do with one verb, leading to where it is done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kawal.election.boxes import BadBoxId, read_box_id
from kawal_server.command_post.komando.links import to_box, to_boxes, to_page
from kawal_server.store.models import BoxLine, ItemLine, PostLine

SHOWN = 4
_KID_SHOWN = 8
_OF_POSTS = "guard."
_CALL = frozenset({"custody.missing", "custody.overdue"})
_HAND_OVERS = frozenset({"custody.one-sided", "custody.same-person", "custody.wrong-roles", "custody.order"})


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `subject`: what it is about, where that is one thing; `boxes`: how many boxes it is about."""

    line: ItemLine
    look: str
    code: str
    subject: str
    boxes: int
    verb: str
    url: str


@dataclass(frozen=True, slots=True)
class Tasks:
    """The queue, gravest first. `hidden`: how many the page leaves out; `unknown`: boxes nobody can speak for."""

    shown: Sequence[Task]
    total: int
    unknown: int = 0

    @property
    def hidden(self) -> int:
        """How many more there are."""
        return self.total - len(self.shown)


def tasks(*, everything: bool, sees_posts: bool) -> Tasks:
    """The queue, or its first few. sees_posts: whether the reader's office may know how posts are guarded."""
    lines = [line for line in ItemLine.objects.all() if sees_posts or not _is_of_posts(line)]
    posts = frozenset(PostLine.objects.values_list("post", flat=True)) if sees_posts else frozenset()
    shown = lines if everything else lines[:SHOWN]
    return Tasks([_task(line, posts) for line in shown], len(lines), _unknown(lines))


def _is_of_posts(line: ItemLine) -> bool:
    """No item joins posts with anything else (kawal.watch.items)."""
    return any(str(code).startswith(_OF_POSTS) for code in line.codes)


def _unknown(lines: Sequence[ItemLine]) -> int:
    """Boxes without a known place: said where nothing else is, so that an empty queue never looks like safety."""
    return 0 if lines else BoxLine.objects.filter(look="tidak diketahui").count()


def _task(line: ItemLine, posts: Collection[str]) -> Task:
    subjects, code = [str(one) for one in line.subjects], str(line.codes[0]) if line.codes else ""
    boxes = [one for one in subjects if _is_box(one)]
    if code.startswith(_OF_POSTS):
        verb, url = _post_verb(code), _to_post([one for one in subjects if one in posts])
    else:
        verb, url = _way_out(line.cause, code, boxes)
    return Task(line, _look(line), code, _named(subjects), len(boxes), verb, url)


def _look(line: ItemLine) -> str:
    """Danger that is over is still a matter to look into, but no danger."""
    if line.severity == "alarm":
        return "bahaya" if line.lasts else "perhatian"
    return "perhatian" if line.severity == "warn" else "keterangan"


def _way_out(cause: str, code: str, boxes: Sequence[str]) -> tuple[str, str]:
    if not boxes:
        return _("Buka buku audit"), to_page("buku-audit")
    if len(boxes) > 1:
        return _("Periksa kotak"), to_boxes(hal=cause)
    if code in _CALL:
        return _("Hubungi pemegang"), to_box(boxes[0])
    if code in _HAND_OVERS:
        return _("Lihat serah terima"), to_box(boxes[0])
    return _("Periksa kotak"), to_box(boxes[0])


def _to_post(posts: Sequence[str]) -> str:
    """The post that it is about; the board where it is about several, or about somebody."""
    return to_page("penjagaan-pos", posts[0]) if len(posts) == 1 else to_page("penjagaan")


def _post_verb(code: str) -> str:
    """What is done about a post, in one verb."""
    verbs = {
        "guard.silent": _("Hubungi pos"),
        "guard.uncovered": _("Kirim pengganti"),
        "guard.relief-gap": _("Kirim pengganti"),
        "guard.fatigue": _("Atur istirahat"),
        "guard.count": _("Hitung ulang"),
        "guard.away": _("Hubungi pos"),
    }
    return verbs.get(code, _("Lihat penjagaan"))


def _named(subjects: Sequence[str]) -> str:
    """What it is about, as the board names it; nothing where it is about several things."""
    if len(subjects) != 1:
        return ""
    return subjects[0] if _is_box(subjects[0]) or len(subjects[0]) < 40 else subjects[0][:_KID_SHOWN]


def _is_box(subject: str) -> bool:
    try:
        read_box_id(subject)
    except BadBoxId:
        return False
    return True
