"""The board on a terminal: what needs doing, where the boxes are by kecamatan, and every box that is not safe."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from rich import box as boxes
from rich.columns import Columns
from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from kawal.election.calendar import Session
from kawal.ledger.clock import clock, duration
from kawal.ledger.limits import default_limits
from kawal.sitrep.board import BoxLine, Look, PlaceKind
from kawal.watch.items import Item, items
from kawal.watch.titles import title
from kawal_cli.audit import Audit
from kawal_cli.words import language, plain, say

# One alphabet of shapes everywhere; colour only repeats what the shape says.
SHAPES: dict[str, tuple[str, str]] = {
    "aman": ("●", "green"),
    "perhatian": ("▲", "yellow"),
    "bahaya": ("◆", "red"),
    "tidak diketahui": ("■", "bright_black"),
    "alarm": ("◆", "red"),
    "warn": ("▲", "yellow"),
    "info": ("●", "blue"),
}
PLACES: tuple[PlaceKind, ...] = ("kpps", "pps", "ppk", "jalan", "kpu", "hilang", "tidak diketahui")
PICTURE_COLUMNS = 140
NameOf = Callable[[str], str]


def place_name(place: PlaceKind) -> str:
    """What a column of places is called."""
    names = {
        "kpps": ("Di TPS", "Station"),
        "pps": ("Di PPS", "Village"),
        "ppk": ("Di PPK", "PPK"),
        "jalan": ("Jalan", "Road"),
        "kpu": ("Gudang", "Store"),
        "hilang": ("Tiada", "Gone"),
        "tidak diketahui": ("Tak pasti", "Unknown"),
    }
    return say(*names[place])


def look_name(look: Look) -> str:
    """What a look is called."""
    names = {
        "aman": ("aman", "safe"),
        "perhatian": ("perhatian", "attention"),
        "bahaya": ("bahaya", "danger"),
        "tidak diketahui": ("tidak diketahui", "unknown"),
    }
    return say(*names[look])


def show(audit: Audit, console: Console, name_of: NameOf, *, all_boxes: bool = False) -> None:
    """Print the whole board. name_of: region code -> name."""
    zone = audit.register.zone
    console.print(_head(audit, zone))
    for line in _conditions(audit):
        console.print(line)
    console.print(_queue(items(audit.findings), audit, zone))
    console.print(_districts(audit, name_of))
    console.print(_holders(audit))
    unsafe = [line for line in audit.board.lines if line.look in ("bahaya", "tidak diketahui")]
    chosen = list(audit.board.lines) if all_boxes else unsafe
    if chosen:
        console.print(_boxes(chosen, audit, zone, is_all=all_boxes))
    console.print(Text(_limits(audit), style="dim"))
    for note in audit.notes:
        console.print(Text.assemble(("! ", "yellow"), plain(note)))


def _limits(audit: Audit) -> str:
    limits = audit.register.limits
    usual = default_limits()
    changed = [
        f"{code} {name} {value}"
        for code, values in limits.values.items()
        for name, value in values.items()
        if value != usual.of(code, name)
    ]
    if not changed:
        return say("Batas: bawaan.", "Limits: defaults.")
    return say("Batas dari kebijakan", "Limits of the policy") + f" {limits.source[:12]}: {', '.join(changed)}"


def _head(audit: Audit, zone: str) -> RenderableType:
    looks = audit.board.looks()
    total = len(audit.board.lines)
    strip = Table.grid(padding=(0, 3))
    cells = []
    for look in ("aman", "perhatian", "bahaya", "tidak diketahui"):
        shape, style = SHAPES[look]
        cells.append(Text.assemble((f"{shape} ", style), (f"{looks[look]}", "bold"), f" {look_name(look)}"))
    strip.add_row(Text.assemble((f"{total}", "bold"), say(" kotak", " boxes")), *cells)
    when = clock(audit.board.now, zone, language=language())
    return Panel(strip, title=say(f"Papan kotak · per {when}", f"Boxes · as of {when}"), title_align="left")


def _conditions(audit: Audit) -> Iterable[Text]:
    """Boxes that somebody reported damaged, destroyed, seized or lost: told first, whatever the findings say."""
    reported: dict[str, list[str]] = {}
    for record in audit.custody.boxes.values():
        if record.condition is not None:
            reported.setdefault(record.condition, []).append(record.box)
    for condition, found in sorted(reported.items()):
        words = say(
            f" Dilaporkan {title(condition)}: {len(found)} kotak, ",
            f" Reported {title(condition, language='en')}: {len(found)} boxes, ",
        )
        shown = ", ".join(sorted(found)[:4]) + (" …" if len(found) > 4 else "")
        yield Text.assemble(("◆", "red"), (words, "bold"), plain(shown))


def _queue(found: Sequence[Item], audit: Audit, zone: str) -> RenderableType:
    head = say(f"Perlu tindakan: {len(found)}", f"To do: {len(found)}")
    if not found:
        return Panel(say("Tidak ada temuan.", "No findings."), title=head, title_align="left")
    table = Table(box=boxes.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("", width=1)
    table.add_column(say("Apa", "What"), ratio=1, overflow="fold")
    table.add_column(say("Jumlah", "Number"), justify="right")
    table.add_column(say("Sejak", "Since"), no_wrap=True)
    table.add_column(say("Usia", "Age"), no_wrap=True, justify="right")
    for item in found:
        shape, style = SHAPES[item.severity]
        first = item.findings[0]
        says = first.says.en if language() == "en" else first.says.id
        more = len(item.subjects) - 1
        tail = say(f" (+{more} lagi)", f" (+{more} more)") if more else ""
        table.add_row(
            Text(shape, style=style),
            Text.assemble((_titles(item), "bold"), ". ", plain(says), (tail, "bold")),
            str(len(item.subjects)),
            clock(item.since, zone, language=language()),
            duration(audit.board.now - item.since, language=language()),
        )
    return Panel(table, title=head, title_align="left")


def _titles(item: Item) -> str:
    named = [title(code, language=language()) for code in item.codes]
    more = len(named) - 2
    return ", ".join(named[:2]) + (say(f" dan {more} jenis lain", f" and {more} more kinds") if more > 0 else "")


def _districts(audit: Audit, name_of: NameOf) -> RenderableType:
    table = Table(box=boxes.SIMPLE_HEAD, expand=True, pad_edge=False, show_footer=True)
    lines = audit.board.lines
    table.add_column(say("Kecamatan", "Kecamatan"), footer=say("Jumlah", "Total"), overflow="fold")
    table.add_column(say("Kotak", "Boxes"), justify="right", footer=str(len(lines)))
    total = audit.board.places()
    for place in PLACES:
        table.add_column(place_name(place), justify="right", footer=_number(total[place]))
    for look in ("perhatian", "bahaya", "tidak diketahui"):
        shape, style = SHAPES[look]
        count = sum(line.look == look for line in lines)
        table.add_column(Text(shape, style=style), justify="right", footer=_number(count))
    table.add_column("Pleno", overflow="fold", footer=plain(_pleno_total(audit)))
    table.add_column(say("Terlama", "Oldest"), justify="right", no_wrap=True)
    for district, many in audit.board.by_district().items():
        table.add_row(*map(plain, _district(audit, district, many, name_of)))
    return Panel(table, title=say("Di mana setiap kotak", "Where every box is"), title_align="left")


def _district(audit: Audit, district: str, many: Sequence[BoxLine], name_of: NameOf) -> list[str]:
    places = Counter(line.place for line in many)
    looks = Counter(line.look for line in many)
    seen = [line.seen_at for line in many if line.seen_at is not None]
    oldest = duration(audit.board.now - min(seen), language=language()) if seen else "-"
    name = f"{district} {name_of(district)}" if district else say("di luar daftar", "not on the list")
    return [
        name,
        str(len(many)),
        *(_number(places[place]) for place in PLACES),
        *(_number(looks[look]) for look in ("perhatian", "bahaya", "tidak diketahui")),
        _plenos(audit, district),
        oldest,
    ]


def _holders(audit: Audit) -> RenderableType:
    """How many boxes each unit held last, the most first."""
    held = Counter(line.holder or say("tidak diketahui", "unknown") for line in audit.board.lines)
    words = (Text.assemble(plain(unit), " ", (str(count), "bold")) for unit, count in held.most_common())
    return Panel(Columns(words, padding=(0, 3)), title=say("Pemegang", "Holders"), title_align="left")


def _number(count: int) -> str:
    return str(count) if count else "·"


def _district_sessions(audit: Audit, district: str | None = None) -> list[Session]:
    sessions = [one for one in audit.register.sessions.values() if one.level == "district"]
    return sorted((one for one in sessions if district in (None, one.area)), key=lambda one: one.id)


def _plenos(audit: Audit, district: str) -> str:
    return " ".join(f"{one.election} {_session_state(one)}" for one in _district_sessions(audit, district)) or "-"


def _session_state(session: Session) -> str:
    if session.closed_at is not None:
        return say("selesai", "done")
    if session.is_suspended:
        return say("skors", "suspended")
    return say("berlangsung", "in session") if session.spans else say("belum", "not yet")


def _pleno_total(audit: Audit) -> str:
    closed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for one in _district_sessions(audit):
        total[one.election] += 1
        closed[one.election] += one.closed_at is not None
    return " ".join(f"{kind} {closed[kind]}/{total[kind]}" for kind in sorted(total))


def _boxes(lines: Iterable[BoxLine], audit: Audit, zone: str, *, is_all: bool) -> RenderableType:
    table = Table(box=boxes.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("", width=1)
    table.add_column(say("Kotak", "Box"), no_wrap=True)
    table.add_column(say("Pemegang pasti terakhir", "Last certain holder"), overflow="fold")
    table.add_column(say("Tempat", "Site"), overflow="fold")
    table.add_column(say("Terlihat", "Seen"), no_wrap=True)
    table.add_column(say("Usia", "Age"), justify="right", no_wrap=True)
    table.add_column(say("Bukti", "Grade"), no_wrap=True)
    table.add_column(say("Mengapa", "Why"), overflow="fold")
    for line in lines:
        shape, style = SHAPES[line.look]
        seen = clock(line.seen_at, zone, language=language()) if line.seen_at is not None else "-"
        age = duration(audit.board.now - line.seen_at, language=language()) if line.seen_at is not None else "-"
        table.add_row(
            Text(shape, style=style),
            plain(line.box),
            plain(line.holder or say("tidak diketahui", "unknown")),
            plain(line.site or "-"),
            seen,
            age,
            title(line.grade or "-", language=language()),
            ", ".join(title(one, language=language()).lower() for one in line.why),
        )
    head = (
        say("Semua kotak", "All boxes") if is_all else say("Kotak bahaya dan tak pasti", "Boxes in danger and unknown")
    )
    return Panel(table, title=head, title_align="left")


def picture(audit: Audit, name_of: NameOf) -> str:
    """The board as an SVG picture, without its long list of boxes and without any font from elsewhere."""
    console = Console(record=True, width=PICTURE_COLUMNS, file=io.StringIO(), force_terminal=True)
    zone = audit.register.zone
    for part in (_head(audit, zone), _queue(items(audit.findings), audit, zone), _districts(audit, name_of)):
        console.print(part)
    svg = console.export_svg(title="Kawal", theme=SVG_EXPORT_THEME)
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
