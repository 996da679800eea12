"""The rules of the house that no linter knows, each a function from one parsed file to what is wrong in it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"

# What each part leans on, as docs/architecture.md draws it. A new part is placed here first.
LEANS_ON: dict[str, tuple[str, ...]] = {
    "ledger": (),
    "election": ("ledger",),
    "command": ("election",),
    "custody": ("election",),
    "guard": ("command",),
    "risk": ("election",),
    "convoy": ("custody", "command"),
    "patrol": ("risk", "command"),
    "pleno": ("custody",),
    "incident": ("election", "command"),
    "watch": ("custody", "guard", "risk", "convoy", "patrol", "pleno", "incident"),
    "sitrep": ("custody", "guard", "risk", "convoy", "patrol", "pleno", "incident", "watch"),
}
FILE_LINES = 400


@dataclass(frozen=True)
class Source:
    """A Python file of the project. `module`: its name in parts, `("kawal", "custody", "state")`."""

    path: Path
    module: tuple[str, ...]
    text: str
    tree: ast.Module

    @property
    def is_mission(self) -> bool:
        return self.module[0] == "kawal"


Rule = Callable[[Source], Iterator[str]]


def sources(src: Path) -> Iterator[Source]:
    for path in sorted(src.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        module = path.relative_to(src).with_suffix("").parts
        yield Source(path, module, text, _parsed(text))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> ast.Module:
    """A copied tree holds the same texts again: each is parsed once."""
    return ast.parse(text)


def breaches(src: Path, rule: Rule) -> list[str]:
    return [f"{'.'.join(source.module)}: {says}" for source in sources(src) for says in rule(source)]


def needs_no_world(source: Source) -> Iterator[str]:
    """The mission opens, prints and asks for nothing."""
    if source.is_mission:
        yield from _calls_of(
            source.tree, {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}
        )


def reads_no_clock(source: Source) -> Iterator[str]:
    """Time is an argument. `fromtimestamp` needs a zone beside it, or the machine's own decides."""
    if not source.is_mission:
        return
    yield from _method_calls_of(
        source.tree, {"now", "utcnow", "today", "time_ns", "monotonic", "perf_counter", "localtime"}
    )
    yield from _dotted_calls_of(source.tree, {"time.time", "date.fromtimestamp"})
    for call in _calls(source.tree):
        if isinstance(call.func, ast.Attribute):
            is_local = (call.func.attr == "fromtimestamp" and len(call.args) + len(call.keywords) < 2) or (
                call.func.attr == "astimezone" and not call.args and not call.keywords
            )
            if is_local:
                yield f"line {call.lineno}: {call.func.attr} without a zone"


def throws_no_dice(source: Source) -> Iterator[str]:
    """Ids, nonces and keys are arguments."""
    if source.is_mission:
        names = {"random", "randint", "randbytes", "urandom", "token_bytes", "token_hex", "shuffle", "uuid4", "uuid1"}
        yield from _calls_of(source.tree, names)
        yield from _method_calls_of(source.tree, names | {"generate", "generate_private_key"})


def catches_only_what_it_names(source: Source) -> Iterator[str]:
    """A fault nobody thought of stops the fold; it is never swallowed."""
    if not source.is_mission:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else {"all"}
            if caught & {"Exception", "BaseException", "all"}:
                yield f"line {node.lineno}: an except that catches everything"


def bears_a_name_that_says_something(source: Source) -> Iterator[str]:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "data", "info"}
    for name in vague.intersection(source.module):
        yield f"nobody can say what belongs in a module named {name}"


