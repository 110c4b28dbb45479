"""The near side of the transcription process: starts it, asks it, restarts it where it died."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from rehearse.adapters.whisper.messages import Failed, Heard, Listen, Progress, Ready, Reply
from rehearse.errors import BadInputError, MissingError
from rehearse.transcript import Hearing

_STARTS_FOR_ONE_TAKE = 2
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}


class WhisperTranscriber:
    """Transcribes takes with the model in `model_path`, which starts to load at once.

    A context manager: leaving it ends the process. Not for use from two threads at a time.
    """

    def __init__(self, model_path: Path) -> None:
        self._model_path = model_path
        self._is_closed = False
        self._process = self._start()

    @property
    def process_id(self) -> int:
        return self._process.pid

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
        request = msgspec.json.encode(Listen(str(take), tuple(vocabulary))) + b"\n"
        for _ in range(_STARTS_FOR_ONE_TAKE):
            try:
                return self._ask(request, on_progress)
            except (EOFError, BrokenPipeError):
                if self._is_closed:
                    raise
                complaint = self._last_words()
                self._end()
                self._process = self._start()
        raise MissingError(
            f"The transcription process died twice on {take}{complaint}. "
            "Run `rehearse models verify`, or choose a smaller model with --model tiny.en."
        )

    def close(self) -> None:
        """Ends the process, at once and whatever it is doing."""
        self._is_closed = True
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._complaints.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        return subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", "rehearse.adapters.whisper.worker", str(self._model_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=os.environ | _OFFLINE,
        )

    def _ask(self, request: bytes, on_progress: Callable[[float], None]) -> Hearing:
        process = self._process
        assert process.stdin  # noqa: S101 - opened as a pipe above
        assert process.stdout  # noqa: S101
        process.stdin.write(request)
        process.stdin.flush()
        while line := process.stdout.readline():
            match msgspec.json.decode(line, type=Reply):
                case Heard(hearing):
                    return hearing
                case Progress(fraction):
                    on_progress(fraction)
                case Failed(message):
                    raise BadInputError(message)
                case Ready():
                    pass
        raise EOFError

    def _last_words(self) -> str:
        """The last line that the process wrote to stderr, as ` (line)`."""
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f" ({last[:200]})" if last else ""
