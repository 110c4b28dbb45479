"""A voice as a program: text on its stdin, a WAV file at the path that is its last argument."""

import contextlib
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from rehearse.adapters.voices.wav_files import holds_sound
from rehearse.errors import MissingError

_START_S = 10.0
_S_PER_CHAR = 0.2
_LONGEST_REASON = 200
_OFFLINE_UTF8 = {"PYTHONUTF8": "1", "DO_NOT_TRACK": "1", "ORT_DISABLE_TELEMETRY": "1"}
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")


class ChildFailed(Exception):  # noqa: N818 - a reason on its way into a MissingError
    """Why a child process gave nothing."""


class ChildVoice:
    """Each prompt is spoken by a process of its own, which may hang or die without harm.

    `identity` is everything that its sound depends on, apart from the text.
    """

    def __init__(
        self,
        name: str,
        identity: str,
        command: Sequence[str],
        start_s: float = _START_S,
        s_per_char: float = _S_PER_CHAR,
    ) -> None:
        self.name = name
        self.identity = identity
        self._command = tuple(command)
        self._start_s = start_s
        self._s_per_char = s_per_char
        self._running: set[subprocess.Popen[bytes]] = set()

    def synthesize(self, text: str, wav: Path) -> None:
        """Writes the spoken text to `wav`, at whatever rate the voice has: whole, or not at all.

        Raises MissingError with the voice's name and reason where it gives no sound in time.
        """
        unfinished = wav.with_name(f"{wav.stem}-{secrets.token_hex(4)}.unfinished.wav")
        try:
            self._speak(text, unfinished)
            unfinished.replace(wav)
        except (ChildFailed, OSError) as reason:
            raise MissingError(
                f'The voice "{self.name}" failed: {reason}. '
                "Choose another with --voice, or --voice none to read the prompts."
            ) from None
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink()

    def close(self) -> None:
        """Ends whatever is still being synthesized."""
        for process in tuple(self._running):
            _end_group(process)

    def _speak(self, text: str, wav: Path) -> None:
        limit_s = self._start_s + self._s_per_char * len(text)
        self._run([*self._command, str(wav)], speakable(text), limit_s)
        if not holds_sound(wav):
            raise ChildFailed("it wrote no sound")

    def _run(self, command: Sequence[str], text: str, limit_s: float) -> str:
        """What the command wrote to stdout. Raises ChildFailed.

        Files take the place of pipes: a grandchild that holds a pipe open would outlast the limit.
        """
        with (
            tempfile.TemporaryFile() as words,
            tempfile.TemporaryFile() as said,
            tempfile.TemporaryFile() as complaints,
        ):
            words.write(text.encode(errors="replace"))
            words.seek(0)
            process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
                command,
                stdin=words,
                stdout=said,
                stderr=complaints,
                env=os.environ | _OFFLINE_UTF8,
                start_new_session=True,
            )
            code = self._wait(process, limit_s)
            if code is None:
                raise ChildFailed(f"no sound after {limit_s:g} s{_last_line(complaints, ' ({})')}")
            if code:
                raise ChildFailed(_last_line(complaints) or f"its process ended with code {code}")
            return _last_line(said)

    def _wait(self, process: subprocess.Popen[bytes], limit_s: float) -> int | None:
        """The exit code, or None where the time was up; the process has ended either way."""
        self._running.add(process)
        try:
            return process.wait(limit_s)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end_group(process)
            self._running.discard(process)


def speakable(text: str) -> str:
    """The text as one line, without the double brackets in which voices expect commands."""
    one_line = _CONTROL.sub(" ", text).strip()
    return one_line.replace("[[", "[ [").replace("]]", "] ]")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_line(output: IO[bytes], form: str = "{}") -> str:
    """The last line with anything in it, where a Python traceback has its reason."""
    output.seek(0)
    lines = output.read().decode(errors="replace").splitlines()
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return form.format(last[:_LONGEST_REASON].rstrip(".!")) if last else ""
