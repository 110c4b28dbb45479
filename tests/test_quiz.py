"""Quizzes: marking, answers that come from a file or a pipe, and what is kept of them."""

import msgspec
import pytest

from rehearse.adapters.unattended import NoVoice
from rehearse.adapters.written_replies import WrittenReplies
from rehearse.errors import BadInputError
from rehearse.events import Asking, Marked, Offered, Saved, Skipped
from rehearse.quiz import QuizAnswer, chosen_option, mark, right_answers
from rehearse.quizroom import QuizSheet
from rehearse.scenario import QuizQuestion, Scenario, Seconds, Step
from rehearse.shelves import session_folders

ASKED = QuizQuestion(question="Which?", options=("this", "that"), answer=2, why="Because.")
MANY = QuizQuestion(question="How many?", options=tuple("abcdefghijkl"), answer=12)
SCENARIO = Scenario(
    schema=1,
    name="story",
    question="Why?",
    steps=(Step(name="task", target_s=Seconds(20)),),
    quiz=(ASKED, MANY),
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "answers").mkdir()
    return tmp_path / "answers"


def filled(folder, text, session=None):
    """What is told and kept where these lines answer the quiz."""
    told = []
    (folder / "quiz.txt").write_text(text, encoding="utf-8")
    sheet = QuizSheet(SCENARIO, NoVoice(), session)
    sheet.fill_beside(folder, told.append)
    return told, sheet.session


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


def test_answers_from_a_file_are_marked_kept_and_saved_once(folder, home):
    told, session = filled(folder, "2\n\n12\n")

    assert [event for event in told if not isinstance(event, Offered)] == [
        Asking("quiz-1", "Which?"),
        Marked("quiz-1", 2, 2, "Because."),
        Asking("quiz-2", "How many?"),
        Marked("quiz-2", 12, 12, ""),
        Saved(session.session.id),
    ]
    assert session.quiz == (mark(ASKED, 2), mark(MANY, 12))
    assert session_folders().load(session.session.id) == session


def test_what_is_not_answered_is_skipped_with_the_way_to_it(folder, home):
    told, session = filled(folder, "1\n")

    assert told[-2:] == [
        Skipped("quiz", "1 question was not answered; `rehearse quiz story` asks it at any time."),
        Saved(session.session.id),
    ]
    assert session.quiz == (mark(ASKED, 1),)


def test_without_a_file_the_quiz_is_skipped(folder, home):
    told = []
    QuizSheet(SCENARIO, NoVoice()).fill_beside(folder, told.append)

    assert told == [
        Skipped(
            "quiz",
            f"there is no {folder / 'quiz.txt'} with its answers; "
            "`rehearse quiz story` asks it at any time.",
        )
    ]


def test_a_rehearsal_that_was_saved_is_not_told_of_again(folder, home):
    _, earlier = filled(folder, "1\n")

    told, session = filled(folder, "2\n3\n", msgspec.structs.replace(earlier, quiz=()))

    assert not any(isinstance(event, Saved) for event in told)
    assert session_folders().load(earlier.session.id).quiz == (mark(ASKED, 2), mark(MANY, 3))
    assert session.session.id == earlier.session.id


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3\n", ':1:1: "3" is no number from 1 to 2. Write one number a line.'),
        ("1\n\n13\n", ':3:1: "13" is no number from 1 to 12. Write one number a line.'),
        (
            "1\n2\n1\n",
            ":3:1: there are more answers here than questions (2). Write one number a line.",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_named_with_its_line(folder, text, message):
    (folder / "quiz.txt").write_text(text, encoding="utf-8")

    with pytest.raises(BadInputError) as caught:
        WrittenReplies(folder, SCENARIO.quiz)

    assert str(caught.value) == f"{folder / 'quiz.txt'}{message}"


def test_a_quiz_file_that_does_not_fit_is_noticed_before_anything_is_recorded(
    folder, rehearse, speak, home
):
    (folder / "probe-1.wav").write_bytes(speak("I counted it.").read_bytes())
    (folder / "quiz.txt").write_text("9\n", encoding="utf-8")

    run = rehearse("challenge", "webhook-drop", "--probes", "1", "--answers", folder, "--plain")

    assert (run.returncode, run.stderr) == (
        3,
        f'{folder / "quiz.txt"}:1:1: "9" is no number from 1 to 4. Write one number a line.\n',
    )
    assert not (home / "sessions").exists()


def test_a_challenge_without_follow_ups_says_what_it_asks(folder, rehearse):
    (folder / "quiz.txt").write_text("1\n", encoding="utf-8")

    run = rehearse("challenge", "webhook-drop", "--probes", "none", "--answers", folder, "--plain")

    assert run.returncode == 0
    assert run.stderr.startswith(
        "No follow-ups: only the quiz is asked, and nothing is recorded.\nasking: quiz-1: "
    )