def fits_on_a_desk(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > FILE_LINES:
        yield f"{lines} lines; {FILE_LINES} are the most"


def stands_in_a_named_part(source: Source) -> Iterator[str]:
    """src/kawal holds the mission's parts and nothing beside them."""
    if source.is_mission and len(source.module) > 1 and source.module[1] not in {*LEANS_ON, "__init__"}:
        yield f"{source.module[1]} is not a part of the mission"


def leans_only_on_what_its_part_may(source: Source) -> Iterator[str]:
    """As the table says, and so closer than the layers of pyproject.toml, where every lower layer is open."""
    if not source.is_mission or len(source.module) < 3 or source.module[1] not in LEANS_ON:
        return
    part = source.module[1]
    may = {part, *_all_below(part)}
    for line, imported in imports_of(source.tree):
        if imported[0] == "kawal" and len(imported) > 1 and imported[1] not in may:
            yield f"line {line}: {part} may not lean on {imported[1]}"


def imports_only_pure_libraries(source: Source) -> Iterator[str]:
    """A list of what is allowed, because no list of what is forbidden is ever complete."""
    pure = {
        *("__future__", "abc", "array", "base64", "binascii", "bisect", "collections", "contextlib", "copy", "csv"),
        *(
            "dataclasses",
            "datetime",
            "decimal",
            "enum",
            "fractions",
            "functools",
            "graphlib",
            "hashlib",
            "heapq",
            "hmac",
        ),
        *("inspect", "itertools", "json", "math", "operator", "re", "statistics", "string", "struct", "textwrap"),
        *("tomllib", "types", "typing", "unicodedata", "warnings", "weakref", "zlib"),
        *("base45", "cryptography", "nacl", "kawal"),
        *("highspy", "numpy", "scipy"),  # mathematics: a solver is given its seconds, and opens nothing
    }
    if source.is_mission:
        for line, imported in imports_of(source.tree):
            if imported[0] not in pure:
                yield f"line {line}: {imported[0]} is not known to be pure"


def counts_no_vote(source: Source) -> Iterator[str]:
    """There is no field for a candidate's votes, in no name and no key (docs/mission.md)."""
    for line, name in _names(source.tree):
        if _A_VOTE_COUNT.search(_snake(name)):
            yield f"line {line}: {name} reads like a count of votes"


RULES: tuple[Rule, ...] = (
    needs_no_world,
    reads_no_clock,
    throws_no_dice,
    catches_only_what_it_names,
    bears_a_name_that_says_something,
    fits_on_a_desk,
    stands_in_a_named_part,
    leans_only_on_what_its_part_may,
    imports_only_pure_libraries,
    counts_no_vote,
)

_A_VOTE_COUNT = re.compile(
    r"(^|_)(votes|perolehan|tally|paslon)(_|$)"
    r"|(^|_)vote_(count|total|share|sum)"
    r"|(^|_)suara_(sah|tidak_sah|hasil|paslon|calon)"
    r"|(^|_)(hasil|jumlah|total|hitung)_suara"
)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _calls_of(tree: ast.AST, names: set[str]) -> Iterator[str]:
    for call in _calls(tree):
        if isinstance(call.func, ast.Name) and call.func.id in names:
            yield f"line {call.lineno}: {call.func.id}()"


def _method_calls_of(tree: ast.AST, names: set[str]) -> Iterator[str]:
    for call in _calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in names:
            yield f"line {call.lineno}: {ast.unparse(call.func)}()"


def _dotted_calls_of(tree: ast.AST, dotted: set[str]) -> Iterator[str]:
    for call in _calls(tree):
        if ast.unparse(call.func) in dotted:
            yield f"line {call.lineno}: {ast.unparse(call.func)}()"


def imports_of(tree: ast.AST) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each import as (line, the imported name in parts); `from kawal import custody` gives ("kawal", "custody")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, tuple(alias.name.split("."))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node.lineno, (*node.module.split("."), alias.name)


def _all_below(part: str) -> set[str]:
    direct = set(LEANS_ON[part])
    return direct.union(*(_all_below(below) for below in direct))


def _names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each name this file gives or uses, and each string that could be a key."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.keyword(arg=str(name)):
                yield node.lineno, name
            case ast.Constant(value=str(text)) if re.fullmatch(r"[A-Za-z_-]+", text):
                yield node.lineno, text


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace("-", "_").lower()
