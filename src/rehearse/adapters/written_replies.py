"""Answers to a quiz in a file, DIR/quiz.txt: one number a line."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path

from rehearse.errors import BadInputError
from rehearse.quiz import chosen_option
from rehearse.scenario import QuizQuestion

FILE = "quiz.txt"


class WrittenReplies:
    """Takes the keyboard's place in a quiz."""

    def __init__(self, folder: Path, questions: Sequence[QuizQuestion]) -> None:
        """Raises BadInputError where the file is missing or does not fit these questions."""
        self._replies = deque(_read(folder / FILE, questions))

    def is_reply_waiting(self) -> bool:
        """Nobody who wrote their answers down cuts a voice short."""
        return False

    def reply(self, digits: int) -> str | None:  # noqa: ARG002 - a line is whole
        return self._replies.popleft() if self._replies else None

    def pause(self) -> bool:
        return True


def _read(file: Path, questions: Sequence[QuizQuestion]) -> list[str]:
    lines = [
        (number, line.strip())
        for number, line in enumerate(_text_of(file).splitlines(), start=1)
        if line.strip()
    ]
    if len(lines) > len(questions):
        raise BadInputError(
            f"{file}:{lines[len(questions)][0]}:1: there are more answers here than questions "
            f"({len(questions)}). Write one number a line."
        )
    for (number, line), asked in zip(lines, questions, strict=False):
        if chosen_option(line, len(asked.options)) is None:
            raise BadInputError(
                f'{file}:{number}:1: "{line}" is no number from 1 to {len(asked.options)}. '
                "Write one number a line."
            )
    return [line for _, line in lines]


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadInputError(
            f"{file}: there is no such file. It holds the answers to the quiz, one number a line."
        ) from None
    except OSError as error:
        raise BadInputError(f"{file}: cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadInputError(f"{file}: this is not text. Write one number a line.") from None
