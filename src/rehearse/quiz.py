"""Knowledge checks: what was answered, whether it is right, and why. Knows no screen and no voice."""

from collections.abc import Sequence

import msgspec

from rehearse.scenario import QuizQuestion


class QuizAnswer(msgspec.Struct, frozen=True):
    """One question as it was asked, and the option that was chosen, counted from 1."""

    question: str
    options: tuple[str, ...]
    chosen: int
    answer: int
    is_right: bool = msgspec.field(name="right")
    why: str = ""


def mark(asked: QuizQuestion, chosen: int) -> QuizAnswer:
    """The answer beside the right one."""
    return QuizAnswer(
        asked.question, asked.options, chosen, asked.answer, chosen == asked.answer, asked.why
    )


def chosen_option(typed: str, options: int) -> int | None:
    """The option that somebody typed the number of; None where there is no such option."""
    text = typed.strip().rstrip(".)")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(options))):
        return None
    return int(text) if 1 <= int(text) <= options else None


def right_answers(answers: Sequence[QuizAnswer]) -> int:
    return sum(answer.is_right for answer in answers)
