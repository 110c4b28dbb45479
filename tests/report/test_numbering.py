"""The number of a finding is the same wherever it is shown, and `review --play` knows it."""

import re

import pytest
from tests.sessions import section, session_of, spoken

from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import judge_section
from rehearse.interview import whole_prompt
from rehearse.replay import find
from rehearse.report.markdown import as_markdown
from rehearse.report.numbering import as_shown
from rehearse.scenario import Scenario, Seconds, Step
from rehearse.transcript import Hearing, Transcript

STEPS = {
    "situation": "The lift in hall two stood still for a week. A lot of people were unhappy.",
    "action": "We looked into the brake together. We looked into the brake together once more.",
    "result": "It got a lot better and everyone was happy.",
}


def read(text):
    return Hearing(Transcript.from_text(text))


def told_in_one_go(hear=spoken):
    scenario = Scenario(
        schema=1,
        name="lift",
        question="What did you do?",
        steps=tuple(Step(name=name, target_s=Seconds(10)) for name in STEPS),
    )
    hearing = hear(" ".join(STEPS.values()))
    return judge_section(whole_prompt(scenario), hearing, load_rules(), "takes/whole-1.wav")


def test_the_numbers_run_through_the_sections_and_pass_fillers_by():
    session = session_of(
        section("task", "Um, I was asked to look into it, um, by my manager."),
        section("result", "Um, the team was really happy with it."),
    )
    shown = re.findall(r"^- \\\[(\d+)\\\] .*?\*\*(.+?)\*\*", as_markdown(session), re.MULTILINE)

    assert [int(number) for number, _ in shown] == list(range(1, len(shown) + 1))
    assert [find(session, int(number))[1].category.replace("_", " ") for number, _ in shown] == [
        category for _, category in shown
    ]


@pytest.mark.parametrize("hear", [spoken, read])
def test_the_steps_of_an_answer_told_in_one_go_call_a_finding_as_the_whole_does(hear):
    session = session_of(told_in_one_go(hear))
    shown = [(step.name, each) for step, found in as_shown(session) for each in found]
    with_number = [(step, each) for step, each in shown if each.number is not None]

    numbers = [each.number for _, each in with_number]
    assert {step for step, _ in with_number} == {"action", "result"}
    assert numbers == sorted(set(numbers))
    for _, each in with_number:
        same = find(session, each.number)[1]
        assert (same.rule, same.quote, same.start_s) == (
            each.finding.rule,
            each.finding.quote,
            each.finding.start_s,
        )


def test_what_only_a_step_lacks_has_no_number():
    session = session_of(told_in_one_go())
    lacks = [
        (each.number, step.name)
        for step, found in as_shown(session)
        for each in found
        if each.finding.category == "no_metric"
    ]

    assert lacks == [(None, "result")]
