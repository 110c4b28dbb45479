from tests.sessions import section

from rehearse.feedback.phrases import load_rules
from rehearse.feedback.priority import FixFirst, fix_first
from rehearse.feedback.section import judge_section
from rehearse.interview import Prompt
from rehearse.transcript import Hearing, Transcript


def test_who_did_it_comes_before_how_it_was_said():
    sections = [
        section("action", "I just told the other team about it and they fixed it."),
        section("result", "The errors fell from 12 a week to 3."),
    ]

    found = fix_first(sections)

    assert found.section == "action"
    assert found.advice.startswith("“")
    assert "told the other team" in found.advice


def test_an_overrun_is_said_in_seconds_where_nothing_worse_was_found():
    sections = [section("task", "It was not my area and nobody had asked me.", target_s=2.0)]

    assert fix_first(sections) == FixFirst(
        "task", "Come in 2 s sooner: leave out what the point can do without."
    )


def test_a_silent_answer_comes_first_of_all():
    silent = judge_section(
        Prompt("task", "step", "Why?", 20.0, 30.0), Hearing(Transcript(), (), 9.0), load_rules()
    )

    assert fix_first([section("action", "We fixed it all."), silent]) == FixFirst(
        "task", "No speech was heard. Check the microphone."
    )


def test_a_clean_answer_needs_nothing():
    assert fix_first([section("result", "The errors fell from 12 a week to 3.")]) is None
