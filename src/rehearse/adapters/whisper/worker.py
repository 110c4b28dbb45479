"""The transcription process: loads the model, then answers one line of JSON with another.

Run as `python -m rehearse.adapters.whisper.worker MODEL_FOLDER`; see `messages` for the lines.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import BinaryIO

import msgspec

from rehearse import from_parent
from rehearse.adapters.whisper.decoder import Decoder
from rehearse.adapters.whisper.listening import Listening
from rehearse.adapters.whisper.messages import (
    Expect,
    Failed,
    Follow,
    Heard,
    Listen,
    Pace,
    Progress,
    Ready,
    Reply,
    Request,
)
from rehearse.adapters.whisper.takes import NOT_A_TAKE, GrowingTake, read_take
from rehearse.errors import BadInputError

_NICENESS = 5
_LOOK_AGAIN_S = 0.05
_AT_ONCE = min(os.cpu_count() or 1, 2)
"""How many stretches are decoded at a time."""


def main(model_path: str) -> None:
    replies = _claim_stdout()

    def send(reply: Reply) -> None:
        replies.write(msgspec.json.encode(reply) + b"\n")
        replies.flush()

    # Ctrl-C reaches the whole group; the parent decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Recording and the first question come first.
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    requests = from_parent.lines()
    listener = _Listener(Decoder(Path(model_path), _AT_ONCE), send)
    send(Ready())
    while True:
        try:
            line = requests.get(timeout=listener.next_look_s)
        except Empty:
            listener.look()
        else:
            listener.answer(msgspec.json.decode(line, type=Request))


class _Listener:
    """Hears takes that are asked for, and meanwhile the one that is being recorded."""

    def __init__(self, decoder: Decoder, send: Callable[[Reply], None]) -> None:
        self._decoder = decoder
        self._send = send
        self._known: dict[Path, Listening] = {}
        self._followed: GrowingTake | None = None
        self._slowness: float | None = None
        self.next_look_s: float | None = None
        """When there may be more of the take that is being recorded; None where there is none."""

    def answer(self, request: Request) -> None:
        take = Path(request.take)
        match request:
            case Follow():
                self._known[take] = Listening(self._decoder, request.vocabulary)
                self._followed, self.next_look_s = GrowingTake(take), 0.0
            case Expect():
                with suppress(*NOT_A_TAKE):  # it is said when it is asked for
                    samples = read_take(take)
                    self._known[take] = Listening(self._decoder, request.vocabulary)
                    self._known[take].begin(samples)
            case Listen():
                listening = self._known.pop(take, None)
                self._send(
                    self._heard(take, listening or Listening(self._decoder, request.vocabulary))
                )
                if self._followed and self._followed.path == take:
                    self._followed = self.next_look_s = None

    def look(self) -> None:
        """Begins to decode what has become due in the take that is being recorded."""
        assert self._followed  # noqa: S101 - there is nothing to look at otherwise
        self.next_look_s = _LOOK_AGAIN_S
        listening = self._known[self._followed.path]
        with suppress(*NOT_A_TAKE):  # it is not there yet
            listening.follow(self._followed.read())
        if listening.slowness not in (None, self._slowness):
            self._slowness = listening.slowness
            self._send(Pace(listening.slowness))

    def _heard(self, take: Path, listening: Listening) -> Reply:
        try:
            samples = read_take(take)
        except BadInputError as error:
            return Failed(str(error))
        except NOT_A_TAKE as error:
            return Failed(f"{take}: this take cannot be read ({error}).")
        return Heard(listening.finish(samples, lambda done: self._send(Progress(done))))


def _claim_stdout() -> BinaryIO:
    """Stdout for our lines alone: whatever a library prints goes to stderr from now on."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


if __name__ == "__main__":
    main(sys.argv[1])
