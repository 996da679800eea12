"""The CLI reference, written from the commands themselves."""

from collections.abc import Iterator

import typer.core
import typer.main

from kawal_cli.main import app


def render() -> str:
    """Give docs/cli.md: one heading a command, with its arguments, options and exit codes."""
    root = typer.main.get_command(app)
    if not isinstance(root, typer.core.TyperGroup):
        raise TypeError("the command line is no group of commands")
    lines = [
        "# Commands",
        "",
        "Written by `make docs` from the commands themselves. `KAWAL_LANG=en` or `id` chooses the language they speak.",
        "",
    ]
    for name, command in _commands(root):
        lines.extend(_command(name, command))
    return "\n".join(lines)


def _commands(group: typer.core.TyperGroup) -> Iterator[tuple[str, object]]:
    """Each command by its name, those of a group behind the group's: `plan roster`."""
    for name in sorted(group.commands):
        command = group.commands[name]
        if isinstance(command, typer.core.TyperGroup):
            yield from ((f"{name} {inner}", one) for inner, one in _commands(command))
        else:
            yield name, command


def _command(name: str, command: object) -> list[str]:
    lines = [f"## `kawal {name}`", "", (getattr(command, "help", "") or "").strip(), ""]
    for parameter in getattr(command, "params", ()):
        if isinstance(parameter, typer.core.TyperArgument):
            lines.append(f"- `{parameter.metavar or parameter.name}` {parameter.help or ''}".rstrip())
        elif isinstance(parameter, typer.core.TyperOption) and not parameter.hidden:
            flags = ", ".join(f"`{flag}`" for flag in (*parameter.opts, *parameter.secondary_opts))
            lines.append(f"- {flags} {parameter.help or ''}".rstrip())
    return [*lines, ""]
