"""Commands that read scenarios: list, show, check, schema."""

import sys
from typing import TYPE_CHECKING, Any

import click

from rehearse.cli.options import JSON, OUTPUT, FilePath
from rehearse.errors import ExitCode, UsageError
from rehearse.printable import printable

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.scenario import Scenario


@click.command("list")
@JSON
def list_scenarios(*, as_json: bool) -> None:
    """The scenarios: name, question, steps with their targets, when last practised."""
    from rehearse import shelves
    from rehearse.report import catalogue

    scenarios, problems = shelves.scenario_library().read_all()
    practised = shelves.session_folders().last_practised()
    render = catalogue.as_json if as_json else catalogue.as_text
    click.echo(render(scenarios, practised))
    if problems:
        raise type(problems[0])("\n".join(map(str, problems)))


@click.command()
@click.argument("scenario")
@click.option("--section", metavar="NAME", help="Only this step, with its example and coaching.")
@click.option("--speak", is_flag=True, help="Read it aloud too; q or Ctrl-C stops.")
@click.option(
    "--voice",
    type=click.Choice(["auto", "piper", "system", "none"]),
    help="Who reads aloud.  [default: auto]",
)
@OUTPUT
def show(
    scenario: str, section: str | None, *, speak: bool, voice: Any, output_device: str | None
) -> None:
    """Study a scenario: what happened, each step's example and coaching, the weak answer."""
    from rehearse import shelves
    from rehearse.report import study

    if not speak and (voice or output_device):
        raise UsageError("--voice and --output-device belong to reading aloud. Add --speak.")
    found = shelves.scenario_library().find(scenario)
    if section is None:
        study.print_scenario(found)
        _print_verdict_on_weak_answer(found)
        passages = study.spoken_scenario(found)
    else:
        step = found.step(section)
        study.print_step(step)
        passages = study.spoken_step(step)
    if speak and voice != "none":
        _read_aloud(passages, voice or "auto", output_device)


def _print_verdict_on_weak_answer(scenario: "Scenario") -> None:
    from rehearse import analysis, shelves
    from rehearse.report import study

    judged = analysis.judge_weak_answer(scenario, shelves.rules())
    if judged and judged.verdict:
        study.print_verdict(judged.verdict)


def _read_aloud(passages: tuple[str, ...], voice: Any, output_device: str | None) -> None:
    from rehearse import aloud
    from rehearse.adapters.keyboard import Keyboard

    try:
        with aloud.reader(voice, output_device) as speaker, Keyboard() as keyboard:
            aloud.read(speaker, passages, keyboard)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FilePath(), metavar="FILE...")
def check(files: "tuple[Path, ...]") -> None:
    """Say whether scenario files are sound: each problem with its line, column and remedy."""
    from rehearse.adapters.scenario_library import check_scenario
    from rehearse.errors import BadInputError

    problems = []
    for file in files:
        try:
            scenario = check_scenario(file)
        except BadInputError as error:
            problems.append(str(error))
        else:
            sizes = f"{len(scenario.steps)} steps, {len(scenario.probes)} probes"
            click.echo(printable(f"{file}: sound ({sizes})"))
    if problems:
        raise BadInputError("\n".join(problems))


@click.command()
def schema() -> None:
    """The JSON Schema of a scenario file, for editors."""
    import json

    from rehearse.scenario_schema import schema as schema_of_scenarios

    click.echo(json.dumps(schema_of_scenarios(), indent=2))
