"""Whole answers judged: the shipped scenario's strong examples and its weak answer."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sessions import section, spoken

from rehearse.adapters.scenario_library import check_scenario
from rehearse.feedback.judgement import Yardstick, judge
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import judge_section
from rehearse.feedback.verdict import THRESHOLDS, Because
from rehearse.interview import step_prompts, whole_prompt
from rehearse.transcript import Hearing, Transcript

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SCENARIO = check_scenario(SCENARIOS / "webhook-drop.yaml")


def told_well(only=()):
    return [
        judge_section(prompt, spoken(SCENARIO.step(prompt.section).strong), load_rules())
        for prompt in step_prompts(SCENARIO, only)
    ]


def told_whole(scenario, text):
    hearing = Hearing(Transcript.from_text(text))
    return [judge_section(whole_prompt(scenario), hearing, load_rules())]


def test_the_strong_examples_are_hired_and_the_weak_answer_is_not():
    by = Yardstick(SCENARIO)

    assert judge(told_well(), by, load_rules()).verdict.decision == "strong_hire"
    assert (
        judge(told_whole(SCENARIO, SCENARIO.weak_answer.text), by, load_rules()).verdict.decision
        == SCENARIO.weak_answer.verdict.decision
    )


def test_a_verdict_gives_its_reasons_with_words_section_and_second():
    verdict = judge(told_well(), Yardstick(SCENARIO), load_rules()).verdict

    assert verdict.principle == "Earn Trust"
    assert [(each.section, each.start_s is None) for each in verdict.because] == [
        ("action", False),
        ("result", False),
        ("result", False),
    ]


def test_drilled_steps_are_not_judged_as_a_whole():
    verdict = judge(told_well(["action"]), Yardstick(SCENARIO), load_rules()).verdict

    assert verdict.decision == "not_enough"
    assert verdict.because[0].text == "Not told: situation, task, result, reflection."


@pytest.mark.parametrize("step", ["task", "action", "result", "reflection"])
def test_a_step_without_a_word_counts_as_not_told(step):
    told = {each.name: each.strong for each in SCENARIO.steps} | {step: ""}
    verdict = judge(told_in_steps(told), Yardstick(SCENARIO), load_rules()).verdict

    assert (verdict.decision, verdict.points) == ("not_enough", None)
    assert verdict.because == (Because(f"Not told: {step}."),)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("I fixed it.", "Only 3 words were said; it takes 50 to judge."),
        ("", "Only 0 words were said; it takes 50 to judge."),
    ],
)
def test_few_words_are_not_judged(text, why):
    said = [section("whole", text, kind="whole")]

    assert judge(said, Yardstick(), load_rules()).verdict.because == (Because(why),)


def test_a_sentence_on_what_was_done_is_not_judged_however_much_stands_around_it():
    told = {each.name: each.strong for each in SCENARIO.steps} | {"action": "I fixed it at once."}
    verdict = judge(told_in_steps(told), Yardstick(SCENARIO), load_rules()).verdict

    assert verdict.because == (Because("Only 5 words were said of what you did; it takes 20."),)


WEAK = {
    "situation": "So basically there were a lot of problems and people were unhappy for some time.",
    "task": "My manager asked me to look into it and I had some bandwidth.",
    "action": "We looked into it together and found the problem. I told the other team about it "
    "and they fixed it after a while. We tested everything and it was deployed.",
    "result": "It got a lot better and everyone was really happy with the result.",
    "reflection": "I learned that communication is really important and teamwork matters.",
}
HIRED_FROM = next(least for least, decision in THRESHOLDS if decision == "hire")


def told_in_steps(texts, scenario=SCENARIO):
    return [
        judge_section(prompt, spoken(texts[prompt.section]), load_rules())
        for prompt in step_prompts(scenario)
    ]


@pytest.mark.parametrize("name", ["webhook-drop", "friday-release"])
def test_clear_cases_stand_clear_of_the_thresholds(name):
    scenario = check_scenario(SCENARIOS / f"{name}.yaml")
    strong = {step.name: step.strong for step in scenario.steps}
    in_steps = judge(told_in_steps(strong, scenario), Yardstick(scenario), load_rules()).verdict
    in_one_go = judge(
        told_whole(scenario, " ".join(strong.values())), Yardstick(scenario), load_rules()
    ).verdict
    weak = judge(
        told_whole(scenario, scenario.weak_answer.text), Yardstick(scenario), load_rules()
    ).verdict
    mostly_weak = judge(told_in_steps(WEAK, scenario), Yardstick(scenario), load_rules()).verdict

    assert min(in_steps.points, in_one_go.points) >= HIRED_FROM + 2
    assert max(weak.points, mostly_weak.points) <= HIRED_FROM - 1


@pytest.mark.parametrize(
    ("weak", "decision"),
    [
        (["situation"], "strong_hire"),
        (["task"], "hire"),
        (["action"], "leaning_no_hire"),
        (["result"], "leaning_no_hire"),
        (["reflection"], "hire"),
        (["situation", "task", "result", "reflection"], "leaning_no_hire"),
        (["situation", "task", "action", "reflection"], "leaning_no_hire"),
        (list(WEAK), "leaning_no_hire"),
    ],
)
def test_one_weak_step_costs_what_it_is_worth(weak, decision):
    told = {step.name: step.strong for step in SCENARIO.steps}
    told |= {name: WEAK[name] for name in weak}

    assert (
        judge(told_in_steps(told), Yardstick(SCENARIO), load_rules()).verdict.decision == decision
    )


def test_whoever_did_nothing_was_told_to_and_blames_others_is_not_hired():
    text = (
        "My boss told me to look at the till. The night shift never cared about anything and they "
        "left it broken. We told the supplier and they fixed it some time later. It got better and "
        "everybody was happy. It was the fault of the night shift, they are always so careless."
    )

    assert (
        judge(told_whole(SCENARIO, text), Yardstick(SCENARIO), load_rules()).verdict.decision
        == "no_hire"
    )


def test_the_first_reason_is_what_to_fix_in_the_speakers_own_words():
    verdict = judge(told_in_steps(WEAK), Yardstick(SCENARIO), load_rules()).verdict

    assert [(each.text, each.quote, each.section) for each in verdict.because] == [
        (
            "Somebody else solved it after you had passed it on.",
            "I told the other team about it",
            "action",
        ),
        (
            "No number changed, so nobody can tell what it brought.",
            "It got a lot better",
            "result",
        ),
        ("“We” hides what you did.", "We looked into it together and found the problem", "action"),
    ]
    assert all(each.start_s is not None for each in verdict.because)
    assert verdict.fix_first == (
        "In action: after “I told the other team about it”, say what you did yourself until it was "
        "solved."
    )


def test_whoever_is_hardly_in_the_story_is_told_so_though_no_phrase_is_weak():
    text = (
        "The night shift of our branch rewrote the rota in March. She counted every shift for four "
        "weeks. He drew the new plan on the wall. They tested it in two wards and they taught the "
        "others how to use it. I watched it. Overtime fell from 60 hours to 20."
    )
    verdict = judge(told_whole(SCENARIO, text), Yardstick(SCENARIO), load_rules()).verdict

    assert verdict.decision == "leaning_no_hire"
    assert re.fullmatch(r"Only \d+% of the acting time is you\.", verdict.because[0].text)
    assert verdict.fix_first == "In whole: say with “I” what you did, one step at a time."


def test_the_points_add_up():
    verdict = judge(told_well(), Yardstick(SCENARIO), load_rules()).verdict

    assert [part.name for part in verdict.score] == ["own work", "result", "standing", "lesson"]
    earned = sum(part.points for part in verdict.score)
    assert verdict.points == pytest.approx(
        earned * 10 / sum(part.most for part in verdict.score), abs=0.05
    )


def test_whoever_passes_the_limits_is_hired_but_not_strongly():
    told = {step.name: " ".join([step.strong] * 3) for step in SCENARIO.steps}
    verdict = judge(told_in_steps(told), Yardstick(SCENARIO), load_rules()).verdict

    assert verdict.decision == "hire"
    assert verdict.fix_first.startswith("In action: leave out ")


@pytest.mark.parametrize("lens", [lens.name for lens in SCENARIO.lenses])
@pytest.mark.parametrize("level", [level.name for level in SCENARIO.levels])
def test_every_level_and_lens_is_judged(level, lens):
    judged = judge(told_well(), Yardstick(SCENARIO, level, lens), load_rules())

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

    judged = judge(sections, Yardstick(SCENARIO, "senior", "dive-deep"), load_rules())

    assert all(entry.quote in sections[0].transcript.text for entry in judged.ownership)
