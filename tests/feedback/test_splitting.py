from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sessions import SECONDS_PER_WORD, spoken

from rehearse import __version__
from rehearse.adapters.scenario_library import check_scenario
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import judge_section
from rehearse.feedback.splitting import divide
from rehearse.interview import step_prompts, whole_prompt
from rehearse.rejudging import judge_again, remembered
from rehearse.report.markdown import as_markdown
from rehearse.session import SessionInfo, from_json, sum_up, to_json
from rehearse.transcript import Transcript

SCENARIO = check_scenario(Path(__file__).parents[2] / "scenarios" / "webhook-drop.yaml")
STEPS = step_prompts(SCENARIO)
TOLD = {step.name: step.strong for step in SCENARIO.steps}


def whole(told):
    """The section of somebody who tells these steps in one go."""
    hearing = spoken(" ".join(told.values()))
    return judge_section(whole_prompt(SCENARIO), hearing, load_rules(), "takes/whole-1.wav")


def session(section):
    info = SessionInfo(id=None, scenario=SCENARIO.name, mode="whole", rehearse_version=__version__)
    return sum_up(info, [section], load_rules(), SCENARIO)


def test_an_answer_told_in_one_go_is_split_into_its_steps():
    found = {step.name: step.transcript.text for step in whole(TOLD).steps}

    assert found == TOLD


def test_each_step_is_timed_where_it_lies_in_the_take():
    section = whole(TOLD)
    begins_s, expected = 1.0, []
    for name, text in TOLD.items():
        spoken_s = len(text.split()) * SECONDS_PER_WORD
        expected.append((name, begins_s, spoken_s, "on_target"))
        begins_s += spoken_s

    assert [
        (
            step.name,
            pytest.approx(step.first_word_s, abs=0.2),
            pytest.approx(step.spoken_s, abs=0.2),
            step.verdict,
        )
        for step in section.steps
    ] == expected
    assert {step.audio for step in section.steps} == {"takes/whole-1.wav"}


@pytest.mark.parametrize("left_out", ["task", "result", "reflection"])
def test_a_step_that_was_not_told_is_missing_and_not_invented(left_out):
    section = whole({name: text for name, text in TOLD.items() if name != left_out})

    assert section.not_told == (left_out,)
    assert left_out not in [step.name for step in section.steps]


def test_an_answer_whose_steps_are_all_there_is_judged_by_them():
    judged = session(whole(TOLD))

    assert {entry.section for entry in judged.ownership} == {"action"}
    assert judged.verdict.decision == "strong_hire"
    assert judged.reflection_test.kind == "specific"


def test_an_answer_that_lacks_a_step_is_judged_as_one():
    judged = session(whole({name: text for name, text in TOLD.items() if name != "reflection"}))

    assert {entry.section for entry in judged.ownership} == {"whole"}


def test_key_points_and_findings_stand_with_their_step():
    section = whole(TOLD | {"task": "My task was to look into it, I guess, for the other team."})
    task = next(step for step in section.steps if step.name == "task")

    assert [point.said for point in task.key_points] == [False] * 4
    assert [finding.quote for finding in task.findings if finding.category == "hedge"] == [
        "I guess"
    ]


def test_a_split_answer_survives_being_kept_and_being_judged_again():
    judged = session(whole(TOLD))
    kept = from_json(to_json(judged), "session.json")
    again = judge_again(kept, remembered, load_rules(), SCENARIO, None)

    assert kept == judged
    assert again.sections[0].steps == judged.sections[0].steps


def test_the_report_shows_each_step_and_says_which_was_not_told():
    told = {name: text for name, text in TOLD.items() if name != "task"}
    report = as_markdown(session(whole(told)))
    headings = [line for line in report.splitlines() if line.startswith("## ")]

    assert headings[:5] == ["## Whole", "## Situation", "## Action", "## Result", "## Reflection"]
    assert "Not found in it: task." in report.splitlines()


def test_silence_has_no_steps():
    assert divide(Transcript(), STEPS) == ()


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300))
def test_the_stretches_of_any_text_hold_each_word_once_and_in_order(text):
    transcript = Transcript.from_text(text)
    found = divide(transcript, STEPS)
    order = [step.section for step in STEPS]

    if found:
        assert [each.first for each in found] == [0, *(each.end for each in found[:-1])]
        assert found[-1].end == len(transcript.words)
    assert [each.step for each in found] == sorted({each.step for each in found}, key=order.index)
