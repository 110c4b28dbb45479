"""The quiz on the screen, with the real master behind it; keys by pilot."""

import asyncio

import pytest
from textual.widgets import OptionList

from rehearse.adapters.unattended import NoVoice
from rehearse.quizmaster import QuizMaster
from rehearse.scenario_yaml import parse
from rehearse.tui.quiz_screen import QuizApp

SCENARIO = parse(
    """\
schema: 1
name: story
question: Why?
steps: [{name: task, target: 20s}]
quiz:
  - {question: Which?, options: [this, that], answer: 2, why: Because of that.}
  - {question: And now?, options: [here, there], answer: 1, why: Because of here.}
""",
    "story.yaml",
)


async def until(pilot, condition):
    for _ in range(200):
        if condition():
            return
        await pilot.pause(0.05)
    raise AssertionError("it never came to that")


def shown(app, widget):
    return str(app.query_one(f"#{widget}").render())


def answered(size, *presses, scenario=SCENARIO):
    """What was kept after these keys, each with what has to be on the screen before it."""
    kept = []

    def fill(replies, tell):
        master = QuizMaster(speaker=NoVoice(), replies=replies, tell=tell)
        master.hold(scenario.quiz, kept.append)

    options = len(scenario.quiz[0].options)

    async def story():
        app = QuizApp(scenario, fill)
        async with app.run_test(size=size) as pilot:
            for widget, text, key in presses:
                await until(pilot, lambda w=widget, t=text: shown(app, w) == t)
                await until(
                    pilot,
                    lambda: app.query_one("#options", OptionList).option_count == options,
                )
                await pilot.press(key)
            await until(pilot, lambda: not app.is_running)

    asyncio.run(story())
    return [(answer.chosen, answer.is_right) for answer in kept[-1]] if kept else []


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_numbers_answer_and_enter_goes_on(size):
    assert answered(
        size,
        ("question", "Which?", "2"),
        ("verdict", "2 is right.", "enter"),
        ("question", "And now?", "2"),
        ("verdict", "2 is not it: 1 is right.", "enter"),
    ) == [(2, True), (2, False)]


def test_an_option_can_be_chosen_with_the_arrows():
    assert answered(
        (80, 24),
        ("question", "Which?", "down"),
        ("question", "Which?", "enter"),
        ("verdict", "1 is not it: 2 is right.", "q"),
    ) == [(1, False)]


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+c"])
def test_whoever_leaves_is_asked_nothing_more(key):
    assert answered((80, 24), ("question", "Which?", key)) == []


def test_a_number_above_nine_is_typed_and_then_chosen():
    options = ", ".join("abcdefghijkl")
    many = parse(
        "schema: 1\nname: many\nquestion: Why?\nsteps: [{name: task, target: 20s}]\n"
        f"quiz: [{{question: Which?, options: [{options}], answer: 12}}]\n",
        "many.yaml",
    )

    assert answered(
        (80, 24),
        ("question", "Which?", "1"),
        ("question", "Which?", "2"),
        ("question", "Which?", "enter"),
        ("verdict", "12 is right.", "enter"),
        scenario=many,
    ) == [(12, True)]
