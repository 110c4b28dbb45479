"""The interviewer's voice: spoken prompts, played so that they can be cut short."""

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

_LOOK_EVERY_S = 0.03
_STOPPING_S = 5.0


class Prompts(Protocol):
    def prepare(self, text: str) -> None: ...

    def sound(self, text: str) -> Path: ...


class Player(Protocol):
    def play(self, wav: Path, stop: Event | None = None) -> None: ...


class Interviewer:
    """Says things on a loudspeaker."""

    def __init__(self, prompts: Prompts, player: Player) -> None:
        self._prompts = prompts
        self._player = player

    def prepare(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._prompts.prepare(text)

    def say(self, text: str, is_cut_short: Callable[[], bool]) -> None:
        """Returns when silence is back. Raises MissingError where it cannot be said."""
        playing = _Playing(self._player, self._prompts.sound(text))
        playing.start()
        try:
            while not playing.is_over.wait(_LOOK_EVERY_S):
                if is_cut_short():
                    playing.stop.set()
        finally:
            # After Ctrl-C too: a sound card that still plays when Python ends crashes the process.
            playing.stop.set()
            playing.is_over.wait(_STOPPING_S)
        if playing.error:
            raise playing.error


class _Playing(Thread):
    def __init__(self, player: Player, wav: Path) -> None:
        super().__init__(daemon=True)
        self.stop = Event()
        self.is_over = Event()
        """Tells what a join cannot: Ctrl-C inside one makes a thread look as if it had ended."""
        self.error: Exception | None = None
        self._player = player
        self._wav = wav

    def run(self) -> None:
        try:
            self._player.play(self._wav, self.stop)
        except Exception as error:  # noqa: BLE001 - it travels to whoever waits
            self.error = error
        finally:
            self.is_over.set()
