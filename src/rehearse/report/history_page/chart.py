"""A trend as a small line in a box of 200 by 40, and in words."""

import msgspec

from rehearse.progress.trends import COMFORTABLE_WPM, Trend
from rehearse.report.history import DIRECTIONS, number

WIDTH, HEIGHT = 200, 40
_MARGIN = 4
_ALWAYS_IN_SIGHT = {"words/min": COMFORTABLE_WPM, "%": (0.0, 100.0)}


class Band(msgspec.Struct, frozen=True):
    """What is comfortable, from `top` down."""

    top: float
    height: float


class Chart(msgspec.Struct, frozen=True):
    """`line` is empty where there are not two points; `words` say all that the line shows."""

    line: str
    last: tuple[float, float] | None
    band: Band | None
    lately: str
    before: str
    direction: str
    words: str


def chart(title: str, trend: Trend, unit: str) -> Chart:
    is_pace = unit == "words/min"
    values = (*trend.points, *_ALWAYS_IN_SIGHT.get(unit, (0.0, 1.0)))
    lowest, highest = min(values), max(values)

    def y(value: float) -> float:
        share = (value - lowest) / (highest - lowest)
        return float(round(HEIGHT - _MARGIN - share * (HEIGHT - 2 * _MARGIN), 1))

    points = [(x, y(value)) for x, value in zip(_xs(len(trend.points)), trend.points, strict=True)]
    slow, fast = COMFORTABLE_WPM
    lately = "" if trend.lately is None else f"{number(trend.lately)} {unit}"
    before = "" if trend.before is None else number(trend.before)
    direction = DIRECTIONS[trend.direction] if trend.before is not None else ""
    return Chart(
        line=" ".join(f"{x},{at}" for x, at in points) if len(points) > 1 else "",
        last=points[-1] if points else None,
        band=Band(y(fast), round(y(slow) - y(fast), 1)) if is_pace and points else None,
        lately=lately,
        before=before,
        direction=direction,
        words=_words(title, trend, lately, before, direction),
    )


def _xs(points: int) -> list[float]:
    """From left to right; a single point stands at the right."""
    width = WIDTH - 2 * _MARGIN
    if points == 1:
        return [float(WIDTH - _MARGIN)]
    return [round(_MARGIN + width * place / (points - 1), 1) for place in range(points)]


def _words(title: str, trend: Trend, lately: str, before: str, direction: str) -> str:
    if trend.lately is None:
        return f"{title}: nothing measured yet."
    change = f", before {before}: {direction}" if before else ""
    return f"{title}: lately {lately}{change}. All: {', '.join(map(number, trend.points))}."
