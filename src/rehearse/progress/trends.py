"""Whether it gets better: the latest sessions against those before them.

A difference that is no larger than what one's own sessions differ by anyway is called steady, for
it may be chance.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import fmean, pstdev
from typing import Literal

import msgspec

from rehearse.progress.sitting import Sitting, Told
from rehearse.scenario import Category

Direction = Literal["better", "worse", "steady", "too_few"]

COMFORTABLE_WPM = (120.0, 165.0)
"""The band in which listeners follow easily; see docs/decisions/0023."""
LATEST = 5
_FEWEST = 2
_POINTS = 40


class Trend(msgspec.Struct, frozen=True):
    """One measure over time. `before` and `lately` are means, over at most LATEST answers each;
    None where there is nothing to compare. `points` are the latest values, the newest last.
    """

    lately: float | None
    before: float | None
    direction: Direction
    points: tuple[float, ...]


class SectionTrends(msgspec.Struct, frozen=True):
    """How the answers to one section change."""

    answers: int
    overrun_s: Trend
    pace_wpm: Trend
    fillers_per_min: Trend
    weak_phrases: Trend
    missing_points: Trend
    findings: Mapping[Category, Trend]
    """How often each category is found in an answer, the most frequent first."""


class ResultTrends(msgspec.Struct, frozen=True):
    """How often a result held each part: 1 for always, 0 for never."""

    metric_delta: Trend
    business_impact: Trend
    second_order: Trend


class Streak(msgspec.Struct, frozen=True):
    """Days in a row on which something was rehearsed; today may still be missing."""

    days: int
    longest_days: int
    last_7_days: int
    """Sessions in the last seven days, today included."""


class Trends(msgspec.Struct, frozen=True):
    sections: Mapping[str, SectionTrends]
    findings: Mapping[Category, Trend]
    """How often each category is found in a session."""
    i_share: Trend
    result_test: ResultTrends
    streak: Streak


def trends_of(sittings: Sequence[Sitting], today: date) -> Trends:
    """`sittings` with the oldest first."""
    return Trends(
        sections=_sections(sittings),
        findings=_findings(sittings),
        i_share=_trend((sitting.i_share for sitting in sittings), least=0.05, best=_more),
        result_test=ResultTrends(*(_result_part(sittings, part) for part in range(3))),
        streak=_streak(sittings, today),
    )


def _sections(sittings: Iterable[Sitting]) -> dict[str, SectionTrends]:
    """By name, in the order in which they were first told; all follow-ups together. A step counts
    where it was told in one go with the others too.
    """
    answers: dict[str, list[Told]] = {}
    for sitting in sittings:
        for told in sitting.parts:
            name = "probes" if told.kind == "probe" else told.name
            answers.setdefault(name, []).append(told)
    return {name: _section(told) for name, told in answers.items()}


def _section(answers: Sequence[Told]) -> SectionTrends:
    latest = [told for told in answers if told.words][-_POINTS:]
    long = [told for told in latest if told.is_long]
    timed = (told for told in latest if told.target_s is not None)
    with_points = (told for told in latest if told.points)
    return SectionTrends(
        answers=len(answers),
        overrun_s=_trend((told.overrun_s for told in timed), least=2.0),
        pace_wpm=_trend((told.pace_wpm for told in long), least=5.0, best=off_pace),
        fillers_per_min=_trend((told.fillers_per_min for told in long), least=0.5),
        weak_phrases=_trend((float(told.weak_phrases) for told in latest), least=0.5),
        missing_points=_trend(
            (float(told.points - told.points_said) for told in with_points), least=0.5
        ),
        findings=_by_category([told.findings for told in latest]),
    )


def _findings(sittings: Iterable[Sitting]) -> dict[Category, Trend]:
    spoken = [sitting for sitting in sittings if any(told.words for told in sitting.told)]
    return _by_category([_counted(sitting) for sitting in spoken[-_POINTS:]])


def _by_category(counts: Sequence[Mapping[Category, int]]) -> dict[Category, Trend]:
    """The most frequent first."""
    total: dict[Category, int] = {}
    for count in counts:
        for category, number in count.items():
            total[category] = total.get(category, 0) + number
    return {
        category: _trend((float(count.get(category, 0)) for count in counts), least=0.5)
        for category in sorted(total, key=lambda category: (-total[category], category))
    }


def _counted(sitting: Sitting) -> dict[Category, int]:
    counted: dict[Category, int] = {}
    for told in sitting.told:
        for category, number in told.findings.items():
            counted[category] = counted.get(category, 0) + number
    return counted


def _result_part(sittings: Iterable[Sitting], part: int) -> Trend:
    tests = (sitting.result_test for sitting in sittings)
    return _trend((float(test[part]) for test in tests if test), least=0.2, best=_more)


def _less(value: float) -> float:
    return value


def _more(value: float) -> float:
    return -value


def off_pace(wpm: float) -> float:
    """How far outside the comfortable band."""
    slowest, fastest = COMFORTABLE_WPM
    return max(slowest - wpm, wpm - fastest, 0.0)


def _trend(
    values: Iterable[float | None], *, least: float, best: Callable[[float], float] = _less
) -> Trend:
    """`best` is smallest for the best value; differences below `least` matter to nobody."""
    points = [value for value in values if value is not None][-_POINTS:]
    size = min(LATEST, len(points) // 2)
    lately, before = points[len(points) - size :], points[len(points) - 2 * size : -size or None]
    if size < _FEWEST:
        mean = _rounded(fmean(points)) if points else None
        return Trend(mean, None, "too_few", tuple(map(_rounded, points)))
    return Trend(
        _rounded(fmean(lately)),
        _rounded(fmean(before)),
        _direction([*map(best, before)], [*map(best, lately)], least),
        tuple(map(_rounded, points)),
    )


def _direction(before: Sequence[float], lately: Sequence[float], least: float) -> Direction:
    change = fmean(lately) - fmean(before)
    own_spread = (pstdev(before) + pstdev(lately)) / 2
    if abs(change) < max(least, own_spread):
        return "steady"
    return "better" if change < 0 else "worse"


def _streak(sittings: Iterable[Sitting], today: date) -> Streak:
    dates = [sitting.started_at.date() for sitting in sittings]
    days = sorted({*dates})
    longest = run = 0
    last: date | None = None
    for day in days:
        run = run + 1 if last and day - last == timedelta(days=1) else 1
        longest, last = max(longest, run), day
    goes_on = last is not None and today - last <= timedelta(days=1)
    week_ago = today - timedelta(days=7)
    return Streak(run if goes_on else 0, longest, sum(week_ago < day <= today for day in dates))


def _rounded(value: float) -> float:
    return round(value, 2)
