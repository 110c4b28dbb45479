"""What a rehearsal needs from the world. Adapters provide it; tests check fakes against the same
contract.
"""

from collections.abc import Callable, Generator, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Protocol

from rehearse.booking import Progress
from rehearse.interview import Prompt
from rehearse.recording import Moment
from rehearse.session import Session
from rehearse.transcript import Hearing

Clock = Callable[[], datetime]
"""The time of day, with its zone."""


class Key(Enum):
    """What a candidate can say with a key while recording."""

    DONE = "enter"
    RETAKE = "r"
    QUIT = "q"


class Speaker(Protocol):
    """Says things aloud."""

    def prepare(self, texts: Sequence[str]) -> None:
        """These will be said soon. Returns at once, and never fails."""
        ...

    def say(self, text: str, is_cut_short: Callable[[], bool]) -> None:
        """Returns when silence is back: at the end of the text, or soon after `is_cut_short`.

        Raises MissingError, naming the voice or the loudspeaker, where it cannot be said.
        """
        ...


class Recorder(Protocol):
    """Captures spoken answers."""

    @property
    def name(self) -> str:
        """How messages call it."""
        ...

    def has(self, section: str) -> bool:
        """Whether an answer for this section can be had at all."""
        ...

    def record(self, section: str, take: Path) -> Generator[Moment]:
        """Writes the answer to `take`, yielding moments as they arrive.

        The take is complete on disk when the generator ends or is closed. Raises DeviceLostError
        where the device vanishes, after the take is complete; OSError where the disk refuses.
        """
        ...


class Controls(Protocol):
    """The candidate's keys."""

    def is_closed(self) -> bool:
        """Whether no key can come any more; an answer then ends at its limit."""
        ...

    def is_key_waiting(self) -> bool:
        """Whether `pressed` would return a key."""
        ...

    def pressed(self) -> Key | None:
        """The next key that was pressed, if any; never waits."""
        ...

    def between(self, answered: Prompt, following: Prompt | None) -> Key:
        """After an answer: DONE to go on (at once, where nobody can press a key), or RETAKE, or
        QUIT.
        """
        ...


class Replies(Protocol):
    """What somebody types in a quiz."""

    def is_reply_waiting(self) -> bool:
        """Whether `reply` would return at once."""
        ...

    def reply(self, digits: int) -> str | None:
        """Waits for the next thing that is typed; None where nothing will come any more. Whoever
        hands over single keys gathers up to so many `digits`, until Enter.
        """
        ...

    def pause(self) -> bool:
        """Time to read why an answer is right; False where they want no further question."""
        ...


class Transcriber(Protocol):
    """Turns a take into words and the stretches in which they were spoken."""

    @property
    def slowness(self) -> float | None:
        """How many seconds a second of speech takes while somebody speaks; None until it is known."""
        ...

    def follow(self, take: Path, vocabulary: Sequence[str]) -> None:
        """`take` is about to be recorded, and will be heard. Returns at once, and never fails."""
        ...

    def hear(
        self, take: Path, vocabulary: Sequence[str], on_progress: Callable[[float], None]
    ) -> Hearing:
        """What was said in `take`; `on_progress` gets the share that is done, 0 to 1."""
        ...


class SessionStore(Protocol):
    """Keeps sessions: a folder each, with its takes and one document. Raises DiskError."""

    def open(self, scenario: str, began: datetime) -> str:
        """Makes room for a new session and returns its id."""
        ...

    def begin(self, progress: Progress) -> str:
        """Makes room for a new session, notes it as unfinished, and returns its id."""
        ...

    def note(self, session_id: str, progress: Progress) -> None:
        """Notes how far an unfinished session has come."""
        ...

    def next_take(self, session_id: str, section: str) -> Path:
        """Where the section's next take shall lie; nothing is there yet."""
        ...

    def take(self, session_id: str, name: str) -> Path:
        """Where a take lies."""
        ...

    def save(self, session_id: str, session: Session) -> None:
        """Keeps what there is of the session, whole or not at all; it stays unfinished."""
        ...

    def finish(self, session_id: str, session: Session) -> None:
        """Keeps the finished session, whole or not at all, and drops the note."""
        ...
