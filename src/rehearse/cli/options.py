"""Options that several commands share."""

import os
from typing import TYPE_CHECKING, Any

import click

from rehearse.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.scenario import Scenario


class FilePath(click.Path):
    """A pathlib.Path, which takes longer to import than all of --help to print."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> "Path":
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, param, ctx)))


_MODEL_HELP = "Speech model: a name from `rehearse models`, or a folder.  [default: base]"
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
PLAIN = click.option(
    "--plain", is_flag=True, help="Line by line: for pipes, CI and screen readers."
)
MODEL = click.option("--model", default="base", metavar="NAME", help=_MODEL_HELP)
LEVEL = click.option("--level", metavar="NAME", help="Judge by this level of the scenario.")
LENS = click.option("--lens", metavar="NAME", help="Tell the story through this lens.")


ANSWERS = click.option(
    "--answers",
    type=FilePath(),
    metavar="DIR",
    help="Recorded answers in the microphone's place: DIR/situation.wav, DIR/task.wav ... "
    "(.flac, .opus, .ogg, .mp3, .m4a).",
)
VOICE = click.option(
    "--voice",
    type=click.Choice(["auto", "piper", "system", "none"]),
    help="Who asks aloud.  [default: auto; none with --answers]",
)
INPUT = click.option("--input-device", metavar="NAME", help="Microphone: see `rehearse doctor`.")
OUTPUT = click.option("--output-device", metavar="NAME", help="Loudspeaker: see `rehearse doctor`.")


def check_choices(scenario: "Scenario | None", level: str | None, lens: str | None) -> None:
    if scenario is None:
        if level or lens:
            raise UsageError("--level and --lens belong to a scenario. Name one with --scenario.")
        return
    if level:
        scenario.level(level)
    if lens:
        scenario.lens(lens)
