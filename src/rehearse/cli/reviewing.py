"""Commands that judge and show what was recorded: review, analyze."""

import sys
from typing import TYPE_CHECKING

import click

from rehearse.cli.options import JSON, LENS, LEVEL, MODEL, PLAIN, FilePath, check_choices
from rehearse.cli.output import complain, print_session
from rehearse.errors import ExitCode, RehearseError

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("session", required=False)
@click.option("--markdown", is_flag=True, help="As Markdown, for notes.")
@JSON
def review(session: str | None, *, markdown: bool, as_json: bool) -> None:
    """Show a saved session again; the latest where none is named."""
    from rehearse import shelves

    folders = shelves.session_folders()
    found = folders.load(session) if session else folders.latest()
    print_session(found, as_json=as_json, markdown=markdown)


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
