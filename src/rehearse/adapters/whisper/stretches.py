"""A take cut at pauses into stretches that can be decoded one by one, as the sound arrives.

Whether there is a cut depends on nothing that comes much later; so an answer that is followed while
it is spoken and one that is read from a file afterwards are cut in the same places.
"""

import msgspec
import numpy as np

from rehearse.adapters.whisper.voice import WINDOW_S, WINDOW_SAMPLES, Samples, Voice

_ONSET, _OFFSET = 0.3, 0.2
_SHORTEST_VOICE = round(0.1 / WINDOW_S)  # shorter bursts of probability are clicks
_ROOM = round(0.3 / WINDOW_S)  # soft starts and ends are no voice yet, but words need them
_LONGEST = round(26 / WINDOW_S)
_LONGEST_PAUSE, _SHORTEST_PAUSE = 2.0 / WINDOW_S, 0.2 / WINDOW_S
_SHORTEST_PAUSE_FROM = 12 / WINDOW_S
_SHARED = round(1 / WINDOW_S)
_SMOOTHED = 5


class Stretch(msgspec.Struct, frozen=True):
    """A part of a take, in samples."""

    start: int
    end: int
    joint: int | None = None
    """Where the next stretch takes over, if speech was cut: both hold the sound around it."""


class Cut(msgspec.Struct, frozen=True):
    """A take in stretches, as far as it has been spoken."""

    settled: tuple[Stretch, ...]
    """These stay as they are, whatever comes."""
    tail: Stretch | None
    """What would follow them if nothing came."""
    quiet_s: float
    """For how long nobody has spoken."""

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        return (*self.settled, self.tail) if self.tail else self.settled


class _Voiced(msgspec.Struct, frozen=True):
    """Windows, from the first in which a voice is heard to the one after the last."""

    start: int
    end: int
    voiced: int
    follows_joint: bool
    joint: int | None = None

    @property
    def pause_that_ends_it(self) -> int:
        """The longer a stretch has become, the shorter a pause will do."""
        share = min((self.end - self.start) / _SHORTEST_PAUSE_FROM, 1.0)
        return round(_LONGEST_PAUSE + share * (_SHORTEST_PAUSE - _LONGEST_PAUSE))


class Cutter:
    """Cuts one take, given more of it each time."""

    def __init__(self) -> None:
        self._settled: list[Stretch] = []
        self._now: _Voiced | None = None
        self._is_voiced = False
        self._windows = 0
        self._voice_ended = 0

    def follow(self, samples: Samples, voice: Voice) -> Cut:
        """`voice` is that of the beginning of `samples`, or of all of them; both begin with those of
        the last call.
        """
        for probability in voice[self._windows :].tolist():
            self._hear(probability, samples)
        tail, voice_ended = None, self._voice_ended
        if self._now:
            tail = _stretch(self._now, voice_ended, samples.size)
            voice_ended = self._now.end
        quiet_s = (self._windows - voice_ended) * WINDOW_S
        return Cut(tuple(self._settled), tail, quiet_s)

    def _hear(self, probability: float, samples: Samples) -> None:
        window, now = self._windows, self._now
        self._windows += 1
        self._is_voiced = probability >= (_OFFSET if self._is_voiced else _ONSET)
        if self._is_voiced:
            now = now or _Voiced(window, window, 0, follows_joint=False)
            now = _Voiced(now.start, window + 1, now.voiced + 1, now.follows_joint)
        elif now and window + 1 - now.end >= now.pause_that_ends_it:
            self._settle(now, samples)
            now = None
        if now and window + 1 - now.start >= _LONGEST:
            joint = _quietest(samples, now.start + _LONGEST // 2, window + 1 - _SHARED)
            self._settle(_Voiced(now.start, joint, now.voiced, now.follows_joint, joint), samples)
            now = _Voiced(joint, max(now.end, joint), window + 1 - joint, follows_joint=True)
        self._now = now

    def _settle(self, voiced: _Voiced, samples: Samples) -> None:
        if stretch := _stretch(voiced, self._voice_ended, samples.size):
            self._settled.append(stretch)
        self._voice_ended = voiced.end


def cut(samples: Samples, voice: Voice) -> Cut:
    """Raises nothing; `voice` is that of the beginning of `samples`, or of all of them."""
    return Cutter().follow(samples, voice)


def _quietest(samples: Samples, first: int, last: int) -> int:
    """The window between these two around which there is least sound."""
    sound = samples[first * WINDOW_SAMPLES : last * WINDOW_SAMPLES].reshape(-1, WINDOW_SAMPLES)
    loudness = np.convolve((sound**2).mean(axis=1), np.ones(_SMOOTHED), mode="valid")
    return first + int(loudness.argmin()) + _SMOOTHED // 2


def _stretch(voiced: _Voiced, previous_end: int, size: int) -> Stretch | None:
    """With room around it; None where it is only a click."""
    if voiced.voiced < _SHORTEST_VOICE and not voiced.joint:
        return None
    before = _SHARED if voiced.follows_joint else min(_ROOM, (voiced.start - previous_end) // 2)
    after = _SHARED if voiced.joint else min(_ROOM, voiced.pause_that_ends_it // 2)
    return Stretch(
        start=max(voiced.start - before, 0) * WINDOW_SAMPLES,
        end=min((voiced.end + after) * WINDOW_SAMPLES, size),
        joint=voiced.joint and voiced.joint * WINDOW_SAMPLES,
    )
