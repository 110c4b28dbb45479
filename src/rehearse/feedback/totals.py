"""The whole sitting in a few numbers."""

from collections.abc import Iterable, Sequence

import msgspec

from rehearse.feedback.ownership import Owned, i_share
from rehearse.feedback.section import Section
from rehearse.feedback.timing import TimeVerdict, pace_wpm, time_verdict


class Totals(msgspec.Struct, frozen=True):
    """Sums over all sections; None where nothing was timed.

    `pace_wpm` and `fillers_per_min` count over the spoken time of all sections, pauses included.
    """

    spoken_s: float | None
    target_s: float | None
    limit_s: float | None
    verdict: TimeVerdict | None
    fillers_per_min: float | None
    pace_wpm: float | None
    i_share: float | None = None
    """Of the time in Action in which somebody acts, how much the speaker's own acts take."""


def total(sections: Sequence[Section], ledger: Sequence[Owned] = ()) -> Totals:
    spoken_s = _sum(section.spoken_s for section in sections)
    target_s = _sum(section.target_s for section in sections)
    limit_s = _sum(section.limit_s for section in sections)
    words = sum(len(section.transcript.words) for section in sections)
    fillers = sum(len(section.fillers) for section in sections)
    return Totals(
        spoken_s=spoken_s,
        target_s=target_s,
        limit_s=limit_s,
        verdict=None if spoken_s is None else time_verdict(spoken_s, target_s, limit_s),
        fillers_per_min=round(fillers / spoken_s * 60, 1) if spoken_s else None,
        pace_wpm=pace_wpm(words, spoken_s) if spoken_s else None,
        i_share=i_share(ledger),
    )


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known), 2) if known else None
