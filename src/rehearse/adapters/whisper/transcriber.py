"""The near side of the transcription process: asks it, has it follow takes, restarts it where it died."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from rehearse.adapters.whisper.messages import (
    Expect,
    Failed,
    Follow,
    Heard,
    Listen,
    Pace,
    Progress,
    Ready,
)
from rehearse.adapters.whisper.process import WorkerProcess
from rehearse.errors import BadInputError, MissingError
from rehearse.transcript import Hearing

_STARTS_FOR_ONE_TAKE = 2


class WhisperTranscriber:
    """Transcribes takes with the model in `model_path`, which starts to load at once.

    A context manager: leaving it ends the process. `hear` is not for two threads at a time, but
    `follow` may be called meanwhile.
    """

    def __init__(self, model_path: Path) -> None:
        self._model_path = model_path
        self._is_closed = False
        self._lock = Lock()
        self._followed: Follow | None = None
        self._process = WorkerProcess(model_path)

    @property
    def process_id(self) -> int:
        return self._process.id

    @property
    def slowness(self) -> float | None:
        """How many seconds a second of speech takes, as last measured on a take that is followed."""
        return self._process.slowness

    def follow(self, take: Path, vocabulary: Sequence[str] = ()) -> None:
        """Has `take` decoded while it is recorded, so that `hear` is done soon after its end.

        Returns at once and never fails: what is not followed is heard as a whole afterwards.
        """
        with self._lock:
            self._followed = Follow(str(take), tuple(vocabulary))
            if self._process.is_running:
                with suppress(OSError, ValueError):
                    self._process.send(self._followed)
            elif not self._is_closed:
                self._start_again(self._process)

    def expect(self, take: Path, vocabulary: Sequence[str] = ()) -> None:
        """Has all of `take` decoded as soon as there is nothing else to decode, so that the computer
        is never idle between two takes. Returns at once and never fails.
        """
        with suppress(OSError, ValueError):
            self._process.send(Expect(str(take), tuple(vocabulary)))

    def hear(
        self,
        take: Path,
        vocabulary: Sequence[str] = (),
        on_progress: Callable[[float], None] = lambda _: None,
    ) -> Hearing:
        """What was said in `take`, a WAV file as TakeWriter makes it; `on_progress` gets 0 to 1.

        Raises BadInputError where the take cannot be read, MissingError where the transcription
        process dies twice over it; OSError or EOFError where `close` was called meanwhile. The take
        itself is never touched.
        """
        request = Listen(str(take), tuple(vocabulary))
        for _ in range(_STARTS_FOR_ONE_TAKE):
            process = self._process
            try:
                return self._ask(process, request, on_progress)
            except (EOFError, BrokenPipeError):
                with self._lock:
                    if self._is_closed:
                        raise
                    self._start_again(process)
        complaint = f" ({process.last_words[:200]})" if process.last_words else ""
        raise MissingError(
            f"The transcription process died twice on {take}{complaint}. "
            "Run `rehearse models verify`, or choose a smaller model with --model tiny.en."
        )

    def close(self) -> None:
        """Ends the process, at once and whatever it is doing."""
        with self._lock:
            self._is_closed = True
            self._process.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start_again(self, dead: WorkerProcess) -> None:
        """Where it has not been started again already; it goes on with the take it had followed."""
        if self._process is not dead:
            return
        dead.end()
        self._process = WorkerProcess(self._model_path)
        if self._followed:
            with suppress(OSError):
                self._process.send(self._followed)

    def _ask(
        self, process: WorkerProcess, request: Listen, on_progress: Callable[[float], None]
    ) -> Hearing:
        with self._lock:
            process.send(request)
            if self._followed and self._followed.take == request.take:
                self._followed = None
        for reply in process.replies():
            match reply:
                case Heard(hearing):
                    return hearing
                case Progress(fraction):
                    on_progress(fraction)
                case Failed(message):
                    raise BadInputError(message)
                case Ready() | Pace():
                    pass
        raise EOFError
