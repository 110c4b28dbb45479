"""Silero's opinion on each 32 ms of a take, as the sound arrives: does somebody speak?"""

import numpy as np
import numpy.typing as npt
from faster_whisper.vad import get_vad_model

from rehearse.adapters.whisper.growing import Growing
from rehearse.recording import FULL_SCALE, RATE_HZ, SAMPLE_BYTES

Samples = npt.NDArray[np.float32]
"""Mono sound at RATE_HZ, -1 to 1."""
Voice = npt.NDArray[np.float32]
"""The probability of a voice in each window."""

WINDOW_SAMPLES = 512
WINDOW_S = WINDOW_SAMPLES / RATE_HZ
_CONTEXT_SAMPLES = 64  # what Silero remembers of the window before
# Windows are asked for in blocks of one size, so that the same sound has the same voice to the
# last bit, in whatever pieces it arrives.
_BLOCK_SAMPLES = 4 * WINDOW_SAMPLES


class VoiceDetector:
    """Follows one take."""

    def __init__(self) -> None:
        self._session = get_vad_model().session
        self._memory = {name: np.zeros((1, 1, 128), np.float32) for name in "hc"}
        self._context = np.zeros(_CONTEXT_SAMPLES, np.float32)
        self._heard = Growing(np.float32)
        self._samples = 0

    def follow(self, samples: Samples) -> Voice:
        """The voice in these samples, of which those of the last call are the beginning; not yet in
        the last eighth of a second.
        """
        while samples.size - self._samples >= _BLOCK_SAMPLES:
            self._hear(samples[self._samples : self._samples + _BLOCK_SAMPLES])
        return self._heard.values

    def finish(self, samples: Samples) -> Voice:
        """The voice in the whole take."""
        self.follow(samples)
        rest = samples[self._samples :]
        if rest.size:
            self._hear(np.pad(rest, (0, -rest.size % WINDOW_SAMPLES)))
        return self.follow(samples)

    def _hear(self, block: Samples) -> None:
        windows = block.reshape(-1, WINDOW_SAMPLES)
        context = np.vstack([self._context, windows[:-1, -_CONTEXT_SAMPLES:]])
        heard, self._memory["h"], self._memory["c"] = self._session.run(
            None, {"input": np.hstack([context, windows]), **self._memory}
        )
        self._context = windows[-1, -_CONTEXT_SAMPLES:]
        self._heard.add(heard.reshape(-1))
        self._samples += block.size


def samples_of(sound: bytes) -> Samples:
    """These 16-bit samples; one that a copy has cut in two is left out."""
    whole = len(sound) // SAMPLE_BYTES
    return np.frombuffer(sound, "<i2", whole).astype(np.float32) / np.float32(FULL_SCALE)


def find_voice(samples: Samples) -> Voice:
    """The voice in a whole take."""
    return VoiceDetector().finish(samples)
