"""Commands that hand on sessions, or make room: export, delete, tidy."""

import sys
from typing import TYPE_CHECKING

import click

from rehearse.cli.options import FilePath
from rehearse.errors import UsageError
from rehearse.printable import printable

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("session")
@click.option(
    "--to", type=FilePath(), metavar="FILE", help="Where to.  [default: SESSION.zip in this folder]"
)
@click.option("--no-audio", is_flag=True, help="Without the sound.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def export(*, session: str, to: "Path | None", no_audio: bool, force: bool) -> None:
    """Put a session into one zip file, to keep or to share.

    It holds the page that plays it, the report as Markdown, the JSON document, each take, and for
    each take subtitles (SRT and WebVTT) and labels for Audacity.
    """
    from pathlib import Path

    from rehearse import pages, shelves
    from rehearse.adapters.archive import write_archive
    from rehearse.report.bundle import documents

    folders = shelves.session_folders()
    found = folders.load(session)
    archive = to or Path(f"{session}.zip")
    if archive.is_dir():
        archive /= f"{session}.zip"
    takes = [] if no_audio else folders.takes(session)
    sounds = {} if no_audio else pages.sounds(found, is_beside=True)
    contents = documents(found, sounds, shelves.scenario_of(found))
    write_archive(archive, session, contents, takes, replace=force)
    click.echo(printable(str(archive)))


@click.command()
@click.argument("session")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(*, session: str, yes: bool) -> None:
    """Delete a session with its recordings. This cannot be undone.

    It asks first; where nobody can be asked, --yes is needed. Terms that its corrections taught the
    recogniser stay, in the folder "vocabulary" of REHEARSE_HOME.
    """
    from rehearse import shelves

    folders = shelves.session_folders()
    size = f"{folders.size_bytes(session) / 1e6:.1f} MB, takes: {len(folders.takes(session))}"
    if not yes and not _agrees(f"Delete {session} ({size}) for good?"):
        click.echo("It stays.", err=True)
        return
    folders.delete(session)
    shelves.history_index(lambda _: None).sittings()
    click.echo(f"Deleted {session} ({size}).")


@click.command()
@click.option(
    "--older-than",
    type=click.IntRange(min=0),
    default=0,
    metavar="DAYS",
    help="Only what was recorded so many days ago.  [default: everything]",
)
def tidy(*, older_than: int) -> None:
    """Compress the recordings of finished sessions to FLAC: half the size, nothing lost.

    A recording is removed only after its FLAC was read back and every sample compared. It can be
    interrupted at any time; the next time goes on.
    """
    from datetime import datetime, timedelta

    from rehearse import tidying
    from rehearse.narrator import tidying_bar

    now = datetime.now().astimezone()
    large = [*tidying.large_takes(now - timedelta(days=older_than))]
    if not large:
        click.echo("There is nothing to compress.")
        return
    before = after = 0
    with tidying_bar(len(large)) as tell:
        for each in large:
            tidied = tidying.tidy(each)
            before, after = before + each.size_bytes, after + tidied.size_bytes
            tell(f"{each.session_id}: {each.take.stem}", tidied.trouble)
    click.echo(f"Takes: {len(large)}. {before / 1e6:.1f} MB became {after / 1e6:.1f} MB.")


def _agrees(question: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("There is no terminal to ask on, so nothing was deleted. Add --yes.")
    return click.confirm(question, err=True)
