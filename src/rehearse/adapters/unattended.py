"""Equipment for rehearsals that nobody attends, or nobody hears: no voice, no keys, no microphone."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from rehearse.errors import MissingError
from rehearse.interview import Prompt
from rehearse.ports import Key
from rehearse.recording import Moment


class NoVoice:
    """Questions are only shown."""

    def prepare(self, texts: Sequence[str]) -> None:
        pass

    def say(self, text: str, is_cut_short: Callable[[], bool]) -> None:
        pass


class NoKeys:
    """Every answer ends by itself, as recorded ones do, and nothing is told again."""

    def is_closed(self) -> bool:
        return False

    def is_key_waiting(self) -> bool:
        return False

    def pressed(self) -> Key | None:
        return None

    def between(self, answered: Prompt, following: Prompt | None) -> Key:
        return Key.DONE


class NoMicrophone:
    """Is enough where everything has been answered already."""

    name = "no microphone"

    def __init__(self, trouble: MissingError) -> None:
        self._trouble = trouble

    def has(self, section: str) -> bool:
        return bool(section)

    def record(self, section: str, take: Path) -> Generator[Moment]:
        raise self._trouble
