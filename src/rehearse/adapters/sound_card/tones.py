"""Soft tones that tell how far an answer has come, for those who do not look at the clock."""

import math
import wave
from array import array
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event as Flag
from threading import Thread
from typing import Self

from rehearse.adapters.sound_card.loudspeaker import Loudspeaker
from rehearse.errors import RehearseError
from rehearse.events import Event, LimitPassed, TargetNear, TargetPassed
from rehearse.recording import FULL_SCALE, RATE_HZ, SAMPLE_BYTES

_PITCH_HZ = 523.25  # C5: clear on small loudspeakers, and no alarm
_TONE_S = 0.15
_LOUDNESS_DB = -26.0
_TONES: dict[type, int] = {TargetNear: 1, TargetPassed: 2, LimitPassed: 3}


class Tones:
    """One tone at four fifths of the target, two at the target, three at the limit.

    A context manager: leaving it silences what still sounds. Trouble with the loudspeaker is none
    here: the screen says the same.
    """

    def __init__(self, loudspeaker: Loudspeaker) -> None:
        self._loudspeaker = loudspeaker
        self._is_left = Flag()
        self._sounding: list[Thread] = []

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="rehearse-")
        for count in _TONES.values():
            _write(self._file(count), count)
        return self

    def __exit__(self, *_: object) -> None:
        self._is_left.set()
        for thread in self._sounding:
            thread.join()
        self._folder.cleanup()

    def hear(self, event: Event) -> None:
        """Returns at once; the tone sounds meanwhile."""
        if count := _TONES.get(type(event)):
            thread = Thread(target=self._sound, args=(count,), daemon=True)
            self._sounding.append(thread)
            thread.start()

    def _sound(self, count: int) -> None:
        with suppress(RehearseError):
            self._loudspeaker.play(self._file(count), self._is_left)

    def _file(self, count: int) -> Path:
        return Path(self._folder.name) / f"{count}.wav"


def _write(file: Path, count: int) -> None:
    tone = _tone()
    rest = array("h", bytes(len(tone) * SAMPLE_BYTES))
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(SAMPLE_BYTES)
        wav.setframerate(RATE_HZ)
        wav.writeframes(((tone + rest) * count).tobytes())


def _tone() -> "array[int]":
    """A sine that swells and fades, so that it does not click."""
    samples = round(_TONE_S * RATE_HZ)
    peak = FULL_SCALE * 10 ** (_LOUDNESS_DB / 20)
    return array(
        "h",
        (
            round(
                peak
                * math.sin(math.pi * n / samples)
                * math.sin(2 * math.pi * _PITCH_HZ * n / RATE_HZ)
            )
            for n in range(samples)
        ),
    )
