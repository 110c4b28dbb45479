"""Equipment for rehearsals that nobody attends: no voice, no keys."""

from collections.abc import Callable, Sequence

from rehearse.interview import Prompt
from rehearse.ports import Key


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
