"""Puts a quiz together: who asks, where it is answered, and where the answers are kept."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from rehearse import __version__
from rehearse.adapters.keyboard import Keyboard
from rehearse.adapters.written_replies import FILE, WrittenReplies
from rehearse.events import Event, Saved, Skipped
from rehearse.narrator import narrator
from rehearse.ports import Replies, Speaker
from rehearse.quiz import QuizAnswer
from rehearse.quizmaster import QuizMaster
from rehearse.scenario import Scenario
from rehearse.session import Session, SessionInfo, of_quiz
from rehearse.shelves import session_folders

Tell = Callable[[Event], None]

_KEYS = "keys: the number of an option, or q = stop and keep what there is"


def hold_quiz(
    scenario: Scenario, speaker: Speaker, *, answers: Path | None, plain: bool
) -> Session:
    """A quiz in a session of its own; it is not kept where nothing was answered."""
    sheet = QuizSheet(scenario, speaker)
    if answers is not None:
        with narrator(plain=plain) as tell:
            sheet.fill(WrittenReplies(answers, scenario.quiz), tell)
    elif plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        with Keyboard() as keyboard, narrator(plain=True) as tell:
            sheet.fill_by_keyboard(keyboard, tell)
    else:
        sheet.fill_on_screen()
    return sheet.session or of_quiz(_info(scenario))


class QuizSheet:
    """The answers to one scenario's quiz, on disk after each.

    They go into the session that was given, or into one that the first answer begins.
    """

    def __init__(
        self, scenario: Scenario, speaker: Speaker, session: Session | None = None
    ) -> None:
        self.session = session
        self._scenario = scenario
        self._speaker = speaker

    def fill(self, replies: Replies, tell: Tell) -> None:
        questions = self._scenario.quiz
        begins_here = self.session is None  # a rehearsal has told of its own
        master = QuizMaster(speaker=self._speaker, replies=replies, tell=tell)
        unanswered = len(questions) - len(master.hold(questions, self._keep))
        if unanswered:
            tell(Skipped("quiz", f"{_unanswered(unanswered)}; {self._remedy}"))
        if begins_here and self.session and self.session.session.id:
            tell(Saved(self.session.session.id))

    def fill_by_keyboard(self, keyboard: Keyboard, tell: Tell) -> None:
        if sys.stdin.isatty():  # a script knows its keys, and may have typed them already
            keyboard.forget()
            print(_KEYS, file=sys.stderr, flush=True)  # noqa: T201 - for people
        self.fill(keyboard, tell)

    def fill_beside(self, recorded_answers: Path, tell: Tell) -> None:
        """From the file beside recorded answers, if there is one."""
        replies = replies_beside(recorded_answers, self._scenario)
        if replies:
            self.fill(replies, tell)
        else:
            file = recorded_answers / FILE
            tell(Skipped("quiz", f"there is no {file} with its answers; {self._remedy}"))

    def fill_on_screen(self) -> None:
        from rehearse.tui.quiz_screen import quiz_on_screen

        quiz_on_screen(self._scenario, self.fill)

    @property
    def _remedy(self) -> str:
        return f"`rehearse quiz {self._scenario.name}` asks it at any time."

    def _keep(self, answers: tuple[QuizAnswer, ...]) -> None:
        store = session_folders()
        if self.session is None:
            began = datetime.now().astimezone()
            session_id = store.open(self._scenario.name, began)
            self.session = of_quiz(_info(self._scenario, session_id, began))
        self.session = msgspec.structs.replace(self.session, quiz=answers)
        store.finish(str(self.session.session.id), self.session)


def replies_beside(recorded_answers: Path, scenario: Scenario) -> WrittenReplies | None:
    """None where no answers to the quiz were written. Raises BadInputError where they do not fit."""
    if not (recorded_answers / FILE).exists():
        return None
    return WrittenReplies(recorded_answers, scenario.quiz)


def _info(
    scenario: Scenario, session_id: str | None = None, began: datetime | None = None
) -> SessionInfo:
    return SessionInfo(
        id=session_id,
        scenario=scenario.name,
        mode="quiz",
        started_at=began,
        rehearse_version=__version__,
    )


def _unanswered(number: int) -> str:
    return "1 question was not answered" if number == 1 else f"{number} questions were not answered"
