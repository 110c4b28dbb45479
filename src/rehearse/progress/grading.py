"""How well an answer went, by what was measured of it and by nothing else."""

from collections.abc import Iterator
from enum import IntEnum

import msgspec

from rehearse.progress.sitting import Told
from rehearse.scenario import Category


class Grade(IntEnum):
    """The four grades of spaced repetition; the numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Graded(msgspec.Struct, frozen=True):
    """A grade, and what stood in the way of a better one."""

    grade: Grade
    troubles: tuple[str, ...]


_WEIGHTY: dict[Category, str] = {
    "handoff": "the move was left to somebody else",
    "no_metric": "no number was said",
    "we_language": "“we” did what you did",
    "vague_result": "the result could not be checked",
    "assigned": "the work came from others",
    "missing_boundary": "whose task it was stayed open",
    "blame": "others were blamed",
    "generic_reflection": "the lesson would fit any story",
}
"""What weakens an answer whatever else is good about it; wording does not."""
_TOO_MANY = 3
_ALMOST_ON_TARGET = 0.1
_FILLERS_PER_MIN = 5.0
"""Fewer do no harm."""


def grade(told: Told) -> Graded:
    """AGAIN for what failed, HARD for any trouble, EASY only where nothing at all was found."""
    if not told.words:
        return Graded(Grade.AGAIN, ("nothing was heard",))
    weighty = sum(told.findings.get(category, 0) for category in _WEIGHTY)
    troubles = (*_of_time(told), *_of_content(told))
    if told.verdict == "over_limit" or weighty >= _TOO_MANY:
        return Graded(Grade.AGAIN, troubles)
    if troubles:
        return Graded(Grade.HARD, troubles)
    is_flawless = not told.weak_phrases and told.points_said == told.points
    return Graded(Grade.EASY if is_flawless else Grade.GOOD, ())


def _of_time(told: Told) -> Iterator[str]:
    over_s, target_s = told.overrun_s or 0.0, told.target_s or 0.0
    if told.verdict == "over_limit":
        yield f"{over_s:.0f} s over, past the limit"
    elif told.verdict == "over" and over_s > target_s * _ALMOST_ON_TARGET:
        yield f"{over_s:.0f} s over"
    elif told.verdict == "short":
        yield f"only {told.spoken_s or 0:.0f} of {target_s:.0f} s"


def _of_content(told: Told) -> Iterator[str]:
    yield from (text for category, text in _WEIGHTY.items() if told.findings.get(category))
    missing = told.points - told.points_said
    if missing * 2 > told.points:
        yield f"{missing} of {told.points} key points were not heard"
    if told.is_long and (told.fillers_per_min or 0.0) > _FILLERS_PER_MIN:
        yield f"{told.fillers_per_min:.0f} fillers a minute"
