"""Keys that arrive in the screen's thread and are wanted in the rehearsal's."""

from collections.abc import Callable
from queue import Empty, SimpleQueue

from rehearse.interview import Prompt
from rehearse.ports import Key


class ScreenKeys:
    """The candidate's keys, as the screen hands them over."""

    def __init__(self, on_pause: Callable[[Prompt, Prompt | None], None]) -> None:
        self._keys: SimpleQueue[Key] = SimpleQueue()
        self._on_pause = on_pause

    def press(self, key: Key) -> None:
        """Called by the screen, which must press QUIT when it closes: somebody may be waiting."""
        self._keys.put(key)

    def is_closed(self) -> bool:
        return False

    def is_key_waiting(self) -> bool:
        return not self._keys.empty()

    def pressed(self) -> Key | None:
        try:
            return self._keys.get_nowait()
        except Empty:
            return None

    def between(self, answered: Prompt, following: Prompt | None) -> Key:
        """Waits until the candidate has breathed."""
        self._on_pause(answered, following)
        return self._keys.get()
