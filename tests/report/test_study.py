import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from rehearse import places
from rehearse.adapters.scenario_library import ScenarioLibrary
from rehearse.report.study import print_scenario, print_step
from rehearse.scenario import (
    Flaw,
    Lens,
    Level,
    Probe,
    Scenario,
    Seconds,
    SecondsRange,
    Step,
    StrongReply,
    WeakAnswer,
    WeakReply,
    WeakVerdict,
)

SHIPPED = ScenarioLibrary(places.shipped_scenarios())

FULL = Scenario(
    schema=1,
    name="story",
    company="Amazon",
    principle="Earn Trust",
    question="Tell me about a mistake.",
    overview="A service lost messages.",
    takeaways=("Say whose it was.",),
    steps=(
        Step(
            name="task",
            target_s=Seconds(20),
            prompt="Whose job was it?",
            strong="Nobody had asked me.",
            key_points=("nobody had asked me",),
            coaching="Draw the border.",
            mistake="Beginning with the logs.",
        ),
    ),
    levels=(
        Level(
            name="senior",
            total_s=SecondsRange((Seconds(150), Seconds(180))),
            bar="Sees the system.",
            expects=("a trade-off",),
            reflection="The gap was shared.",
        ),
    ),
    probes=(
        Probe(
            question="How did you measure it?",
            probes_for="Numbers.",
            weak=WeakReply(text="It went down.", why="From what to what?"),
            strong=StrongReply(text="From 0.3% to zero.", key_line="0.3% to zero"),
        ),
    ),
    weak_answer=WeakAnswer(
        text="They fixed it.",
        flaws=(Flaw(why="Who is they?", quote="They"), Flaw(why="No number.")),
        verdict=WeakVerdict(decision="leaning_no_hire", text="Nothing of their own."),
    ),
    lenses=(
        Lens(
            name="dive-deep", angle="Follow the cause.", emphasise=("logs",), play_down=("money",)
        ),
    ),
)


def lines_of(show, value, columns=80):
    stream = io.StringIO()
    show(value, Console(file=stream, width=columns, highlight=False))
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_a_step_is_shown_with_its_clock_its_example_and_its_coaching():
    assert lines_of(print_step, FULL.steps[0]) == [
        "TASK  target 20 s, limit 30 s",
        "  Asked: Whose job was it?",
        "  Strong example:",
        "    Nobody had asked me.",
        "  Key points:",
        "    - nobody had asked me",
        "  Coaching:",
        "    Draw the border.",
        "  Common mistake:",
        "    Beginning with the logs.",
    ]


def test_a_scenario_is_shown_with_everything_that_it_holds():
    assert lines_of(print_scenario, FULL) == [
        "Amazon · Earn Trust · story",
        "Tell me about a mistake.",
        "  What happened:",
        "    A service lost messages.",
        "  What to take from it:",
        "    - Say whose it was.",
        "",
        *lines_of(print_step, FULL.steps[0]),
        "",
        "LEVEL senior  2 min 30 s to 3 min in all",
        "  Sees the system.",
        "  Expected:",
        "    - a trade-off",
        "  Reflection at this level:",
        "    The gap was shared.",
        "",
        "PROBE  How did you measure it?",
        "  Probes for: Numbers.",
        "  Weak:",
        "    It went down.",
        "  Why it is weak: From what to what?",
        "  Strong:",
        "    From 0.3% to zero.",
        "  Key line: 0.3% to zero",
        "",
        "A WEAK ANSWER, TAKEN APART",
        "  They fixed it.",
        "  - “They” Who is they?",
        "  - No number.",
        "  Verdict: leaning no hire. Nothing of their own.",
        "",
        "LENS dive-deep",
        "  Follow the cause.",
        "  Emphasise:",
        "    - logs",
        "  Play down:",
        "    - money",
    ]


def test_a_scenario_of_the_fewest_keys_shows_its_question_and_its_steps():
    bare = Scenario(
        schema=1, name="bare", question="Why?", steps=(Step(name="task", target_s=Seconds(20)),)
    )

    assert lines_of(print_scenario, bare) == [
        "bare",
        "Why?",
        "",
        "TASK  target 20 s, limit 30 s",
        "  Asked: What was your task?",
    ]


@pytest.mark.parametrize("name", SHIPPED.names())
@pytest.mark.parametrize("columns", [40, 80])
def test_what_ships_fits_the_terminal(name, columns):
    lines = lines_of(print_scenario, SHIPPED.find(name), columns)

    assert max(map(cell_len, lines)) <= columns


def test_markup_and_escapes_in_a_scenario_are_shown_and_not_obeyed():
    step = Step(name="task", target_s=Seconds(20), prompt="[red]Why[/]?\x1b[2J\u202e", strong="[/]")

    assert lines_of(print_step, step)[1:4] == [
        "  Asked: [red]Why[/]?\ufffd[2J\ufffd",
        "  Strong example:",
        "    [/]",
    ]
