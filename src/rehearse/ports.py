"""What a rehearsal needs from the world. Adapters provide it; tests check fakes against the same
contract.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from rehearse.session import Session
from rehearse.transcript import Hearing

Clock = Callable[[], datetime]
"""The time of day, with its zone."""


class Recorder(Protocol):
    """Captures spoken answers."""

    def has(self, section: str) -> bool:
        """Whether an answer for this section can be had at all."""
        ...

    def record(self, section: str, take: Path) -> Iterator[float]:
        """Writes the answer to `take`, yielding the seconds recorded so far as they arrive.

        The take is complete on disk when the iterator ends or is closed.
        """
        ...


class Transcriber(Protocol):
    """Turns a take into words and the stretches in which they were spoken."""

    def hear(
        self, take: Path, vocabulary: Sequence[str], on_progress: Callable[[float], None]
    ) -> Hearing:
        """What was said in `take`; `on_progress` gets the share that is done, 0 to 1."""
        ...


class SessionStore(Protocol):
    """Keeps sessions: a folder each, with its takes and one document."""

    def begin(self, scenario: str, started_at: datetime) -> str:
        """Makes room for a new session and returns its id."""
        ...

    def take_path(self, session_id: str, section: str, number: int) -> Path:
        """Where the `number`th take of a section lies, counted from 1."""
        ...

    def save(self, session_id: str, session: Session) -> None:
        """Keeps the session; whoever reads at any moment sees the old one or the new one, whole."""
        ...

    def load(self, session_id: str) -> Session: ...
