"""Every word the pages say, gathered from the code and the templates as they are read when a page is made."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from django.template import engines
from django.template.base import Node
from django.template.loader_tags import BlockNode, ExtendsNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from kawal_server import settings

HERE = Path(settings.__file__).parent
KEYWORDS = ("_", "gettext", "gettext_noop", "gettext_lazy", "ngettext", "pgettext")


def words_of_code() -> Iterator[str]:
    for path in sorted(HERE.rglob("*.py")):
        with path.open("rb") as file:
            found: Iterator[tuple[Any, ...]] = extract_python(file, KEYWORDS, (), {})  # type: ignore[arg-type]
            for _line, _call, message, _comments in found:
                first = message[0] if isinstance(message, tuple) else message
                if isinstance(first, str):
                    yield first


def words_of_templates() -> Iterator[str]:
    for path in sorted(HERE.glob("*/templates/**/*.html")):
        name = path.relative_to(next(parent for parent in path.parents if parent.name == "templates"))
        template: Any = engines["django"].from_string(path.read_text(encoding="utf-8"))
        for node in _nodes(template.template.nodelist):
            if isinstance(node, TranslateNode):
                if isinstance(node.filter_expression.var.literal, str):
                    yield str(node.filter_expression.var.literal)
            elif isinstance(node, BlockTranslateNode):
                assert node.countervar is None or node.plural, name
                yield node.render_token_list(node.singular)[0]


def _nodes(nodes: Iterator[Node] | list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, ExtendsNode):
            yield from _nodes([one for one in node.nodelist if isinstance(one, BlockNode)])
            continue
        for within in node.child_nodelists:
            yield from _nodes(getattr(node, within, None) or [])
