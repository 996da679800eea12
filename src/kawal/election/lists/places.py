"""Which official region a row means: by its code where it gives one, by its name inside its parent elsewhere."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from kawal.election.lists.cells import Cell, is_empty, shown, whole, words
from kawal.election.lists.names import bare, is_near, name_key, sound_key, village_type
from kawal.election.lists.problems import Doubt, RowRefused
from kawal.election.regions import CodeSet, Level, Region, UnknownRegion, below, dotted, plain

How = Literal["code", "name", "sound", "near"]
KELURAHAN_MARK = "1"
MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A region, and how it was found. sound: spelt differently; near: a slip of the hand was read past."""

    region: Region
    how: How
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What a row says of its place. code: a region's or a TPS's; kind: desa or kelurahan where a column says so."""

    district: Cell = None
    village: Cell = None
    code: Cell = None
    kind: Cell = None


@dataclass
class Places:
    """The kecamatan and villages of an operation. areas: codes of 2, 4 or 6 digits. Raises: UnknownRegion."""

    codes: CodeSet
    areas: Sequence[str]
    _found: dict[tuple[str, str], Found | RowRefused] = field(default_factory=dict, repr=False)

    @cached_property
    def districts(self) -> list[Region]:
        """The kecamatan, by code."""
        found = {one.code: one for area in self.areas for one in below(self.codes, plain(area), "district")}
        return [found[code] for code in sorted(found)]

    @cached_property
    def villages(self) -> dict[str, list[Region]]:
        """Kecamatan code -> its villages, by code."""
        return {one.code: list(self.codes.children(one.code)) for one in self.districts}

    @cached_property
    def by_code(self) -> dict[str, Region]:
        """Every kecamatan and village of the operation."""
        own = {one.code: one for one in self.districts}
        return own | {one.code: one for many in self.villages.values() for one in many}

    @cached_property
    def regencies(self) -> list[Region]:
        """The kabupaten and kota that the kecamatan are of."""
        return [self.codes.region(code) for code in sorted({one.code[:4] for one in self.districts})]

    @cached_property
    def district_keys(self) -> frozenset[str]:
        """Name keys of the kecamatan."""
        return frozenset(name_key(one.name) for one in self.districts)

    @cached_property
    def village_keys(self) -> frozenset[str]:
        """Name keys of the villages."""
        return frozenset(name_key(one.name) for many in self.villages.values() for one in many)

    def name(self, code: str) -> str:
        """The official name; the code itself for a region that the set does not know."""
        try:
            return self.by_code[code].name if code in self.by_code else self.codes.region(code).name
        except UnknownRegion:
            return code

    def district(self, cell: Cell) -> Found:
        """The kecamatan a cell names, by name or code. Raises: RowRefused."""
        code = as_code(cell, (6,))
        if code and code in self.by_code:
            return Found(self.by_code[code], "code")
        return self._remembered("district", "", words(cell), lambda: self._named_district(cell))

    def _remembered(self, level: str, parent: str, text: str, look: Callable[[], Found]) -> Found:
        key = (f"{level}/{parent}", text)
        if key not in self._found:
            try:
                self._found[key] = look()
            except RowRefused as refused:
                self._found[key] = refused
        found = self._found[key]
        if isinstance(found, RowRefused):
            raise RowRefused(found.field, found.says_id, found.says_en)
        return found

    def _named_district(self, cell: Cell) -> Found:
        found = _only(self.districts, words(cell), "district")
        if found:
            return found
        perhaps = _perhaps(self.districts, cell)
        raise RowRefused(
            "district",
            f"Kecamatan {shown(cell)} tidak ada di operasi ini. Perbaiki ejaannya{perhaps}.",
            f"No kecamatan of this operation is called {shown(cell)}. Correct the spelling{perhaps}.",
        )

    def village(self, given: Given) -> Found:
        """The village a row means. Raises: RowRefused, which names the choices where there are several."""
        if is_empty(given.district) and as_code(given.code, (6,)) and not is_empty(given.village):
            given = replace(given, district=given.code, code=None)
        code = self._full_code(given)
        if code:
            return self._coded(code, given)
        if is_empty(given.village):
            raise RowRefused(
                "village", "Nama desa kosong. Isi nama atau kodenya.", "No village. Fill its name or code."
            )
        _refuse_no_name(given.village)
        parent = "" if is_empty(given.district) else self.district(given.district).region.code
        text = f"{words(given.village)}\n{words(given.kind)}"
        return self._remembered("village", parent, text, lambda: self._named_village(parent, given))

    def _full_code(self, given: Given) -> str:
        code = as_code(given.code, (10, 13))
        if code:
            return code[:10]
        short = as_code(given.code, (4,))
        if short and not is_empty(given.district):
            return self.district(given.district).region.code + short
        if not is_empty(given.code):
            raise RowRefused(
                "code",
                f"Kode {shown(given.code)} bukan kode desa. Tulis 10 angka, misalnya 53.03.05.2001.",
                f"{shown(given.code)} is not a village code. Write 10 digits, such as 53.03.05.2001.",
            )
        return ""

    def _coded(self, code: str, given: Given) -> Found:
        region = self.by_code.get(code)
        named = self._by_name_only(given)
        if region is None:
            return self._unknown_code(code, named)
        if is_empty(given.village) or _is_called(region, given.village):
            return Found(region, "code", self._other_district(region, given))
        if named is not None and named.region.code != code:
            raise RowRefused(
                "code",
                f"Kode {dotted(code)} adalah {region.name}, tetapi namanya {shown(given.village)} "
                f"({dotted(named.region.code)}). Betulkan salah satunya.",
                f"Code {dotted(code)} is {region.name}, but the name is {shown(given.village)} "
                f"({dotted(named.region.code)}). Correct one of them.",
            )
        doubt = Doubt(
            "village",
            f"Nama {shown(given.village)} tidak seperti {region.name}; dibaca menurut kode {dotted(code)}.",
            f"The name {shown(given.village)} is unlike {region.name}; read by code {dotted(code)}.",
        )
        return Found(region, "code", (doubt, *self._other_district(region, given)))

    def _by_name_only(self, given: Given) -> Found | None:
        if is_empty(given.village):
            return None
        try:
            return self.village(replace(given, code=None))
        except RowRefused:
            return None

    def _unknown_code(self, code: str, named: Found | None) -> Found:
        if named is None or named.how == "near":
            raise RowRefused(
                "code",
                f"Kode {dotted(code)} tidak ada di operasi ini ({self.codes.version}). Periksa kode dan wilayahnya.",
                f"Code {dotted(code)} is not in this operation ({self.codes.version}). Check the code and its region.",
            )
        doubt = Doubt(
            "code",
            f"Kode {dotted(code)} tidak ada di operasi ini; dibaca menurut nama: {dotted(named.region.code)}.",
            f"Code {dotted(code)} is not in this operation; read by name: {dotted(named.region.code)}.",
        )
        return Found(named.region, named.how, (doubt, *named.doubts))

    def _other_district(self, region: Region, given: Given) -> tuple[Doubt, ...]:
        if is_empty(given.district):
            return ()
        home = self.by_code[region.code[:6]]
        if _is_called(home, given.district) or as_code(given.district, (6,)) == home.code:
            return ()
        says = f"{dotted(region.code)} {region.name}"
        return (
            Doubt(
                "district",
                f"{says} ada di kecamatan {home.name}, bukan {shown(given.district)}.",
                f"{says} lies in kecamatan {home.name}, not {shown(given.district)}.",
            ),
        )

    def _named_village(self, parent: str, given: Given) -> Found:
        within = self.villages[parent] if parent else [one for many in self.villages.values() for one in many]
        kind = village_type(words(given.kind)) or village_type(words(given.village))
        found = _only(within, words(given.village), "village", kind=kind, may_slip=bool(parent))
        if found:
            return found
        where = self.by_code[parent] if parent else None
        says_id, says_en = (f"kecamatan {where.name}",) * 2 if where else ("operasi ini", "this operation")
        raise RowRefused(
            "village",
            f"Desa {shown(given.village)} tidak ada di {says_id}. Perbaiki ejaannya atau isi kodenya"
            f"{_perhaps(within, given.village)}.",
            f"No village {shown(given.village)} in {says_en}. Correct the spelling or fill its code"
            f"{_perhaps(within, given.village)}.",
        )


def as_code(cell: Cell, lengths: tuple[int, ...]) -> str:
    """The digits of a code in a cell (text with or without dots, or a number) of one of these lengths; else ""."""
    number = whole(cell) if isinstance(cell, (int, float)) else None
    text = str(number) if number is not None else words(cell) if isinstance(cell, str) else ""
    text = text.lstrip("'").replace(".", "").replace(" ", "").replace("-", "")
    return text if text.isascii() and text.isdigit() and len(text) in lengths else ""


def _refuse_no_name(cell: Cell) -> None:
    text = words(cell)
    if not isinstance(cell, str) or text[:1] in "=@" or not any(c.isalpha() for c in text):
        raise RowRefused(
            "village",
            f"{shown(cell)} bukan nama desa. Periksa kolomnya.",
            f"{shown(cell)} is not a village name. Check the column.",
        )


def _is_called(region: Region, cell: Cell) -> bool:
    level: Level = region.level
    text = words(cell)
    same = sound_key(region.name)
    return same in (sound_key(text), sound_key(bare(text, level))) or is_near(region.name, bare(text, level))


def _only(within: Sequence[Region], text: str, level: Level, *, kind: str = "", may_slip: bool = True) -> Found | None:
    """The one region of this name: equal first, then by sound, then with a slip. Raises: RowRefused for several."""
    names = list(dict.fromkeys((text, bare(text, level))))
    for how, matches in _MATCHES:
        if how == "near" and not may_slip:
            continue
        for name in names:
            hits = [one for one in within if matches(one, name)] if name_key(name) else []
            if len(hits) > 1:
                hits = _of_kind(hits, kind) or hits
            if len(hits) == 1:
                return Found(hits[0], how)
            if hits:
                raise _several(hits, text, level)
    return None


def _same(region: Region, name: str) -> bool:
    return name_key(name) == name_key(region.name)


def _same_without_type(region: Region, name: str) -> bool:
    return name_key(name) == name_key(bare(region.name, region.level))


def _sounds(region: Region, name: str) -> bool:
    return sound_key(name) == sound_key(region.name)


def _slips(region: Region, name: str) -> bool:
    return is_near(region.name, name)


_MATCHES: tuple[tuple[How, Callable[[Region, str], bool]], ...] = (
    ("name", _same),
    ("name", _same_without_type),
    ("sound", _sounds),
    ("near", _slips),
)


def _of_kind(hits: Iterable[Region], kind: str) -> list[Region]:
    return [one for one in hits if kind and (one.code[6:7] == KELURAHAN_MARK) == (kind == "kelurahan")]


def _several(hits: Sequence[Region], text: str, level: Level) -> RowRefused:
    choices = _choices(hits)
    if level == "village" and len({one.code[:6] for one in hits}) == 1:
        return RowRefused(
            "village",
            f"{shown(text)} dapat berarti {choices}. Tulis Desa atau Kel. di depannya, atau isi kodenya.",
            f"{shown(text)} may mean {choices}. Write Desa or Kel. before it, or fill its code.",
        )
    return RowRefused(
        level,
        f"{shown(text)} dapat berarti {choices}. Isi kecamatan atau kodenya.",
        f"{shown(text)} may mean {choices}. Fill its kecamatan or its code.",
    )


def _choices(many: Sequence[Region]) -> str:
    said = [f"{_kind_of(one)}{one.name} ({dotted(one.code)})" for one in many[:MOST_CHOICES]]
    return ", ".join(said) + (", …" if len(many) > MOST_CHOICES else "")


def _kind_of(region: Region) -> str:
    if region.level != "village":
        return ""
    return "Kel. " if region.code[6] == KELURAHAN_MARK else "Desa "


def _perhaps(within: Sequence[Region], cell: Cell) -> str:
    """The nearest names, for the sentence of a name that was not found."""
    name = name_key(bare(bare(words(cell), "district"), "village"))
    close = [
        one for one in within if len(name) > 3 and (name_key(one.name)[:4] == name[:4] or name in name_key(one.name))
    ]
    return f" ({_choices(close)}?)" if close else ""
