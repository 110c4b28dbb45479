"""What the candidate chose to rehearse, and how far it has come: enough to go on after a crash."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from rehearse.interview import Mode, Prompt
from rehearse.scenario import Scenario, Seconds, SecondsRange
from rehearse.scenario_schema import parse_duration

Counts = Literal["last", "best"]


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """One rehearsal as it was asked for."""

    scenario: Scenario
    prompts: tuple[Prompt, ...]
    probes_at_most: int | None = 1
    """How many follow-ups are asked after the prompts; None for all there are."""
    mode: Mode = "steps"
    level: str | None = None
    lens: str | None = None
    model: str
    hard_stop: bool = False
    """The interviewer cuts in aloud at the limit."""
    auto_next_s: float | None = None
    """Go on after this much silence, counted from the first word on."""
    counts: Counts = "last"
    """Which take of a section counts where it was told more than once."""
    has_quiz: bool = False
    """The scenario's quiz follows."""


class KeptTake(msgspec.Struct, frozen=True):
    """A take that is on disk; takes of one turn answer the same question."""

    turn: int
    prompt: Prompt
    take: str
    lost_samples: int = 0
    is_whole: bool = True
    """Not where it was broken off: its question is asked again."""


class Progress(msgspec.Struct, frozen=True):
    """An unfinished rehearsal, as it is noted before and after every take."""

    booking: Booking
    started_at: datetime
    kept: tuple[KeptTake, ...] = ()
    probes: tuple[Prompt, ...] | None = None
    """The follow-ups, once they are chosen: going on asks the same ones."""

    def is_answered(self, turn: int) -> bool:
        return any(kept.turn == turn and kept.is_whole for kept in self.kept)

    def counting(self, turn: int) -> tuple[KeptTake, ...]:
        """The takes that may count for this turn: one that was broken off only for want of others."""
        takes = tuple(kept for kept in self.kept if kept.turn == turn)
        takes = tuple(kept for kept in takes if kept.is_whole) or takes
        return takes if self.booking.counts == "best" else takes[-1:]


def to_json(progress: Progress) -> bytes:
    return msgspec.json.encode(progress, enc_hook=_duration_to_text)


def from_json(data: bytes) -> Progress:
    """Raises msgspec.DecodeError where the data are damaged."""
    return msgspec.json.decode(data, type=Progress, dec_hook=_duration_from_text)


def _duration_to_text(value: object) -> str:
    """Only durations need help; msgspec writes a range as the list of its two ends."""
    if isinstance(value, Seconds):
        return f"{float(value)!r}s"
    raise NotImplementedError


def _duration_from_text(kind: type, value: Any) -> object:
    if kind is SecondsRange:
        return SecondsRange((parse_duration(value[0]), parse_duration(value[1])))
    return parse_duration(value)
