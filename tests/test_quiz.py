import pytest

from rehearse.quiz import QuizAnswer, chosen_option, mark, right_answers
from rehearse.scenario import QuizQuestion

ASKED = QuizQuestion(question="Which?", options=("this", "that"), answer=2, why="Because.")


def test_an_answer_stands_beside_the_right_one():
    assert mark(ASKED, 1) == QuizAnswer("Which?", ("this", "that"), 1, 2, False, "Because.")


def test_right_answers_are_counted():
    assert right_answers([mark(ASKED, 1), mark(ASKED, 2)]) == 1


@pytest.mark.parametrize(
    ("typed", "option"),
    [("2", 2), (" 1. ", 1), ("3", None), ("0", None), ("", None), ("two", None), ("²", None)],
)
def test_only_the_number_of_an_option_chooses_it(typed, option):
    assert chosen_option(typed, 2) == option
