"""The operation's level and phases as a form shows them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from kawal.command.operation import PHASES


def levels() -> list[tuple[str, str]]:
    """The levels an operation is held at, by their words."""
    return [("polsek", "Polsek"), ("polres", "Polres"), ("polda", "Polda"), ("mabes", _("Mabes Polri"))]


def phase_rows(days: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str, str]]:
    """Every phase: its name, its word, and the first and last day typed for it."""
    words = {"pre": _("Praoperasi"), "exec": _("Pelaksanaan"), "post": _("Pascaoperasi")}
    typed = {name: tuple(days.get(name, ("", ""))) for name in PHASES}
    return [(name, words[name], str(first), str(last)) for name, (first, last) in typed.items()]
