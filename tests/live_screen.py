"""A live rehearsal on a terminal screen: the program on a pseudo-terminal, and eyes that read it."""

import codecs
import os
import pty
import signal
import subprocess
import sys
import threading
import time

import pyte

COLUMNS, LINES = 80, 24


class LiveScreen:
    """`rehearse` as a process on a terminal of its own; what it shows, and its keys."""

    def __init__(self, card, home, *arguments):
        self._master, slave = pty.openpty()
        os.set_inheritable(slave, True)
        size = {"COLUMNS": str(COLUMNS), "LINES": str(LINES), "TERM": "xterm-256color"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rehearse", *map(str, arguments)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=os.environ | card.environment | size | {"REHEARSE_HOME": str(home)},
        )
        os.close(slave)
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.Stream(self._screen)
        self._lock = threading.Lock()
        self.raw = ""
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # the terminal was closed, by us or by its last process
                return
            if not data:
                return
            with self._lock:
                text = decode(data)
                self.raw += text
                self._stream.feed(text)

    @property
    def text(self):
        with self._lock:
            return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, words, timeout_s=90.0):
        """Waits until these words stand on the screen."""
        give_up_s = time.monotonic() + timeout_s
        while time.monotonic() < give_up_s:
            if words in self.text:
                return
            time.sleep(0.05)
        raise AssertionError(f"{words!r} never stood on the screen:\n{self.text}")

    def press(self, keys):
        os.write(self._master, keys.encode())

    def close_terminal(self):
        """As when its window is closed: the terminal goes, and the processes on it are told."""
        os.close(self._master)
        self._master = None
        os.killpg(self.process.pid, signal.SIGHUP)

    def ends_with(self, timeout_s=60.0):
        """Waits for the end; returns the exit code."""
        return self.process.wait(timeout_s)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._master is not None:
            os.close(self._master)
