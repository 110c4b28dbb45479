"""Doubtful words one by one, each with its sound, and what somebody says of them."""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import PurePosixPath
from shutil import get_terminal_size
from textwrap import fill

import msgspec

from rehearse import replay, shelves
from rehearse.adapters.sound_card import Loudspeaker
from rehearse.doubts import Doubt, doubts, settle, terms_learnt
from rehearse.errors import BadInputError, MissingError
from rehearse.feedback.section import Section
from rehearse.printable import printable
from rehearse.session import Session

_AROUND_S = 0.8
_KEYS = (
    "Enter = it is right, or type what you said. - = nothing was said, p = play it again, "
    "s = skip, q = stop and keep."
)

Answer = str | None
"""What was said, "" for nothing; None where the question is left open."""


def _warn(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - for people


class StoppedError(Exception):
    """Whoever answers has had enough."""


class Corrected(msgspec.Struct, frozen=True):
    """What came of it."""

    session: Session
    corrected: int
    confirmed: int
    left: int
    learnt: tuple[str, ...]
    """Terms that the recogniser knows from now on when this scenario is rehearsed."""


def correct(
    session_id: str, below: float, ask: Callable[[Session, Doubt, str], Answer]
) -> Corrected:
    """Has `ask` answer for each word of less confidence; every answer is kept as it comes."""
    folders, rules = shelves.session_folders(), shelves.judging_rules(_warn)
    session = folders.load(session_id)
    scenario = shelves.scenario_of(session)  # without it, level and lens stay as they were judged
    questions = [doubt.key for doubt in doubts(session, below)]
    corrected = confirmed = 0
    learnt: list[str] = []
    with suppress(StoppedError):
        for number, key in enumerate(questions, start=1):
            doubt = next(each for each in doubts(session, below) if each.key == key)
            said = ask(session, doubt, f"{number} of {len(questions)}")
            if said is None:
                continue
            session = settle(session, doubt, said, rules, scenario)
            folders.save(session_id, session)
            if said == doubt.word.text:
                confirmed += 1
            else:
                corrected += 1
                learnt += _learn(session, session.sections[doubt.section])
    left = sum(1 for _ in doubts(session, below))
    return Corrected(session, corrected, confirmed, left, tuple(learnt))


def _learn(session: Session, section: Section) -> list[str]:
    name = session.session.scenario
    return shelves.own_vocabulary().add(name, terms_learnt(session, section)) if name else []


class Conversation:
    """Shows each word on stderr, plays it where that works, and reads answers from stdin."""

    def __init__(self, *, with_sound: bool, output_device: str | None) -> None:
        self._output_device = output_device
        self._with_sound = with_sound
        self._has_begun = False

    def ask(self, session: Session, doubt: Doubt, count: str) -> Answer:
        section, word = session.sections[doubt.section], doubt.word
        at_s = round(word.start_s or 0.0)
        if not self._has_begun:
            self._write(_KEYS)
            self._has_begun = True
        self._write("")
        self._write(
            f"{count} · {section.name}, {at_s // 60}:{at_s % 60:02d}, "
            f"{word.confidence or 0.0:.0%} sure"
        )
        before = f"… {doubt.before} " if doubt.before else ""
        self._write(f"  {before}[{word.text}] {doubt.after} …".replace("  …", " …"))
        self._play(session, section, doubt)
        while True:
            match self._answer():
                case "":
                    return word.text
                case "s":
                    return None
                case "q":
                    raise StoppedError
                case "-":
                    return ""
                case "p":
                    self._play(session, section, doubt)
                case said:
                    return said

    def _answer(self) -> str:
        if sys.stdin.isatty():
            print("> ", end="", file=sys.stderr, flush=True)  # noqa: T201 - this is its purpose
        line = sys.stdin.readline()
        if not line:
            raise StoppedError
        text = " ".join(line.split())
        return text.casefold() if text in ("S", "Q", "P") else text

    def _play(self, session: Session, section: Section, doubt: Doubt) -> None:
        """Nobody need hear it: where there is no loudspeaker or no sound, the words must do."""
        if not self._with_sound or not section.audio:
            return
        take = shelves.session_folders().take(
            str(session.session.id), PurePosixPath(section.audio).name
        )
        word = doubt.word
        try:
            since_s, until_s = (word.start_s or 0.0) - _AROUND_S, (word.end_s or 0.0) + _AROUND_S
            replay.play(take, since_s, until_s, self._loudspeaker)
        except (MissingError, BadInputError) as trouble:
            self._with_sound = False
            reason = str(trouble).partition(". ")[0].rstrip(".")
            self._write(f"  (shown only: {reason}.)")

    @cached_property
    def _loudspeaker(self) -> Loudspeaker:
        return Loudspeaker(self._output_device)

    def _write(self, line: str) -> None:
        shown = printable(line)
        if sys.stderr.isatty():  # a terminal would break it in the middle of a word
            shown = fill(shown, get_terminal_size().columns, subsequent_indent="  ")
        print(shown, file=sys.stderr, flush=True)  # noqa: T201 - this is its purpose
