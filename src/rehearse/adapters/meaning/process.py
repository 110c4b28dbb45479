"""The language model as its parent sees it: texts go in, numbers come out, and it may fail."""

import atexit
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import TypeVar

import msgspec

from rehearse.adapters.meaning.messages import Indexes, Nearest, Odds, Request, Says

_OFFLINE = {"DO_NOT_TRACK": "1", "ORT_DISABLE_TELEMETRY": "1"}
# Windows sets a priority from outside; elsewhere the process lowers its own.
_LOW_PRIORITY = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)

Reply = TypeVar("Reply", Odds, Indexes)


class MeaningProcess:
    """Loads the model while the caller does other things, and ends with the caller.

    Where it fails, `tell` gets to know so once.
    """

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._is_well = True
        self._known: dict[tuple[str, str], float] = {}
        self._turn = Lock()
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", "rehearse.adapters.meaning.worker", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _OFFLINE,
            creationflags=_LOW_PRIORITY,
        )
        atexit.register(self.close)

    def says(self, pairs: Sequence[tuple[str, str]]) -> Odds | None:
        """For each pair the log odds that whoever says its first text has said its second; None
        where the model does not work.
        """
        unknown = tuple(pair for pair in dict.fromkeys(pairs) if pair not in self._known)
        if unknown:
            odds = self._reply_to(Says(unknown), Odds)
            if odds is None:
                return None
            self._known.update(zip(unknown, odds, strict=True))
        return tuple(self._known[pair] for pair in pairs)

    def nearest(
        self, phrases: Sequence[str], sentences: Sequence[str], at_most: int
    ) -> Indexes | None:
        """For each phrase the indexes of at most so many sentences, those that are likeliest to say
        it first; None where the model does not work.
        """
        return self._reply_to(Nearest(tuple(phrases), tuple(sentences), at_most), Indexes)

    def _reply_to(self, request: Request, kind: type[Reply]) -> Reply | None:
        assert self._process.stdin  # noqa: S101 - opened as pipes above
        assert self._process.stdout  # noqa: S101
        with self._turn:
            if not self._is_well:
                return None
            try:
                self._process.stdin.write(msgspec.json.encode(request) + b"\n")
                self._process.stdin.flush()
                return msgspec.json.decode(self._process.stdout.readline(), type=kind)
            except (OSError, msgspec.DecodeError):
                self._is_well = False
        self._tell(
            f"The language model in {self._folder} does not work, so a key point counts as said only "
            "in words that are on a list. `rehearse models verify meaning` tells whether its files "
            "are right."
        )
        return None

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
