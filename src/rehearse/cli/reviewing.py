"""Commands that judge and show what was recorded: review, analyze."""

import sys
from typing import TYPE_CHECKING

import click

from rehearse.cli.options import JSON, LENS, LEVEL, MODEL, OUTPUT, PLAIN, FilePath, check_choices
from rehearse.cli.output import complain, print_session
from rehearse.errors import ExitCode, RehearseError, UsageError
from rehearse.printable import printable

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.session import Session


@click.command()
@click.argument("session", required=False)
@click.option("--markdown", is_flag=True, help="As Markdown, for notes.")
@click.option(
    "--html",
    type=FilePath(dir_okay=False),
    metavar="FILE",
    help="Write it as a page, on which each word plays.",
)
@click.option("--open", "opens", is_flag=True, help="Open that page in the browser.")
@click.option(
    "--play",
    type=click.IntRange(min=1),
    metavar="FINDING",
    help="Hear the seconds of a finding, by the number that the report and the page show.",
)
@click.option(
    "--against",
    metavar="SESSION",
    help="What got better, and what worse, since that session. In a drill, name the same session "
    "twice: its last take of each section against its first.",
)
@OUTPUT
@JSON
def review(
    session: str | None,
    *,
    markdown: bool,
    html: "Path | None",
    opens: bool,
    play: int | None,
    against: str | None,
    output_device: str | None,
    as_json: bool,
) -> None:
    """Show a saved session again; the latest where none is named.

    A page beside its session plays the sound from there; a page written anywhere else holds the
    sound itself, so that it can be moved or sent. With --open alone it goes beside the session.
    """
    from rehearse import shelves

    _check_forms(play, markdown=markdown, as_json=as_json, is_page=bool(html or opens or against))
    folders = shelves.session_folders()
    found = folders.load(session) if session else folders.latest()
    if play:
        from rehearse import replay

        replay.play_finding(found, play, output_device)
    elif against:
        _compare(folders.load(against), found, html, opens=opens, as_json=as_json)
    elif html or opens:
        _show_page(found, html, opens=opens, as_json=as_json)
    else:
        print_session(found, as_json=as_json, markdown=markdown)


def _check_forms(play: int | None, *, markdown: bool, as_json: bool, is_page: bool = False) -> None:
    """Raises UsageError where an option would be passed over without a word."""
    chosen = {"--play": bool(play), "--markdown": markdown, "--json": as_json}
    forms = [name for name, is_chosen in chosen.items() if is_chosen]
    if len(forms) > 1:
        raise UsageError(f"{' and '.join(forms)} do not go together. Choose one.")
    if is_page and (play or markdown):
        raise UsageError(f"{forms[0]} goes without --html, --open and --against.")


def _show_page(session: "Session", file: "Path | None", *, opens: bool, as_json: bool) -> None:
    """Writes the page and prints where it is; under --json its path is not the result."""
    from rehearse import pages

    page = pages.write(session, file)
    if as_json:
        print_session(session, as_json=True, markdown=False)
    _tell_page(page, opens=opens, as_json=as_json)


def _compare(
    before: "Session", after: "Session", file: "Path | None", *, opens: bool, as_json: bool
) -> None:
    from rehearse import shelves

    comparison = shelves.comparison(before, after)
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(comparison))
    if file or opens:
        from rehearse import pages

        page = pages.write_comparison(comparison, before, after, file)
        _tell_page(page, opens=opens, as_json=as_json)
    elif not as_json:
        from rehearse.report.comparison import print_comparison

        print_comparison(comparison)


def _tell_page(page: "Path", *, opens: bool, as_json: bool) -> None:
    import webbrowser

    click.echo(printable(str(page)), err=as_json)
    if opens and not webbrowser.open(page.absolute().as_uri()):
        click.echo("There is no browser here to open it with.", err=True)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FilePath(), metavar="FILE...")
@click.option("--scenario", metavar="NAME", help="Judge by this scenario's targets and key points.")
@click.option("--step", metavar="NAME", help="Which step the answer is.")
@LEVEL
@LENS
@MODEL
@click.option("--markdown", is_flag=True, help="As Markdown, for notes.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each FILE on stdout.")
@PLAIN
def analyze(
    *,
    files: "tuple[Path, ...]",
    scenario: str | None,
    step: str | None,
    level: str | None,
    lens: str | None,
    model: str,
    markdown: bool,
    as_json: bool,
    plain: bool,
) -> None:
    """Judge recordings, or transcripts in .txt files. Nothing is saved.

    Without a scenario, --step takes the usual STAR targets; without a step the answer is not
    timed against anything.
    """
    from rehearse import analysis, shelves, studio

    _check_forms(None, markdown=markdown, as_json=as_json)
    found = shelves.scenario_library().find(scenario) if scenario else None
    check_choices(found, level, lens)
    request = analysis.request(found, step, level=level, lens=lens, model=model)
    code = ExitCode.DONE
    for outcome in studio.analyze(request, files, plain=plain):
        if isinstance(outcome, RehearseError):
            complain(outcome)
            code = outcome.exit_code
        else:
            print_session(outcome, as_json=as_json, markdown=markdown)
    sys.exit(code)
