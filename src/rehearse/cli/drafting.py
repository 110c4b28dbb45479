"""The command that begins a scenario of one's own: new."""

from typing import TYPE_CHECKING

import click

from rehearse.cli.options import MODEL, PLAIN, FilePath

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "recording",
    type=FilePath(),
    metavar="AUDIO",
    help="The story told once, as a recording or a .txt: it is put into the steps.",
)
@MODEL
@PLAIN
def new(*, name: str, recording: "Path | None", model: str, plain: bool) -> None:
    """Begin a scenario of your own: a file to fill in, with notes.

    It lies in your scenario folder, so `list` and `run` find it at once. With --from your story is
    transcribed and split into its steps, and numbers and key points are proposed.
    """
    from rehearse import shelves, studio
    from rehearse.draft import draft
    from rehearse.printable import printable

    shelf = shelves.own_scenarios()
    shelf.check_free(name)
    told = studio.hear(recording, model, plain=plain).transcript if recording else None
    file = shelf.add(name, draft(name, told))
    click.echo(printable(str(file)))
    click.echo(
        printable(
            f"Open it in an editor and fill it in. Then: `rehearse check {file}`, "
            f"`rehearse run {name}`."
        ),
        err=True,
    )
