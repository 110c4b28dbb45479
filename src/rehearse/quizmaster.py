"""Holds a quiz: asks one question after the other, marks each answer, and says why."""

from collections.abc import Callable, Sequence

from rehearse.errors import MissingError
from rehearse.events import Asking, Event, Marked, Offered, VoiceFailed, Warned
from rehearse.ports import Replies, Speaker
from rehearse.quiz import QuizAnswer, chosen_option, mark
from rehearse.scenario import QuizQuestion

QUIT = "q"


class QuizMaster:
    """Asks with the given equipment and tells what happens as it happens."""

    def __init__(
        self, *, speaker: Speaker, replies: Replies, tell: Callable[[Event], None]
    ) -> None:
        self._speaker = speaker
        self._replies = replies
        self._tell = tell

    def hold(
        self, questions: Sequence[QuizQuestion], keep: Callable[[tuple[QuizAnswer, ...]], None]
    ) -> tuple[QuizAnswer, ...]:
        """The answers, as far as somebody gave them; `keep` gets those so far after each."""
        answers: tuple[QuizAnswer, ...] = ()
        for number, asked in enumerate(questions, start=1):
            section = f"quiz-{number}"
            self._ask(section, asked)
            chosen = self._chosen(section, len(asked.options))
            if chosen is None:
                break
            answer = mark(asked, chosen)
            answers += (answer,)
            keep(answers)
            self._say_why(section, answer)
            if not self._replies.pause():
                break
        return answers

    def _ask(self, section: str, asked: QuizQuestion) -> None:
        self._tell(Asking(section, asked.question))
        for number, option in enumerate(asked.options, start=1):
            self._tell(Offered(section, number, option))
        options = (f"{number}: {option}" for number, option in enumerate(asked.options, start=1))
        self._say(" ".join((asked.question, *options)))

    def _chosen(self, section: str, options: int) -> int | None:
        """The number that was typed; whatever else was is asked for again."""
        while (typed := self._replies.reply(len(str(options)))) is not None:
            text = typed.strip().casefold()
            chosen = chosen_option(text, options)
            if chosen is not None:
                return chosen
            if text == QUIT:
                return None
            if text:
                self._tell(Warned(section, f"Type a number from 1 to {options}, or q to stop."))
        return None

    def _say_why(self, section: str, answer: QuizAnswer) -> None:
        self._tell(Marked(section, answer.chosen, answer.answer, answer.why))
        verdict = "Right." if answer.is_right else f"The right answer is {answer.answer}."
        self._say(f"{verdict} {answer.why}")

    def _say(self, text: str) -> None:
        """Aloud, until it is said or somebody answers."""
        try:
            self._speaker.say(text, self._replies.is_reply_waiting)
        except MissingError as error:
            self._tell(VoiceFailed(str(error)))
