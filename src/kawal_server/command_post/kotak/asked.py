"""What somebody asks of the list of boxes: filters, a search, an order and a page, read from the address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.http import QueryDict

from kawal.ledger.qr import BadQr, read_text_code
from kawal_server.actions.lines import LOOKS
from kawal_server.command_post.places import PLACES, region_name
from kawal_server.store.models import BoxLine, FindingLine, ItemLine

ROWS = 50
TEXT_LIMIT = 80
WORDS_LIMIT = 8
_STATION = re.compile(r"\btps[\s.]*0*([0-9]{1,3})\b", re.IGNORECASE)
_GRAVITY = Case(
    *(When(look=look, then=Value(order)) for order, look in enumerate(LOOKS)), default=9, output_field=IntegerField()
)
ORDERS: Mapping[str, tuple[str, ...]] = {
    "kotak": ("box",),
    "kecamatan": ("district", "box"),
    "tempat": ("place", "district", "box"),
    "pemegang": ("holder", "box"),
    "keadaan": ("gravity", "district", "box"),
    "terlihat": ("seen_at", "box"),
}


@dataclass(frozen=True)
class Asked:
    """The filters by their names in the address; "" asks for nothing."""

    q: str = ""
    keadaan: str = ""
    tempat: str = ""
    kecamatan: str = ""
    pemilihan: str = ""
    pemegang: str = ""
    temuan: str = ""
    hal: str = ""
    urut: str = "kecamatan"
    halaman: int = 1

    def __bool__(self) -> bool:
        """Whether anything is asked for beyond an order and a page."""
        return replace(self, urut="kecamatan", halaman=1) != Asked()

    def address(self, **changed: object) -> str:
        """The query of an address with some filters changed; a changed filter starts again at its first page."""
        asked = replace(self, **{"halaman": 1, **changed})  # type: ignore[arg-type]
        said = {one.name: getattr(asked, one.name) for one in fields(asked)}
        return urlencode({name: value for name, value in said.items() if value != getattr(Asked(), name)})

    def boxes(self) -> QuerySet[BoxLine]:
        """The boxes asked for, in order."""
        name = self.urut.lstrip("-")
        order = [F(one) for one in ORDERS[name]]
        first = order[0].desc(nulls_last=True) if self.urut.startswith("-") else order[0].asc(nulls_last=True)
        chosen = self._without_look()
        if self.keadaan:
            chosen = chosen.filter(look=self.keadaan)
        return chosen.annotate(gravity=_GRAVITY).order_by(first, *order[1:])

    def looks(self) -> dict[str, int]:
        """How many boxes look how, under all other filters."""
        counted = self._without_look().order_by().values_list("look").annotate(Count("box"))
        found = dict(counted)
        return {look: found.get(look, 0) for look in LOOKS}

    def _without_look(self) -> QuerySet[BoxLine]:
        chosen = BoxLine.objects.all()
        for column, value in (("place", self.tempat), ("district", self.kecamatan), ("election", self.pemilihan)):
            if value:
                chosen = chosen.filter(**{column: value})
        if self.pemegang:
            chosen = chosen.filter(Q(holder__icontains=self.pemegang) | Q(site__icontains=self.pemegang))
        if self.temuan:
            chosen = chosen.filter(box__in=FindingLine.objects.filter(code=self.temuan).values("subject"))
        if self.hal:
            chosen = chosen.filter(box__in=_subjects(self.hal))
        return chosen.filter(_search(self.q)) if self.q else chosen


def read_asked(query: QueryDict) -> Asked:
    """Read the filters of an address; what is not known counts as not asked."""
    given = {one.name: _clean(query.get(one.name, "")) for one in fields(Asked) if one.name != "halaman"}
    page = query.get("halaman", "1")
    asked = replace(
        Asked(), **given, halaman=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    )
    return replace(
        asked,
        urut=asked.urut if asked.urut.lstrip("-") in ORDERS else "kecamatan",
        keadaan=asked.keadaan if asked.keadaan in LOOKS else "",
        tempat=asked.tempat if asked.tempat in PLACES else "",
    )


def _subjects(cause: str) -> list[str]:
    """What one thing to do is about, as Komando counts it."""
    return [str(one) for item in ItemLine.objects.filter(cause=cause) for one in item.subjects]


def _clean(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:TEXT_LIMIT]


def _search(text: str) -> Q:
    """A box id, a label's code, a station, a seal, a kecamatan or desa: every word must be one of these."""
    try:
        return Q(code=read_text_code(text))
    except BadQr:
        pass
    found = Q()
    for number in _STATION.findall(text):
        found &= Q(station__endswith=f"{int(number):03d}")
    words = _STATION.sub(" ", text).split()[:WORDS_LIMIT]
    names = _region_names() if any(not word.isdigit() for word in words) else {}
    for word in words:
        found &= _word(word, names)
    return found


def _word(word: str, names: Mapping[str, str]) -> Q:
    codes = [code for code, name in names.items() if word.lower() in name]
    found = Q(box__icontains=word) | Q(seals__icontains=word) | Q(holder__icontains=word)
    if word.isascii() and word.isdigit() and len(word) <= 3:
        found |= Q(station__endswith=f"{int(word):03d}")
    districts = [code for code in codes if len(code) == 6]
    villages = [code for code in codes if len(code) == 10]
    return found | Q(district__in=districts) | Q(village__in=villages)


def _region_names() -> dict[str, str]:
    pairs = BoxLine.objects.order_by().values_list("district", "village").distinct()
    codes = {code for pair in pairs for code in pair if code}
    return {code: region_name(code).lower() for code in codes}
