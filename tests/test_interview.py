import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import UsageError
from rehearse.interview import Prompt, probe_prompts, step_prompts, whole_prompt
from rehearse.scenario import Probe, Scenario, Seconds, Step, StrongReply

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
        Probe(
            question="Who is we?",
            asks_when=("we_language",),
            target=Seconds(10),
            strong=StrongReply(text="I did it alone.", key_line="I did it alone"),
        ),
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
        "whole",
        "whole",
        "Tell me about a mistake.",
        70.0,
        105.0,
        ("I noticed", "0.3%", "$8K"),
        parts=step_prompts(SCENARIO),
    )


@pytest.mark.parametrize(
    ("lacks", "at_most", "questions"),
    [
        ({}, None, ["What else?", "How did you measure it?", "Who is we?"]),
        ({"we_language": 1}, 1, ["Who is we?"]),
        ({"vague_result": 1}, None, ["How did you measure it?", "What else?", "Who is we?"]),
        ({"we_language": 2, "no_metric": 1}, 2, ["Who is we?", "How did you measure it?"]),
        ({"we_language": 1, "no_metric": 1}, 2, ["How did you measure it?", "Who is we?"]),
        ({"filler": 9}, 2, ["What else?", "How did you measure it?"]),
        ({"we_language": 1}, 0, []),
        ({}, 99, ["What else?", "How did you measure it?", "Who is we?"]),
    ],
)
def test_the_follow_up_that_fits_best_what_was_lacking_comes_first(lacks, at_most, questions):
    prompts = probe_prompts(SCENARIO, lacks, at_most)

    assert [prompt.question for prompt in prompts] == questions


@pytest.mark.parametrize(
    ("lacks", "at_most", "asked_before", "questions"),
    [
        ({}, 1, [{"What else?"}], ["How did you measure it?"]),
        ({}, 1, [{"How did you measure it?"}, {"What else?"}], ["Who is we?"]),
        ({}, 1, [{"Who is we?"}, {"How did you measure it?"}, {"What else?"}], ["What else?"]),
        ({"we_language": 1}, 1, [{"Who is we?"}], ["What else?"]),
        ({"we_language": 1}, 1, [{"What else?"}, {"Who is we?"}], ["Who is we?"]),
        (
            {"we_language": 2, "no_metric": 1},
            1,
            [{"What else?"}, {"Who is we?"}],
            ["How did you measure it?"],
        ),
        ({}, 2, [{"What else?", "Who is we?"}], ["How did you measure it?", "What else?"]),
        ({}, 3, [{"What else?"}], ["What else?", "How did you measure it?", "Who is we?"]),
        ({}, None, [{"What else?"}], ["What else?", "How did you measure it?", "Who is we?"]),
    ],
)
def test_no_follow_up_is_asked_twice_in_a_row_while_others_are_due(
    lacks, at_most, asked_before, questions
):
    prompts = probe_prompts(SCENARIO, lacks, at_most, asked_before)

    assert [prompt.question for prompt in prompts] == questions


def test_follow_ups_are_numbered_as_they_are_asked_and_have_their_own_clocks_and_key_line():
    what_else, _, who = SCENARIO.probes

    assert probe_prompts(SCENARIO, {"we_language": 1}, 2) == (
        Prompt("probe-1", "probe", "Who is we?", 10.0, 15.0, ("I did it alone",), who),
        Prompt("probe-2", "probe", "What else?", 45.0, 67.5, (), what_else),
    )


QUESTIONS = [probe.question for probe in SCENARIO.probes]


@given(
    st.dictionaries(st.sampled_from(["no_metric", "we_language", "filler"]), st.floats(0, 9)),
    st.lists(st.sets(st.sampled_from(QUESTIONS), min_size=1), max_size=4),
    st.integers(0, 4),
)
def test_no_follow_up_is_lost_or_asked_twice(lacks, asked_before, at_most):
    prompts = probe_prompts(SCENARIO, lacks, at_most, asked_before)
    questions = [prompt.question for prompt in prompts]

    assert len(set(questions)) == len(questions) == min(at_most, len(QUESTIONS))
    others = set(QUESTIONS).difference(*asked_before[:1])
    assert not asked_before or len(others.intersection(questions)) == min(at_most, len(others))
