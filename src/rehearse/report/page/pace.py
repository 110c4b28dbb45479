"""How fast somebody spoke, over the seconds of a take."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import msgspec

from rehearse.feedback.section import Section
from rehearse.progress.trends import COMFORTABLE_WPM

_WINDOW_S = 10.0
"""Shorter, and each word moves the curve; longer, and a short take has none."""
_STEP_S = 1.0
_BOTTOM_WPM, _TOP_WPM = 60, 225


class PaceCurve(msgspec.Struct, frozen=True):
    """The curve in a box of 1000 by 100; `floor` is below it, and the band lies in between."""

    points: str
    band_top: float
    band_bottom: float
    slowest_wpm: int
    fastest_wpm: int
    share_in_band: int
    """Percent of the time."""

    @property
    def in_words(self) -> str:
        """What the curve shows, for those who do not see it."""
        return (
            f"Pace: {self.slowest_wpm} to {self.fastest_wpm} words a minute, "
            f"{self.share_in_band} % of the time easy to follow."
        )


def pace_curve(section: Section, length_s: float) -> PaceCurve | None:
    """None where too little was said for a pace to mean anything."""
    if not section.spoken_s or section.spoken_s < 2 * _WINDOW_S or section.first_word_s is None:
        return None
    paces = [*_paces(section, section.first_word_s, section.first_word_s + section.spoken_s)]
    speeds = [wpm for _, wpm in paces]
    slow, fast = COMFORTABLE_WPM
    within = sum(slow <= wpm <= fast for wpm in speeds)
    return PaceCurve(
        points=" ".join(f"{at_s / length_s * 1000:.1f},{_y(wpm):.1f}" for at_s, wpm in paces),
        band_top=_y(fast),
        band_bottom=_y(slow),
        slowest_wpm=round(min(speeds)),
        fastest_wpm=round(max(speeds)),
        share_in_band=round(within / len(speeds) * 100),
    )


def _paces(section: Section, start_s: float, end_s: float) -> Iterator[tuple[float, float]]:
    """At each second the words a minute of the window around it."""
    starts_s = sorted(word.start_s for word in section.transcript.words if word.start_s is not None)
    at_s = start_s + _WINDOW_S / 2
    while at_s <= end_s - _WINDOW_S / 2:
        first = bisect_left(starts_s, at_s - _WINDOW_S / 2)
        after = bisect_right(starts_s, at_s + _WINDOW_S / 2)
        yield at_s, (after - first) * 60 / _WINDOW_S
        at_s += _STEP_S


def _y(wpm: float) -> float:
    share = (min(max(wpm, _BOTTOM_WPM), _TOP_WPM) - _BOTTOM_WPM) / (_TOP_WPM - _BOTTOM_WPM)
    return round(100 - share * 100, 1)
