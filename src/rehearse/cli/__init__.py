"""The commands: parse, one call, print. Anything heavy is imported by the command that needs it."""

import gc
import sys
from io import TextIOWrapper
from typing import NoReturn

import click

from rehearse import __version__
from rehearse.cli import (
    correcting,
    drafting,
    equipment,
    explaining,
    keeping,
    progressing,
    quizzing,
    reanalyzing,
    rehearsing,
    reviewing,
    studying,
)
from rehearse.cli.output import complain
from rehearse.errors import ExitCode, RehearseError
from rehearse.printable import printable


def main() -> NoReturn:
    """Entry point: runs a command and turns every foreseeable trouble into a message and a code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every console and pipe knows every letter
    try:
        code = commands(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except RehearseError as error:
        complain(error)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. What was recorded so far is kept.", err=True)
        code = ExitCode.INTERRUPTED
    except OSError as error:
        click.echo(printable(f"{error.filename or 'Output'}: {error.strerror}."), err=True)
        code = ExitCode.DISK
    except SystemExit as leaving:
        # 1 is how click and Rich leave where whoever read our output has seen enough.
        code = ExitCode.DONE if leaving.code == 1 else leaving.code
    gc.freeze()  # clearing away what the rules are made of, one by one, would take a third of a second
    sys.exit(code or ExitCode.DONE)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="rehearse")
@click.pass_context
def commands(context: click.Context) -> None:
    """Rehearse a behavioural interview aloud, offline.

    Every STAR step is timed against its target, transcribed on this machine, and searched for weak
    phrases; each finding comes with its words, its second, and what to say instead.

    Start with `rehearse demo`.
    """
    if context.invoked_subcommand is not None:
        return
    if sys.stdin.isatty() and sys.stdout.isatty():
        _go_home(context)
    else:
        click.echo(context.get_help())


def _go_home(context: click.Context) -> None:
    """The home screen, and then whatever was chosen there."""
    from rehearse import shelves
    from rehearse.tui.home import Home, choose

    library, sessions = shelves.scenario_library(), shelves.session_folders()
    home = Home(
        scenarios=library.read_all()[0],
        practised=sessions.last_practised(),
        sessions=sessions.finished(),
        unfinished=sessions.unfinished(),
        today=progressing.first_today(library.read_all()[0]),
    )
    choice = choose(home)
    if choice is None:
        return
    command = commands.commands[choice.what]
    with command.make_context(
        choice.what, [choice.name, *choice.options], parent=context
    ) as chosen:
        command.invoke(chosen)


for _command in (
    rehearsing.demo,
    studying.list_scenarios,
    studying.show,
    rehearsing.run,
    rehearsing.challenge,
    quizzing.quiz,
    rehearsing.resume,
    reviewing.review,
    reviewing.analyze,
    explaining.explain,
    progressing.history,
    progressing.plan,
    correcting.correct,
    reanalyzing.reanalyze,
    keeping.export,
    keeping.delete,
    keeping.tidy,
    drafting.new,
    studying.check,
    equipment.doctor,
    studying.schema,
    equipment.models,
):
    commands.add_command(_command)
