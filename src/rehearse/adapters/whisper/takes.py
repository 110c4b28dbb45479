"""Takes read from the disk: whole, or as far as they have been recorded."""

import wave
from pathlib import Path

import numpy as np

from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper.growing import Growing
from rehearse.adapters.whisper.voice import Samples, samples_of
from rehearse.errors import BadInputError
from rehearse.recording import RATE_HZ

NOT_A_TAKE = (BadInputError, OSError, EOFError, wave.Error, ValueError)
"""What reading raises; a BadInputError says of itself where and why."""


def read_take(path: Path) -> Samples:
    """The samples of a take. Raises one of NOT_A_TAKE where it cannot be read."""
    if path.suffix == ".flac":
        return samples_of(read_sound(path))
    with _opened(path) as wav:
        return samples_of(wav.readframes(wav.getnframes()))


class GrowingTake:
    """A take that is being recorded."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._samples = Growing(np.float32)

    def read(self) -> Samples:
        """All of it so far, though only what is new is read. Raises one of NOT_A_TAKE as long as it
        is not there.
        """
        known = self._samples.values.size
        with _opened(self.path) as wav:
            wav.setpos(known)
            self._samples.add(samples_of(wav.readframes(wav.getnframes() - known)))
        return self._samples.values


def _opened(path: Path) -> wave.Wave_read:
    wav = wave.open(str(path), "rb")  # noqa: SIM115 - closed by whoever asks
    if (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) != (1, 2, RATE_HZ):
        wav.close()
        raise ValueError(f"not 16-bit mono at {RATE_HZ} Hz")
    return wav
