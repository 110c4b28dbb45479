"""Keys from a terminal, at once and without Enter; or lines from a pipe, each a key."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Thread
from types import TracebackType
from typing import Self

from rehearse.interview import Prompt
from rehearse.ports import Key

_ENTER = ("", "\r", "\n")
_WAIT_S = 0.2


def key_of(typed: str) -> Key | None:
    """What a typed character, or a line, means; None where it means nothing."""
    if typed in _ENTER:
        return Key.DONE
    return {"r": Key.RETAKE, "q": Key.QUIT}.get(typed.strip().casefold()[:1])


class Keyboard:
    """Reads stdin in the background from the moment it is entered."""

    def __init__(self) -> None:
        self._typed: list[str] = []
        self._changed = Condition()
        self._has_ended = False
        self._terminal = _cbreak() if sys.stdin.isatty() else None

    def is_closed(self) -> bool:
        return self._has_ended and not self.is_key_waiting()

    def is_key_waiting(self) -> bool:
        with self._changed:
            return any(map(key_of, self._typed))

    def pressed(self) -> Key | None:
        """What is no key stays: it may be the answer to a question of the quiz."""
        with self._changed:
            for place, typed in enumerate(self._typed):
                if key := key_of(typed):
                    del self._typed[place]
                    return key
        return None

    def is_reply_waiting(self) -> bool:
        with self._changed:
            return bool(self._typed)

    def reply(self, digits: int) -> str | None:
        """On a terminal a number of several digits is what was typed before Enter."""
        typed = self._next()
        if self._terminal and digits > 1:
            while typed and typed.isdecimal() and (more := self._next()) and more not in _ENTER:
                typed += more
        return typed

    def _next(self) -> str | None:
        with self._changed:
            # With a limit, because on Windows Ctrl-C does not end a wait that has none.
            while not self._changed.wait_for(lambda: self._typed or self._has_ended, _WAIT_S):
                pass
            return self._typed.pop(0) if self._typed else None

    def pause(self) -> bool:
        """Goes on at once: what was said stays to be read."""
        return True

    def forget(self) -> None:
        """Whatever was typed before now is meant for nothing that comes."""
        with self._changed:
            self._typed.clear()

    def between(self, answered: Prompt, following: Prompt | None) -> Key:  # noqa: ARG002 - the port
        """Goes on at once: there is no screen on which to ask."""
        return Key.DONE

    def __enter__(self) -> Self:
        if self._terminal:
            self._terminal.__enter__()
        # A daemon: nobody who leaves should have to press a key first.
        Thread(target=self._read, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._terminal:
            self._terminal.__exit__(kind, error, trace)

    def _read(self) -> None:
        for typed in _characters() if self._terminal else _lines():
            with self._changed:
                self._typed.append(typed)
                self._changed.notify_all()
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _characters() -> Iterator[str]:
    if sys.platform == "win32":
        import msvcrt

        while True:
            yield msvcrt.getwch()
    else:
        while character := sys.stdin.read(1):
            yield character


@contextmanager
def _cbreak() -> Iterator[None]:
    """A terminal that hands over each key as it is pressed, and is as it was afterwards."""
    if sys.platform == "win32":
        yield
    else:
        import termios
        import tty

        before = termios.tcgetattr(sys.stdin)
        try:
            tty.setcbreak(sys.stdin)
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
