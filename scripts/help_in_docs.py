"""Writes every command's help text into docs/commands.md, or with --check says whether it is there.

The docs cannot promise an option that does not exist, nor forget one that does.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from rehearse.cli import commands

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"


def main() -> int:
    page = "\n".join(_page()) + "\n"
    if "--check" not in sys.argv:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page:
        return 0
    print(f"{PAGE} is not today's help. Run `make format`.", file=sys.stderr)
    return 1


def _page() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "What `--help` prints, written here by `scripts/help_in_docs.py`."
    yield from _help_of(commands, "rehearse", None)


def _help_of(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=80)
    yield from ("", f"## `{context.command_path}`", "", "```", command.get_help(context), "```")
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found
            yield from _help_of(found, child, context)


if __name__ == "__main__":
    sys.exit(main())
