"""Where in a stretch a vowel sounds: finer than where somebody speaks, and deaf to breath and hiss.

An um is a sustained vowel between two gaps. The model knows that it was said; this knows when.
"""

import numpy as np
import numpy.typing as npt

from rehearse.adapters.whisper.voice import Samples
from rehearse.recording import RATE_HZ
from rehearse.transcript import Span

_HOP = RATE_HZ // 100
_FRAME = RATE_HZ // 25  # holds two periods of the lowest voice
_LOWEST_HZ, _HIGHEST_HZ = 65, 400
_PERIODIC = 0.45
_BELOW_LOUD_DB = 28.0
_SHORTEST_S = 0.05
_CLOSURE_S = 0.05


def voiced_sounds(samples: Samples) -> tuple[Span, ...]:
    """The sounds with a pitch, in seconds, in order and apart from each other."""
    if samples.size < _FRAME:
        return ()
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_HOP]
    loudness_db = 10 * np.log10(np.maximum((frames**2).mean(axis=1, dtype=np.float64), 1e-10))
    is_loud = loudness_db > np.percentile(loudness_db, 95) - _BELOW_LOUD_DB
    return tuple(_spans(is_loud & (_periodicity(frames) > _PERIODIC)))


def _periodicity(frames: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """How much each frame resembles itself one period of a voice later, up to 1."""
    centred = frames - frames.mean(axis=1, keepdims=True)
    correlation = np.fft.irfft(np.abs(np.fft.rfft(centred, 2 * _FRAME)) ** 2)
    correlation = correlation[:, : RATE_HZ // _LOWEST_HZ]
    compared = 1 - np.arange(correlation.shape[1]) / _FRAME  # a later copy overlaps with less
    likeness: npt.NDArray[np.float64] = correlation / compared
    likeness /= np.maximum(correlation[:, :1], 1e-9)
    best: npt.NDArray[np.float64] = likeness[:, RATE_HZ // _HIGHEST_HZ :].max(axis=1)
    return best


def _spans(is_voiced: npt.NDArray[np.bool_]) -> list[Span]:
    edges = np.flatnonzero(np.diff(is_voiced.astype(int), prepend=0, append=0))
    middle = (_FRAME - _HOP) // 2
    spans: list[Span] = []
    for first, last in (edges.reshape(-1, 2) * _HOP + middle).tolist():
        span = Span(first / RATE_HZ, last / RATE_HZ)
        if spans and span.start_s - spans[-1].end_s < _CLOSURE_S:
            spans[-1] = Span(spans[-1].start_s, span.end_s)
        else:
            spans.append(span)
    return [span for span in spans if span.duration_s >= _SHORTEST_S]
