"""Lessons: tied to the story or not, and how deep they go."""

import pytest
from tests.sessions import section

from rehearse.feedback.reflection import judge_reflection
from rehearse.feedback.result import Evidence

STORY = section("situation", "The insulin pump on bed nine had a blocked line.")


def judged(text):
    return judge_reflection([STORY, section("reflection", text)], None)


@pytest.mark.parametrize(
    "habit",
    [
        "Since then I touch each line before I silence its alarm.",
        "I check the pump before every shift.",
        "And I write the alarm on the board together with the time.",
        "Now I try a complaint in the way its writer works.",
        "I put it on the handover sheet now, in red.",
    ],
)
def test_what_is_done_since_is_a_habit_in_whatever_tense(habit):
    assert judged(f"The pump was quiet for an hour. {habit}").habit == Evidence(True, habit)


@pytest.mark.parametrize(
    "text",
    [
        "I learned that communication is key and that teamwork makes all the difference.",
        "I believe in teamwork and I value honesty a lot.",
        "I always give my best and I work well under pressure.",
        "I was lucky and I fixed it in time for the launch.",
        "I need to plan more carefully in the future.",
    ],
)
def test_a_belief_a_trait_or_what_was_done_once_is_none(text):
    assert not judged(text).habit.found


def test_an_answer_told_in_one_go_is_searched_for_its_lesson_at_its_end():
    told = section(
        "whole",
        "I learned on Monday that the pump on bed nine was blocked. I took the line apart. "
        "I found a kink behind the bed rail and I straightened it. The alarms fell from nine to two. "
        "Looking back, the rail was the cause. I check the rail before every shift.",
        kind="whole",
    )
    test = judge_reflection([told], None)

    assert (test.kind, test.quote) == ("specific", "Looking back, the rail was the cause.")
    assert test.habit.quote == "I check the rail before every shift."


def test_an_answer_told_in_one_go_may_leave_its_lesson_out():
    told = section(
        "whole", "I took the line apart. The alarms fell from nine to two.", kind="whole"
    )

    assert judge_reflection([told], None) is None
