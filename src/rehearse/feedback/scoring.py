"""The points behind a verdict: what each part of an answer can earn, and what it has earned.

Only what was asked for can be earned; the sum is brought to ten. `report/formula.py` says it in
words; the numbers stand here and nowhere else.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from rehearse.feedback.told import Told

Name = Literal["own work", "result", "standing", "lesson", "time"]

OWN_WORK_POINTS = 4.0
RESULT_POINTS = 1.0
"""For each of its three parts."""
STANDING_POINTS = 1.0
"""For each of two: that the work was taken on, and that nobody is blamed."""
LESSON_POINTS = 1.0
LIMIT_COSTS = 0.5
MOST_LIMIT_COSTS = 1.0
LEAST_OWN_SHARE = 0.15
"""Below this there is no own work that could stand for anything."""
OF = 10.0


class Part(msgspec.Struct, frozen=True):
    """What one part has earned, of the most that it could; `time` only costs."""

    name: Name
    points: float
    most: float


def score(told: Told) -> tuple[Part, ...]:
    return tuple(_parts(told))


def points_of(parts: Sequence[Part]) -> float:
    """The sum, of ten."""
    earned = sum(part.points for part in parts)
    return round(max(0.0, earned * OF / sum(part.most for part in parts)), 1)


def _parts(told: Told) -> Iterator[Part]:
    yield Part("own work", round(OWN_WORK_POINTS * told.sound_share, 2), OWN_WORK_POINTS)
    found = sum(part.found for part in told.outcome)
    yield Part("result", found * RESULT_POINTS, len(told.outcome) * RESULT_POINTS)
    yield Part("standing", _standing(told), 2 * STANDING_POINTS)
    if told.reflection is not None:
        is_own = told.reflection.kind == "specific"
        yield Part("lesson", is_own * LESSON_POINTS, LESSON_POINTS)
    late = sum(section.verdict == "over_limit" for section in told.sections)
    if late:
        yield Part("time", -min(late * LIMIT_COSTS, MOST_LIMIT_COSTS), 0.0)


def _standing(told: Told) -> float:
    given = told.findings("assigned") or told.findings("missing_boundary")
    began_it = told.sound_share >= LEAST_OWN_SHARE and not given
    return STANDING_POINTS * (began_it + (not told.findings("blame")))
