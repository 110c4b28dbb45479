import pytest

from rehearse.progress.grading import Grade, Graded, grade
from rehearse.progress.sitting import Told


def told(**facts):
    well = {"target_s": 20.0, "spoken_s": 19.0, "overrun_s": 0.0, "verdict": "on_target"}
    return Told(**{"name": "task", "words": 50, "points": 3, "points_said": 3} | well | facts)


@pytest.mark.parametrize(
    ("facts", "graded"),
    [
        ({}, Graded(Grade.EASY, ())),
        ({"findings": {"hedge": 2}}, Graded(Grade.GOOD, ())),
        ({"points_said": 2}, Graded(Grade.GOOD, ())),
        ({"verdict": "over", "spoken_s": 21.5, "overrun_s": 1.5}, Graded(Grade.EASY, ())),
        ({"verdict": "over", "overrun_s": 6.2}, Graded(Grade.HARD, ("6 s over",))),
        ({"verdict": "short", "spoken_s": 7.0}, Graded(Grade.HARD, ("only 7 of 20 s",))),
        (
            {"points_said": 1, "findings": {"no_metric": 1}},
            Graded(Grade.HARD, ("no number was said", "2 of 3 key points were not heard")),
        ),
        ({"fillers": 3}, Graded(Grade.HARD, ("9 fillers a minute",))),
        (
            {"findings": {"handoff": 2, "blame": 1}},
            Graded(Grade.AGAIN, ("the move was left to somebody else", "others were blamed")),
        ),
        (
            {"verdict": "over_limit", "overrun_s": 14.0},
            Graded(Grade.AGAIN, ("14 s over, past the limit",)),
        ),
        ({"words": 0, "verdict": "silent"}, Graded(Grade.AGAIN, ("nothing was heard",))),
    ],
)
def test_an_answer_is_graded_by_what_was_measured(facts, graded):
    assert grade(told(**facts)) == graded


def test_an_answer_that_came_as_text_is_graded_by_its_words():
    assert grade(Told(name="task", words=30)) == Graded(Grade.EASY, ())
