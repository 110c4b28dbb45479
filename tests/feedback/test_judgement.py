"""Whole answers judged: the shipped scenario's strong examples and its weak answer."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sessions import section, spoken

from rehearse.adapters.scenario_library import check_scenario
from rehearse.feedback.judgement import Yardstick, judge
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import judge_section
from rehearse.interview import step_prompts, whole_prompt
from rehearse.transcript import Hearing, Transcript

SCENARIO = check_scenario(Path(__file__).parents[2] / "scenarios" / "webhook-drop.yaml")


def told_well(only=()):
    return [
        judge_section(prompt, spoken(SCENARIO.step(prompt.section).strong), load_rules())
        for prompt in step_prompts(SCENARIO, only)
    ]


def told_badly():
    hearing = Hearing(Transcript.from_text(SCENARIO.weak_answer.text))
    return [judge_section(whole_prompt(SCENARIO), hearing, load_rules())]


def test_the_strong_examples_are_hired_and_the_weak_answer_is_not():
    by = Yardstick(SCENARIO)

    assert judge(told_well(), by).verdict.decision == "strong_hire"
    assert judge(told_badly(), by).verdict.decision == SCENARIO.weak_answer.verdict.decision


def test_a_verdict_gives_its_reasons_with_words_section_and_second():
    verdict = judge(told_well(), Yardstick(SCENARIO)).verdict

    assert verdict.principle == "Earn Trust"
    assert [(each.section, each.start_s is None) for each in verdict.because] == [
        ("action", False),
        ("result", False),
        ("result", False),
    ]


def test_drilled_steps_are_not_judged_as_a_whole():
    verdict = judge(told_well(["action"]), Yardstick(SCENARIO)).verdict

    assert verdict.decision == "not_enough"
    assert verdict.because[0].text == "Not told: situation, task, result, reflection."


def test_few_words_are_not_judged():
    said = [section("whole", "I fixed it.", kind="whole")]

    assert judge(said, Yardstick()).verdict.decision == "not_enough"


@pytest.mark.parametrize("lens", [lens.name for lens in SCENARIO.lenses])
@pytest.mark.parametrize("level", [level.name for level in SCENARIO.levels])
def test_every_level_and_lens_is_judged(level, lens):
    judged = judge(told_well(), Yardstick(SCENARIO, level, lens))

    assert (judged.level.level, judged.lens.lens) == (level, lens)
    assert judged.level.spoken_s == pytest.approx(157, abs=1)


@given(st.lists(st.text(max_size=300), min_size=1, max_size=3))
@settings(deadline=None)
def test_any_text_is_judged(texts):
    names = ["action", "result", "reflection"]
    sections = [
        section(name, text, hearing=Hearing(Transcript.from_text(text)))
        for name, text in zip(names, texts, strict=False)
    ]

    judged = judge(sections, Yardstick(SCENARIO, "senior", "dive-deep"))

    assert all(entry.quote in sections[0].transcript.text for entry in judged.ownership)
