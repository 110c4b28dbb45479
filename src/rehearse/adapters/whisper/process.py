"""The transcription process as its parent sees it: what is said to it, what it replies, how it ends."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import msgspec

from rehearse.adapters.whisper.messages import Pace, Reply, Request

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}
# Windows sets a priority from outside; elsewhere the process lowers its own.
_LOW_PRIORITY = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)


class WorkerProcess:
    """Runs from the moment it is made until `end`."""

    def __init__(self, model_path: Path) -> None:
        self.last_words = ""
        """The last line that it had written to stderr when it was ended."""
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", "rehearse.adapters.whisper.worker", str(model_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=os.environ | _OFFLINE,
            creationflags=_LOW_PRIORITY,
        )
        self._replies: SimpleQueue[Reply | None] = SimpleQueue()
        self.slowness: float | None = None
        """How many seconds a second of a followed take has last taken to decode."""
        self._reading = Thread(target=self._read, daemon=True)
        self._reading.start()

    @property
    def id(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def send(self, request: Request) -> None:
        """Raises BrokenPipeError where the process has ended, ValueError where it was ended."""
        assert self._process.stdin  # noqa: S101 - opened as a pipe above
        self._process.stdin.write(msgspec.json.encode(request) + b"\n")
        self._process.stdin.flush()

    def replies(self) -> Iterator[Reply]:
        """What it says, until it ends."""
        while (reply := self._replies.get()) is not None:
            yield reply
        self._replies.put(None)

    def _read(self) -> None:
        assert self._process.stdout  # noqa: S101 - opened as a pipe above
        for line in self._process.stdout:
            match msgspec.json.decode(line, type=Reply):
                case Pace(slowness):
                    self.slowness = slowness
                case reply:
                    self._replies.put(reply)
        self._replies.put(None)

    def end(self) -> None:
        """At once and whatever it is doing."""
        if self._complaints.closed:
            return
        self._process.kill()
        self._reading.join()
        self._process.communicate()
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").split("\n")
        self.last_words = next((line.strip() for line in reversed(lines) if line.strip()), "")
        self._complaints.close()
