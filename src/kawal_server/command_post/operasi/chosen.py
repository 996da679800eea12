"""What a clerk chose in the form of a preview."""

from django.http import QueryDict

from kawal.election.lists.columns import FIELDS, ListKind
from kawal_server.actions.read_lists import MOST_LINES, Choice

EVERYTHING = "semua"
_DECREE, _COLUMN = "keputusan-", "kolom-"


def read_choice(kind: ListKind, form: QueryDict, before: Choice) -> Choice:
    """The choice in a form. Another sheet or header has other columns: those are guessed anew."""
    sheet, decree = form.get("lembar", ""), read_decree(form)
    if sheet != before.sheet:
        return Choice(sheet, decree=decree)
    if any(form.get(name) != form.get(f"{name}-terbaca") for name in ("kepala", "baris")):
        lines = min(_whole(form.get("baris", "")) or 1, MOST_LINES)
        return Choice(sheet, _whole(form.get("kepala", "")), lines, decree=decree)
    return Choice(sheet, before.header, before.lines, _columns(kind, form), decree)


def _columns(kind: ListKind, form: QueryDict) -> dict[str, int]:
    found = {one.field: _whole(form.get(_COLUMN + one.field, "")) for one in FIELDS[kind]}
    return {field: at for field, at in found.items() if at is not None}


def read_decree(form: QueryDict) -> dict[str, int]:
    """What was typed of the decree: region code ("" for all) -> stations."""
    found = {name.removeprefix(_DECREE): _whole(str(form[name])) for name in form if name.startswith(_DECREE)}
    return {("" if code == EVERYTHING else code): count for code, count in found.items() if count is not None}


def _whole(text: str) -> int | None:
    plain = text.strip().replace(".", "").replace(",", "")
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 9 else None
