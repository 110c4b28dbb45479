"""A loudspeaker that is silent again when it says that it is done."""

import wave
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import soxr

from rehearse.adapters.sound_card.devices import (
    closed_in_time,
    find_output,
    portaudio,
    started,
    usable_rate_hz,
)
from rehearse.errors import BadInputError, DeviceLostError

_LATENCY_S = 0.6
"""How much the sound card holds, so that speech goes on while the machine is busy with a model."""
_CHUNK_S = 0.05

Samples = np.ndarray[tuple[int], np.dtype[np.int16]]


class Loudspeaker:
    """Plays sound on one device.

    Raises MissingError where there is no such device, or none at all.
    """

    def __init__(self, device: str | None = None) -> None:
        self.device = find_output(device)

    def play(self, wav: Path, stop: Event | None = None) -> None:
        """Returns when the last sample has been heard, or at once where `stop` is set.

        Raises BadInputError where the file cannot be played, MissingError where the device cannot
        be opened, DeviceLostError where it goes away.
        """
        samples, own_rate_hz = _read_mono(wav)
        rate_hz = usable_rate_hz(self.device, "output", own_rate_hz)
        if rate_hz != own_rate_hz:
            samples = soxr.resample(samples, own_rate_hz, rate_hz)
        stream = started(self.device, "output", samplerate=rate_hz, latency=_LATENCY_S)
        chunk = round(_CHUNK_S * rate_hz)
        try:
            # Stopping drops what the card still holds (seen with ALSA), so as much silence as it
            # can hold pushes it out.
            behind = np.zeros(stream.write_available + chunk, np.int16)
            _write(stream, np.concatenate((samples, behind)), chunk, stop)
        except portaudio().PortAudioError:
            raise DeviceLostError(
                f'The loudspeaker "{self.device.name}" went away. Plug it in again, or go on with '
                "another: `--output-device`."
            ) from None
        finally:
            closed_in_time(stream.abort)
            closed_in_time(stream.close)


def _write(stream: Any, samples: Samples, chunk: int, stop: Event | None) -> None:
    for start in range(0, len(samples), chunk):
        if stop is not None and stop.is_set():
            return
        stream.write(samples[start : start + chunk].tobytes())


def _read_mono(wav: Path) -> tuple[Samples, int]:
    """The file's samples as one channel of 16 bits, and their rate."""
    try:
        with wave.open(str(wav), "rb") as opened:
            shape = opened.getparams()
            data = opened.readframes(shape.nframes)
    except (OSError, EOFError, wave.Error) as error:
        raise BadInputError(f"{wav}: this WAV file cannot be played ({error}).") from None
    if shape.sampwidth != np.dtype(np.int16).itemsize:
        raise BadInputError(
            f"{wav}: this WAV file cannot be played: its samples have {8 * shape.sampwidth} bits, "
            "and only 16 work."
        )
    frames = np.frombuffer(data, "<i2").reshape(-1, shape.nchannels)
    return frames.mean(axis=1).astype(np.int16), shape.framerate
