"""What is heard of a report and of a scenario, as text."""

import pytest
from tests.report.test_study import FULL
from tests.sessions import section, session_of, told_in_one_go

from rehearse import places
from rehearse.adapters.scenario_library import ScenarioLibrary
from rehearse.report.spoken import sentences
from rehearse.report.study import spoken_scenario, spoken_step
from rehearse.scenario import Seconds, Step
from rehearse.transcript import Hearing, Span, Transcript

WEAK = "We fixed the belt, and the team was really happy."
STRONG = "I counted the parcels for two weeks, and it went from four a week to zero."


def told(text, spoken_s, *, name="situation", target_s=30.0, limit_s=45.0, **more):
    """One answer that lasted so long."""
    transcript = Transcript.from_text(text)
    speech = (Span(1.0, 1.0 + spoken_s),) if text else ()
    hearing = Hearing(transcript, speech, recorded_s=spoken_s + 2)
    return section(name, text, target_s=target_s, limit_s=limit_s, hearing=hearing, **more)


def heard(*sections):
    return list(sentences(session_of(*sections)))


@pytest.mark.parametrize(
    ("spoken_s", "against"),
    [
        (38.0, "took 38 seconds, 8 over its target,"),
        (30.4, "took 30 seconds, just over its target,"),
        (50.2, "took 50 seconds, 20 over its target and past its limit,"),
        (28.0, "took 28 seconds, within its target,"),
        (9.0, "took 9 seconds, less than half of its target,"),
        (1.2, "took 1 second, less than half of its target,"),
    ],
)
def test_time_is_said_against_the_target(spoken_s, against):
    answer = "I counted the parcels."
    assert heard(told(answer, spoken_s)) == [f"Situation {against} with no weak phrases."]


def test_weak_phrases_are_counted():
    assert heard(told(WEAK, 25.0, name="action"), told("We fixed it.", 25.0, name="action")) == [
        "Action took 25 seconds, within its target, with two weak phrases.",
        "Action took 25 seconds, within its target, with one weak phrase.",
    ]


def test_what_is_missing_altogether_is_named():
    assert heard(
        told("I made the shelf shorter.", 15.0, name="result", target_s=20.0),
        told("We had to make the shelf shorter.", 15.0, name="task", target_s=20.0),
    ) == [
        "Result took 15 seconds, within its target, with no weak phrases and no number.",
        "Task took 15 seconds, within its target, with one weak phrase and no word on whose job "
        "it was.",
    ]


def test_fillers_are_no_weak_phrases():
    assert heard(told("Um, I, uh, counted the parcels.", 25.0)) == [
        "Situation took 25 seconds, within its target, with no weak phrases."
    ]


def test_silence_is_said():
    assert heard(told("", 0.0)) == ["Situation: nothing was heard."]


def test_the_verdict_is_said_with_its_first_reason_and_what_to_fix():
    text = f"{WEAK} I told the supplier about it and they sorted it out a few weeks later. " * 3

    assert heard(told(text, 25.0, name="whole", kind="whole"))[1:] == [
        "Verdict: leaning no hire. Somebody else solved it after you had passed it on.",
        "Fix first, in whole: after “I told the supplier about it”, say what you did yourself "
        "until it was solved.",
    ]


def test_a_drill_has_no_verdict_to_say():
    assert len(heard(told(WEAK * 8, 25.0))) == 1


def test_an_answer_without_a_target_has_a_time_alone():
    assert heard(told(STRONG, 12.0, target_s=None, limit_s=None)) == [
        "Situation took 12 seconds, with no weak phrases."
    ]


def test_a_text_has_no_time():
    hearing = Hearing(Transcript.from_text(WEAK))
    assert heard(section("action", WEAK, hearing=hearing)) == ["Action has two weak phrases."]


def test_sections_are_called_as_people_call_them():
    names = [told(STRONG, 25.0, name="whole", kind="whole")]
    names += [told(STRONG, 25.0, name="probe-2", kind="probe")]
    assert [sentence.partition(" took")[0] for sentence in heard(*names)] == [
        "The whole answer",
        "Follow-up 2",
    ]


def test_a_step_is_read_as_it_is_shown_with_its_times_in_words():
    step = Step(
        name="task",
        target_s=Seconds(90),
        limit=Seconds(121),
        prompt="Whose job was it?",
        strong="Nobody had asked me.",
        key_points=("nobody had asked me", "no ticket"),
        coaching="Draw the border",
    )
    assert spoken_step(step) == (
        "TASK target 1 minute 30 seconds, limit 2 minutes 1 second. Asked: Whose job was it?",
        "Strong example: Nobody had asked me.",
        "Key points: nobody had asked me. no ticket.",
        "Coaching: Draw the border.",
    )


def test_a_scenario_is_read_from_its_heading_to_its_lenses():
    passages = spoken_scenario(FULL)
    assert passages[:3] == (
        "Amazon, Earn Trust, story. Tell me about a mistake.",
        "What happened: A service lost messages.",
        "What to take from it: Say whose it was.",
    )
    assert "LEVEL senior 2 minutes 30 seconds to 3 minutes in all. Sees the system." in passages
    assert passages[-1].startswith(("LENS", "Emphasise", "Play down"))


def test_no_passage_of_the_shipped_scenario_holds_signs_that_nobody_says():
    passages = spoken_scenario(ScenarioLibrary(places.shipped_scenarios()).find("webhook-drop"))
    assert len(passages) > 30
    assert [passage for passage in passages if "·" in passage or "\n" in passage] == []


def test_an_answer_told_in_one_go_is_heard_step_by_step():
    whole = told_in_one_go(
        {
            "situation": "The lift in hall two stood still for a week.",
            "task": "It was not my area.",
            "action": "We looked into the brake, and I changed a lot of springs in it.",
        },
        without=["task"],
    )

    assert heard(whole)[:3] == [
        "The whole answer took 10 seconds, less than half of its target, with no number. "
        "Not found in it: task.",
        "Situation took 4 seconds, less than half of its target, with no weak phrases.",
        "Action took 6 seconds, within its target, with one weak phrase.",
    ]
