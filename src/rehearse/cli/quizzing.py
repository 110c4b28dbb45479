"""The command that asks knowledge checks: quiz."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from rehearse.cli.options import JSON, OUTPUT, PLAIN, FilePath
from rehearse.cli.output import print_session
from rehearse.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rehearse.adapters.voices import Choice
    from rehearse.ports import Speaker
    from rehearse.scenario import Scenario


@click.command()
@click.argument("scenario")
@click.option(
    "--answers",
    type=FilePath(),
    metavar="DIR",
    help="DIR/quiz.txt takes the keyboard's place: the number of an option on each line.",
)
@click.option("--speak", is_flag=True, help="Hear the questions and the reasons too.")
@click.option(
    "--voice",
    type=click.Choice(["auto", "piper", "system"]),
    help="Who reads aloud.  [default: auto]",
)
@OUTPUT
@PLAIN
@JSON
def quiz(*, scenario: str, speak: bool, voice: Any, output_device: str | None, **how: Any) -> None:
    """Answer a scenario's knowledge checks: right or wrong, and why.

    Type the number of an option, or q to stop. In a pipe, each line is an answer.
    """
    from rehearse import shelves

    if not speak and (voice or output_device):
        raise UsageError("--voice and --output-device belong to reading aloud. Add --speak.")
    found = shelves.scenario_library().find(scenario)
    hold(found, voice=voice or "auto" if speak else None, output_device=output_device, **how)


def hold(
    scenario: "Scenario",
    *,
    voice: "Choice | None",
    output_device: str | None,
    answers: "Path | None",
    plain: bool,
    as_json: bool,
) -> None:
    """Holds the quiz and prints its result; `voice` None = nobody reads it aloud."""
    from rehearse import quizroom

    if not scenario.quiz:
        raise UsageError(f"{scenario.name} has no quiz. `rehearse show {scenario.name}` reads it.")
    with _speaker(voice, output_device) as speaker:
        session = quizroom.hold_quiz(scenario, speaker, answers=answers, plain=plain)
    if session.quiz or as_json:
        print_session(session, as_json=as_json, markdown=False)


@contextmanager
def _speaker(voice: "Choice | None", output_device: str | None) -> "Iterator[Speaker]":
    if voice is None:
        from rehearse.adapters.unattended import NoVoice

        yield NoVoice()
    else:
        from rehearse import aloud

        with aloud.reader(voice, output_device) as speaker:
            yield speaker
