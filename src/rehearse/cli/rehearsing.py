"""Commands that record answers: demo, run, challenge, resume."""

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Literal

import click

from rehearse.cli.options import (
    ANSWERS,
    INPUT,
    JSON,
    LENS,
    LEVEL,
    MODEL,
    OUTPUT,
    PLAIN,
    VOICE,
    check_choices,
)
from rehearse.cli.output import print_session
from rehearse.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rehearse.booking import Booking
    from rehearse.interview import Prompt
    from rehearse.scenario import Scenario
    from rehearse.session import Session
    from rehearse.studio import Equipment

_MOST_DIGITS = 3


@click.command()
@MODEL
@PLAIN
@JSON
def demo(model: str, *, plain: bool, as_json: bool) -> None:
    """A whole rehearsal on recorded answers that come with the program.

    Needs no microphone, loudspeaker or voice. Saves a session, prints its report, and writes its page.
    """
    from rehearse import places, shelves
    from rehearse.booking import Booking
    from rehearse.interview import step_prompts

    scenario = shelves.scenario_library().find("webhook-drop")
    booking = Booking(
        scenario=scenario, prompts=step_prompts(scenario), probes_at_most=0, model=model
    )
    session = _rehearse(booking, as_json=as_json, answers=places.demo_answers(), plain=plain)
    if session:
        from rehearse import pages
        from rehearse.printable import printable

        click.echo(printable(f"Its page: {pages.write(session)}"), err=as_json)


def _rehearsing(command: "Callable[..., None]") -> "Callable[..., None]":
    """The options that every rehearsal has."""
    options = (
        LEVEL,
        LENS,
        ANSWERS,
        VOICE,
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
        click.option(
            "--tone",
            is_flag=True,
            help="Soft tones: one at 80 % of the target, two at it, three at the limit.",
        ),
        click.option("--speak-report", is_flag=True, help="Hear the report too, in short."),
        MODEL,
        INPUT,
        OUTPUT,
        PLAIN,
        JSON,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
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


@click.command()
@click.argument("scenario")
@click.option(
    "--probes", metavar="N|all|none", default="all", show_default=True, help="How many follow-ups."
)
@_rehearsing
def challenge(*, scenario: str, probes: str, **choices: Any) -> None:
    """Answer a scenario's follow-up probes aloud, and then its quiz.

    The probes are asked, recorded, timed and judged. With --answers DIR the numbers in DIR/quiz.txt,
    one a line, answer the quiz.
    """
    from rehearse import shelves

    found = shelves.scenario_library().find(scenario)
    at_most = _probes_at_most(probes, drilling=False)
    if not found.probes and not found.quiz:
        raise UsageError(
            f"{found.name} has no probes and no quiz. `rehearse run {scenario}` asks its steps."
        )
    if at_most == 0 or not found.probes:
        _only_the_quiz(found, **choices)
        return
    _book(
        found,
        (),
        probes_at_most=at_most,
        wanted_probes=_counted(probes, found),
        mode="steps",
        has_quiz=bool(found.quiz),
        **choices,
    )


@click.command()
@click.argument("session", required=False)
@ANSWERS
@VOICE
@INPUT
@OUTPUT
@PLAIN
@JSON
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
    print_session(found, as_json=as_json, markdown=False)


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
    has_quiz: bool = False,
    **equipment: Any,
) -> None:
    from rehearse.booking import Booking

    check_choices(scenario, level, lens)
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
        has_quiz=has_quiz,
    )
    _rehearse(booking, as_json=as_json, wanted_probes=wanted_probes, **equipment)


def _only_the_quiz(
    scenario: "Scenario",
    *,
    voice: Any,
    output_device: str | None,
    answers: "Path | None",
    plain: bool,
    as_json: bool,
    **_: Any,
) -> None:
    """Nothing is recorded, so the other options of a rehearsal have nothing to say here."""
    from rehearse.cli import quizzing

    click.echo("No follow-ups: only the quiz is asked, and nothing is recorded.", err=True)
    if voice is None and answers is None:
        click.echo("Nobody reads it aloud; --voice auto would.", err=True)
    quizzing.hold(
        scenario,
        voice=None if voice == "none" else voice,
        output_device=output_device,
        answers=answers,
        plain=plain,
        as_json=as_json,
    )


def _rehearse(
    booking: "Booking", *, as_json: bool, speak_report: bool = False, **equipment: Any
) -> "Session | None":
    from rehearse import studio

    chosen = studio.Equipment(**equipment)
    with _report_reader(chosen) if speak_report else nullcontext() as read:
        with _stop_reported(as_json=as_json):
            session = studio.rehearse(booking, chosen)
        print_session(session, as_json=as_json, markdown=False)
        if session and read:
            read(session)
        return session


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


@contextmanager
def _stop_reported(*, as_json: bool) -> "Iterator[None]":
    """Shows what there is of a rehearsal that could not go on, before its message."""
    from rehearse.rehearsal import StoppedError

    try:
        yield
    except StoppedError as stopped:
        print_session(stopped.session, as_json=as_json, markdown=False)
        raise


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
