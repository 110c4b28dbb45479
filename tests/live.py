"""A live rehearsal: the program on the virtual sound card, and a candidate who answers it."""

import os
import subprocess
import sys
import threading
import time
import wave
from queue import Empty, Queue

import pytest

from rehearse.recording import RATE_HZ

SCENARIO = """\
schema: 1
name: lost-parcels
question: Tell me about a time you fixed something that was not yours.
steps:
  - {name: situation, target: 4s, limit: 6s, prompt: What was going on?}
  - {name: result, target: 10s, prompt: How did it end?}
"""
ANSWERS = {
    "situation": "Every week we lost four parcels.",
    "result": "I counted them again, and it went from four a week to zero.",
}


@pytest.fixture
def scenario(tmp_path):
    """The file of SCENARIO."""
    file = tmp_path / "lost-parcels.yaml"
    file.write_text(SCENARIO)
    return file


def takes_in(home):
    """The names of the takes there are, and how long each can be played."""
    lengths_s = {}
    for take in home.glob("sessions/*/takes/*.wav"):
        with wave.open(str(take)) as opened:
            lengths_s[take.name] = len(opened.readframes(opened.getnframes())) / 2 / RATE_HZ
    return lengths_s


class LiveRehearsal:
    """`rehearse run --plain` as a process; its stderr line by line, its stdin as keys."""

    def __init__(self, card, home, *arguments):
        self.card = card
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rehearse", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | card.environment | {"REHEARSE_HOME": str(home)},
        )
        self.lines = []
        self._waiting = Queue()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self):
        for line in self.process.stderr:
            self.lines.append((time.monotonic(), line.rstrip("\n")))
            self._waiting.put(line.rstrip("\n"))

    def wait_for(self, beginning, timeout_s=60.0):
        """Waits for the next line that begins so; returns it."""
        give_up_s = time.monotonic() + timeout_s
        while time.monotonic() < give_up_s:
            try:
                line = self._waiting.get(timeout=0.2)
            except Empty:
                if self.process.poll() is not None and self._waiting.empty():
                    break
                continue
            if line.startswith(beginning):
                return line
        raise AssertionError(f"no line {beginning!r} among {[line for _, line in self.lines]}")

    def press(self, key=""):
        self.process.stdin.write(f"{key}\n")
        self.process.stdin.flush()

    def answer(self, wav, after_s=0.0):
        """Says a WAV file into the microphone; returns when its last sample has been said."""
        time.sleep(after_s)
        self.card.speak(wav).wait()
        time.sleep(0.4)

    def at(self, beginning):
        """When the first line that begins so arrived (time.monotonic)."""
        return next(at_s for at_s, line in self.lines if line.startswith(beginning))

    def finish(self, timeout_s=90.0):
        """Waits for the end; returns what was printed on stdout."""
        self.process.stdin.close()
        output = self.process.stdout.read()
        self.process.wait(timeout_s)
        self.close()
        return output

    def close(self):
        """Ends the program, however far it is."""
        self.process.kill()
        self.process.wait()
        self._reading.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()
