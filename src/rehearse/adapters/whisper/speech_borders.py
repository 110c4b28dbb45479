"""Where in a take somebody speaks: Silero finds the voice, the energy of the sound its borders.

Silero decides in steps of 32 ms and leans late at starts and ends, by 20 to 90 ms on generated
speech with known borders; searching the energy around each border brings that to about 12 ms in
quiet, 90 ms at the worst (docs/accuracy.md).
In noise the soft end of a word drowns, so there Silero's own border is trusted more.
"""

import numpy as np
import numpy.typing as npt

from rehearse.adapters.whisper.voice import WINDOW_SAMPLES, Samples, Voice
from rehearse.recording import RATE_HZ
from rehearse.transcript import Span

CLEAR_VOICE = (0.5, 0.35)
"""Probabilities at which a stretch of speech begins and ends: Silero's own defaults."""
FAINT_VOICE = (0.3, 0.2)
"""The same for somebody who whispers."""
_SURE_QUIET = 0.15
_MIN_SPEECH_S = 0.1  # shorter bursts of probability are clicks and breaths
_JOIN_GAP_S = 0.15  # closures inside words (the "p" of "stopped") are no pause

_HOP_S = 0.01
_FRAME_S = 0.025
_ABOVE_NOISE_DB = 9.0
_BELOW_PEAK_DB = 46.0
_SEARCH_OUT_S = 0.3
_CLOSURE_S = 0.1
_SEARCH_IN_S = 0.2
_SEARCH_IN_NOISE_S = 0.05
_DIGITAL_SILENCE_DB = -90.0


def find_speech(
    samples: Samples, voice: Voice, thresholds: tuple[float, float] = CLEAR_VOICE
) -> tuple[Span, ...]:
    """The stretches in which a voice is heard, in order, apart from each other, in seconds."""
    if samples.size < WINDOW_SAMPLES:
        return ()
    rough = speech_in(voice, thresholds)
    if not rough:
        return ()
    loudness_db = _loudness_db(samples)
    noise_db = _noise_db(loudness_db, voice)
    last_s = samples.size / RATE_HZ
    exact = [_refine(span, loudness_db, noise_db, last_s) for span in rough]
    return tuple(span for span in _join(exact) if span.duration_s >= _MIN_SPEECH_S)


def speech_in(voice: Voice, thresholds: tuple[float, float] = CLEAR_VOICE) -> list[Span]:
    """Speech as the voice alone tells it: runs that begin above the first threshold and last until
    below the second.
    """
    onset, offset = thresholds
    step_s = WINDOW_SAMPLES / RATE_HZ
    spans: list[Span] = []
    started: int | None = None
    for index, probability in enumerate(voice):
        if started is None and probability >= onset:
            started = index
        elif started is not None and probability < offset:
            spans.append(Span(started * step_s, index * step_s))
            started = None
    if started is not None:
        spans.append(Span(started * step_s, len(voice) * step_s))
    return spans


def _loudness_db(samples: Samples) -> npt.NDArray[np.float64]:
    """Energy of 25 ms around each 10 ms, in dB below full scale."""
    hop, half = int(_HOP_S * RATE_HZ), int(_FRAME_S * RATE_HZ / 2)
    energy = np.concatenate([[0.0], np.cumsum(samples.astype(np.float64) ** 2)])
    centres = np.arange(samples.size // hop) * hop + hop // 2
    low = np.clip(centres - half, 0, samples.size)
    high = np.clip(centres + half, 0, samples.size)
    mean = (energy[high] - energy[low]) / np.maximum(high - low, 1)
    loudness: npt.NDArray[np.float64] = 10 * np.log10(np.maximum(mean, 1e-9))
    return loudness


def _noise_db(loudness_db: npt.NDArray[np.float64], voice: Voice) -> float:
    """How loud it is where certainly nobody speaks."""
    frame_s = np.arange(loudness_db.size) * _HOP_S
    window = np.minimum((frame_s * RATE_HZ / WINDOW_SAMPLES).astype(int), voice.size - 1)
    quiet = loudness_db[voice[window] < _SURE_QUIET]
    return float(np.median(quiet)) if quiet.size else _DIGITAL_SILENCE_DB


def _refine(
    span: Span, loudness_db: npt.NDArray[np.float64], noise_db: float, last_s: float
) -> Span:
    last = loudness_db.size - 1
    start = min(round(span.start_s / _HOP_S), last)
    end = min(round(span.end_s / _HOP_S), last)
    audible_db = float(loudness_db[start : end + 1].max()) - _BELOW_PEAK_DB
    threshold_db = max(noise_db + _ABOVE_NOISE_DB, audible_db)
    is_quiet_room = noise_db <= audible_db + 6
    inward_s = _SEARCH_IN_S if is_quiet_room else _SEARCH_IN_NOISE_S
    loud = loudness_db > threshold_db
    first = _border(loud, start, -1, inward_s)
    final = _border(loud, end, +1, inward_s)
    return Span(first * _HOP_S, min(max(final, first) * _HOP_S + _HOP_S, last_s))


def _border(loud: npt.NDArray[np.bool_], at: int, outward: int, inward_s: float) -> int:
    """The last loud frame reached from `at`: outwards while it is loud, else inwards until it is."""
    if loud[at]:
        return _last_loud(loud, at, outward)
    for step in range(int(inward_s / _HOP_S) + 1):
        here = at - outward * step
        if not 0 <= here < loud.size:
            break
        if loud[here]:
            return here
    return at - outward * int(inward_s / _HOP_S)


def _last_loud(loud: npt.NDArray[np.bool_], at: int, outward: int) -> int:
    """The furthest loud frame from `at` on; a closure, as before the "t" of "left", is no end."""
    last = 0
    for step in range(1, int(_SEARCH_OUT_S / _HOP_S) + 1):
        here = at + outward * step
        if not 0 <= here < loud.size or step - last > _CLOSURE_S / _HOP_S:
            break
        if loud[here]:
            last = step
    return at + outward * last


def _join(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start_s - joined[-1].end_s < _JOIN_GAP_S:
            joined[-1] = Span(joined[-1].start_s, max(joined[-1].end_s, span.end_s))
        else:
            joined.append(span)
    return joined
