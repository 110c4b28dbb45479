"""Sound, and an answer captured as sound: 16-bit mono samples and the WAV file they are kept in."""

import math
import os
import wave
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

RATE_HZ = 16_000
"""Every take is kept at this rate, the one that speech recognition works with."""
SAMPLE_BYTES = 2
FULL_SCALE = 32_768
SILENCE_DB = -120.0
_FLUSH_SECONDS = 0.1


class Moment(msgspec.Struct, frozen=True):
    """One step of a recording under way."""

    elapsed_s: float
    """Seconds of sound in the take so far."""
    peak_db: float
    """The loudest sample since the last moment, in dB below full scale; -120 for none."""
    clipped: bool = False
    lost_samples: int = 0
    """Samples that the device dropped since the take began."""
    news: str | None = None
    """What the candidate should know about the microphone from here on."""


def seconds_of(samples: bytes) -> float:
    """How long these 16-bit mono samples at RATE_HZ last."""
    return len(samples) / (SAMPLE_BYTES * RATE_HZ)


def peak_db(samples: bytes) -> float:
    """The loudest of these 16-bit samples, in dB below full scale; -120 for silence."""
    values = memoryview(samples).cast("h")
    peak = max(max(values, default=0), -min(values, default=0))
    return 20 * math.log10(peak / FULL_SCALE) if peak else SILENCE_DB


def holds_sound(take: Path) -> bool:
    """Whether there is sound in this take that can be played."""
    if take.suffix == ".flac":
        return _flac_samples(take) > 0
    try:
        with wave.open(str(take), "rb") as wav:
            is_take = wav.getparams()[:3] == (1, SAMPLE_BYTES, RATE_HZ)
            return is_take and len(wav.readframes(1)) > 0
    except (OSError, EOFError, wave.Error):
        return False


def _flac_samples(take: Path) -> int:
    """How many samples the file says that it holds; see RFC 9639, 8.2."""
    try:
        with take.open("rb") as opened:
            head = opened.read(26)
    except OSError:
        return 0
    is_flac = head.startswith(b"fLaC") and len(head) == 26  # noqa: PLR2004
    return int.from_bytes(head[18:], "big") & 0xF_FFFF_FFFF if is_flac else 0


class TakeWriter:
    """Appends samples to a WAV file whose header is valid from the start, and again ten times a
    second, so that what was said survives whatever happens to the process, and is there to be
    transcribed at once.

    Raises OSError where the disk refuses.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._wav = wave.open(self._file, "wb")  # noqa: SIM115 - closed by __exit__
        self._wav.setnchannels(1)
        self._wav.setsampwidth(SAMPLE_BYTES)
        self._wav.setframerate(RATE_HZ)
        self._elapsed_s = 0.0
        self._flush()

    @property
    def elapsed_s(self) -> float:
        """Seconds of sound so far; the time base of everything said about the take."""
        return self._elapsed_s

    def write(self, samples: bytes) -> None:
        """Appends 16-bit little-endian mono samples."""
        self._wav.writeframesraw(samples)
        self._elapsed_s += seconds_of(samples)
        if self._elapsed_s - self._flushed_s >= _FLUSH_SECONDS:
            self._flush()

    def _flush(self) -> None:
        self._wav.writeframes(b"")  # this is how the header learns what there is
        self._file.flush()
        self._flushed_s = self._elapsed_s

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._file:
            self._wav.close()
            self._file.flush()
            os.fsync(self._file.fileno())
