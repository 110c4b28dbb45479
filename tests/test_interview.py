import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import UsageError
from rehearse.interview import Prompt, probe_prompts, step_prompts, whole_prompt
from rehearse.scenario import Probe, Scenario, Seconds, Step

SCENARIO = Scenario(
    schema=1,
    name="story",
    question="Tell me about a mistake.",
    steps=(
        Step(name="situation", target_s=Seconds(30), limit=Seconds(45), key_points=("I noticed",)),
        Step(name="trade-offs", target_s=Seconds(20), prompt="And the price?"),
        Step(name="result", target_s=Seconds(20), key_points=("0.3%", "$8K")),
    ),
    probes=(
        Probe(question="What else?"),
        Probe(question="How did you measure it?", asks_when=("no_metric", "vague_result")),
        Probe(question="Who is we?", asks_when=("we_language",), target=Seconds(10)),
    ),
)


def test_every_step_is_asked_with_its_own_clock():
    assert step_prompts(SCENARIO) == (
        Prompt("situation", "step", "What was the situation?", 30.0, 45.0, ("I noticed",)),
        Prompt("trade-offs", "step", "And the price?", 20.0, 30.0),
        Prompt("result", "step", "What was the result?", 20.0, 30.0, ("0.3%", "$8K")),
    )


def test_a_drill_asks_the_chosen_steps_in_the_order_chosen_each_as_often_as_wished():
    prompts = step_prompts(SCENARIO, ["result", "situation"], repetitions=2)

    assert [prompt.section for prompt in prompts] == ["result", "result", "situation", "situation"]


def test_a_step_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(UsageError) as caught:
        step_prompts(SCENARIO, ["situation", "task"])

    assert str(caught.value) == 'story has no step "task"; it has: situation, trade-offs, result.'


def test_a_whole_answer_has_the_steps_clocks_and_key_points_together():
    assert whole_prompt(SCENARIO) == Prompt(
        "whole", "whole", "Tell me about a mistake.", 70.0, 105.0, ("I noticed", "0.3%", "$8K")
    )


@pytest.mark.parametrize(
    ("weaknesses", "at_most", "questions"),
    [
        ([], None, ["What else?", "How did you measure it?", "Who is we?"]),
        (["we_language"], 1, ["Who is we?"]),
        (["vague_result"], None, ["How did you measure it?", "What else?", "Who is we?"]),
        (["we_language", "no_metric"], 2, ["How did you measure it?", "Who is we?"]),
        (["filler"], 2, ["What else?", "How did you measure it?"]),
        (["we_language"], 0, []),
        ([], 99, ["What else?", "How did you measure it?", "Who is we?"]),
    ],
)
def test_the_follow_ups_that_fit_what_was_lacking_come_first(weaknesses, at_most, questions):
    prompts = probe_prompts(SCENARIO, weaknesses, at_most)

    assert [prompt.question for prompt in prompts] == questions


def test_follow_ups_are_numbered_as_they_are_asked_and_have_their_own_clocks():
    assert probe_prompts(SCENARIO, ["we_language"], 2) == (
        Prompt("probe-1", "probe", "Who is we?", 10.0, 15.0),
        Prompt("probe-2", "probe", "What else?", 45.0, 67.5),
    )


@given(st.sets(st.sampled_from(["no_metric", "we_language", "filler"])))
def test_no_follow_up_is_lost_or_asked_twice(weaknesses):
    questions = [prompt.question for prompt in probe_prompts(SCENARIO, weaknesses, None)]

    assert sorted(questions) == sorted(probe.question for probe in SCENARIO.probes)
