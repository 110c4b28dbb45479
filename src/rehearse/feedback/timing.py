"""When an answer began, how long it lasted, and what fell past its target. All from the sound.

Thinking time and spoken time come from the stretches in which a voice is heard, never from the
length of the file; words only name what was said.
"""

from itertools import pairwise
from typing import Literal

import msgspec

from rehearse.transcript import Hearing, Span, Transcript

TimeVerdict = Literal["on_target", "over", "over_limit", "short", "silent"]

SHORT_RATIO = 0.5
"""Less than half of the target leaves out what the step is for."""
SHORTEST_PAUSE_S = 0.5
"""Half a second is the usual length of a pause between phrases (Lundholm Fors 2015); shorter gaps
belong to the rhythm of speech."""


class PastTarget(msgspec.Struct, frozen=True):
    """The words that began after the target had passed, and when the first of them did."""

    text: str
    start_s: float


class Timing(msgspec.Struct, frozen=True):
    """How an answer lies in time; seconds since its first recorded sample.

    `spoken_s` runs from the first sound of the voice to its last and is what is timed. Nothing is
    known of an answer that came as text; nothing but the silence of one that was silent.
    """

    first_word_s: float | None = None
    spoken_s: float | None = None
    overrun_s: float | None = None
    verdict: TimeVerdict | None = None
    past_target: PastTarget | None = None
    pace_wpm: float | None = None
    pauses: tuple[Span, ...] = ()


def time_answer(hearing: Hearing, target_s: float | None, limit_s: float | None) -> Timing:
    """Times one answer against its target and its limit, either of which may be None."""
    if hearing.speech is None:
        return Timing()
    if not hearing.speech or not hearing.transcript.words:
        return Timing(spoken_s=0.0, overrun_s=0.0, verdict="silent")
    first_s = hearing.speech[0].start_s
    spoken_s = hearing.speech[-1].end_s - first_s
    return Timing(
        first_word_s=_rounded(first_s),
        spoken_s=_rounded(spoken_s),
        overrun_s=_rounded(max(0.0, spoken_s - target_s)) if target_s is not None else 0.0,
        verdict=time_verdict(spoken_s, target_s, limit_s),
        past_target=_past_target(hearing.transcript, first_s, target_s),
        pace_wpm=pace_wpm(len(hearing.transcript.words), spoken_s),
        pauses=_pauses(hearing.speech),
    )


def pace_wpm(words: int, spoken_s: float) -> float | None:
    """Words a minute of spoken time, pauses included; None where nothing was spoken."""
    return round(words / spoken_s * 60, 1) if spoken_s > 0 else None


def time_verdict(
    spoken_s: float, target_s: float | None, limit_s: float | None
) -> TimeVerdict | None:
    """Spoken time against target and limit; None where there is no target."""
    if spoken_s <= 0:
        return "silent"
    if target_s is None:
        return None
    if limit_s is not None and spoken_s > limit_s:
        return "over_limit"
    if spoken_s > target_s:
        return "over"
    return "short" if spoken_s < target_s * SHORT_RATIO else "on_target"


def _past_target(
    transcript: Transcript, first_s: float, target_s: float | None
) -> PastTarget | None:
    if target_s is None:
        return None
    late = [
        word
        for word in transcript.words
        if word.start_s is not None and word.start_s >= first_s + target_s
    ]
    if not late:
        return None
    return PastTarget(" ".join(word.text for word in late), late[0].start_s or 0.0)


def _pauses(speech: tuple[Span, ...]) -> tuple[Span, ...]:
    gaps = (Span(_rounded(a.end_s), _rounded(b.start_s)) for a, b in pairwise(speech))
    return tuple(gap for gap in gaps if gap.duration_s >= SHORTEST_PAUSE_S)


def _rounded(seconds: float) -> float:
    return round(seconds, 2)
