"""The CLI reference, written from the commands themselves."""

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
    for name in sorted(root.commands):
        command = root.commands[name]
        lines.extend(_command(name, command))
        if isinstance(command, typer.core.TyperGroup):
            for below in sorted(command.commands):
                lines.extend(_command(f"{name} {below}", command.commands[below]))
    return "\n".join(lines)


def _command(name: str, command: object) -> list[str]:
    lines = [f"## `kawal {name}`", "", (getattr(command, "help", "") or "").strip(), ""]
    for parameter in getattr(command, "params", ()):
        if isinstance(parameter, typer.core.TyperArgument):
            lines.append(f"- `{parameter.metavar or parameter.name}` {parameter.help or ''}".rstrip())
        elif isinstance(parameter, typer.core.TyperOption) and not parameter.hidden:
            flags = ", ".join(f"`{flag}`" for flag in (*parameter.opts, *parameter.secondary_opts))
            lines.append(f"- {flags} {parameter.help or ''}".rstrip())
    return [*lines, ""]
