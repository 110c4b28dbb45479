"""What the candidate chose to rehearse, and how far it has come: enough to go on after a crash."""

from datetime import datetime
from typing import Literal

import msgspec

from rehearse.interview import Mode, Prompt
from rehearse.scenario import Scenario, Seconds, SecondsRange
from rehearse.scenario_yaml import parse_duration, parse_duration_range

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


class KeptTake(msgspec.Struct, frozen=True):
    """A take that was finished in good order; takes of one turn answer the same question."""

    turn: int
    prompt: Prompt
    take: str
    lost_samples: int = 0


class Progress(msgspec.Struct, frozen=True):
    """An unfinished rehearsal, as it is noted after every section."""

    booking: Booking
    started_at: datetime
    kept: tuple[KeptTake, ...] = ()


def to_json(progress: Progress) -> bytes:
    return msgspec.json.encode(progress, enc_hook=_duration_to_text)


def from_json(data: bytes) -> Progress:
    """Raises msgspec.DecodeError where the data are damaged."""
    return msgspec.json.decode(data, type=Progress, dec_hook=_duration_from_text)


def _duration_to_text(value: object) -> str:
    match value:
        case Seconds():
            return f"{float(value):g}s"
        case SecondsRange((shortest_s, longest_s)):
            return f"{float(shortest_s):g}s-{float(longest_s):g}s"
        case _:
            raise NotImplementedError


def _duration_from_text(kind: type, value: str) -> object:
    return {Seconds: parse_duration, SecondsRange: parse_duration_range}[kind](value)
