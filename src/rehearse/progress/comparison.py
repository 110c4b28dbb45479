"""Two sittings side by side: what got better, what got worse, and what is only one's own spread."""

from collections.abc import Callable, Iterable, Sequence
from itertools import count
from statistics import pstdev
from typing import Literal

import msgspec

from rehearse.progress.sitting import Sitting, Told
from rehearse.progress.trends import off_pace
from rehearse.scenario import Category

Direction = Literal["better", "worse", "same", "within_spread"]

_FEWEST_FOR_A_SPREAD = 3


class Change(msgspec.Struct, frozen=True):
    measure: str
    before: float
    after: float
    direction: Direction
    spread: float | None
    """By how much one's own takes of this section differ anyway; None where there are too few."""


class Pair(msgspec.Struct, frozen=True):
    """One answer, or one step, of both sittings; `before` and `after` say which of the `parts` of
    each it is.
    """

    name: str
    before: int
    after: int
    changes: tuple[Change, ...]
    gone: tuple[Category, ...]
    """What is found no more."""
    new: tuple[Category, ...]


class Comparison(msgspec.Struct, frozen=True):
    before: str
    after: str
    pairs: tuple[Pair, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


class _Measure(msgspec.Struct, frozen=True):
    """`badness` is smallest for the best value; differences below `least` matter to nobody."""

    title: str
    value: Callable[[Told], float | None]
    least: float
    badness: Callable[[float], float] = float


def _over_s(told: Told) -> float | None:
    return None if told.target_s is None else told.overrun_s


def _pace_wpm(told: Told) -> float | None:
    return told.pace_wpm if told.is_long else None


def _fillers_per_min(told: Told) -> float | None:
    return told.fillers_per_min if told.is_long else None


def _weak_phrases(told: Told) -> float | None:
    return float(told.weak_phrases) if told.words else None


def _missing_points(told: Told) -> float | None:
    return float(told.points - told.points_said) if told.points and told.words else None


_MEASURES = (
    _Measure("seconds over the target", _over_s, 2.0),
    _Measure("words a minute", _pace_wpm, 5.0, off_pace),
    _Measure("fillers a minute", _fillers_per_min, 0.5),
    _Measure("weak phrases", _weak_phrases, 0.5),
    _Measure("key points not said", _missing_points, 0.5),
)


def compare(before: Sitting, after: Sitting, all_sittings: Iterable[Sitting]) -> Comparison:
    """`all_sittings` are what one's own spread is taken from: those with the same scenario.

    A sitting against itself is a drill: the last take of each section against its first.
    """
    takes: dict[str, list[Told]] = {}
    for sitting in all_sittings:
        if sitting.scenario == after.scenario:
            for told in sitting.parts:
                takes.setdefault(_what(told), []).append(told)
    places = _told_twice(after) if before.id == after.id else _in_both(before, after)
    earlier, later = _by_name(before), _by_name(after)
    return Comparison(
        before.id,
        after.id,
        tuple(
            _pair(name, before, old, after, new, takes.get(name, ())) for name, old, new in places
        ),
        only_before=tuple(dict.fromkeys(name for name, nth in earlier if (name, nth) not in later)),
        only_after=tuple(dict.fromkeys(name for name, nth in later if (name, nth) not in earlier)),
    )


def _in_both(before: Sitting, after: Sitting) -> list[tuple[str, int, int]]:
    """Each section of both, and its place in each."""
    earlier = _by_name(before)
    return [
        (name, earlier[name, nth], place)
        for (name, nth), place in _by_name(after).items()
        if (name, nth) in earlier
    ]


def _told_twice(sitting: Sitting) -> list[tuple[str, int, int]]:
    """Each section that was told more than once, and the places of its first and its last take."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, told in enumerate(sitting.parts):
        first.setdefault(_what(told), place)
        last[_what(told)] = place
    return [(name, first[name], last[name]) for name in first if first[name] != last[name]]


def _what(told: Told) -> str:
    """Follow-ups are the same where their question is: their names say only when they came."""
    return told.question if told.kind == "probe" else told.name


def _by_name(sitting: Sitting) -> dict[tuple[str, int], int]:
    """Which section is the first, second ... of its name; in a drill each is told more than once."""
    counts: dict[str, count[int]] = {}
    return {
        (_what(told), next(counts.setdefault(_what(told), count()))): place
        for place, told in enumerate(sitting.parts)
    }


def _pair(
    name: str, before: Sitting, earlier: int, after: Sitting, later: int, takes: Sequence[Told]
) -> Pair:
    old, new = before.parts[earlier], after.parts[later]
    changes = (_change(measure, old, new, takes) for measure in _MEASURES)
    return Pair(
        name,
        earlier,
        later,
        tuple(change for change in changes if change is not None),
        gone=tuple(category for category in old.findings if category not in new.findings),
        new=tuple(category for category in new.findings if category not in old.findings),
    )


def _change(measure: _Measure, old: Told, new: Told, takes: Sequence[Told]) -> Change | None:
    before, after = measure.value(old), measure.value(new)
    if before is None or after is None:
        return None
    values = [value for value in map(measure.value, takes) if value is not None]
    spread = pstdev(values) if len(values) >= _FEWEST_FOR_A_SPREAD else None
    change = measure.badness(after) - measure.badness(before)
    direction: Direction = "better" if change < 0 else "worse"
    if abs(change) < measure.least:
        direction = "same"
    elif spread is not None and abs(change) <= spread:
        direction = "within_spread"
    return Change(
        measure.title,
        round(before, 1),
        round(after, 1),
        direction,
        None if spread is None else round(spread, 1),
    )
