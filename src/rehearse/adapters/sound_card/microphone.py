"""A microphone that puts what it hears on disk while it is being said."""

import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import msgspec
import numpy as np
import soxr

from rehearse.adapters.sound_card.devices import (
    Device,
    closed_in_time,
    find_input,
    input_devices,
    started,
    usable_rate_hz,
)
from rehearse.adapters.sound_card.losses import LossCounter
from rehearse.errors import DeviceLostError, MissingError
from rehearse.recording import FULL_SCALE, RATE_HZ, SAMPLE_BYTES, Moment, TakeWriter, peak_db

_BLOCK_S = 0.05
_LATENCY_S = 0.2
"""How much the sound card holds for us while the machine is busy."""
_PATIENCE_S = 4.0
"""A headset that changes to its speaking profile may need three seconds for its first sample."""
_LOOK_EVERY_S = 0.25
_SEARCH_S = 1.5
"""How long another device is looked for: systems need a moment to notice that one has gone."""
_CLIPPED_SAMPLES = 3
"""One sample at full scale can be chance; several in a twentieth of a second are a wave cut off."""


class Microphone:
    """Records answers from one device, and from another where that one goes away.

    Raises MissingError where there is no such device, or none at all.
    """

    def __init__(self, device: str | None = None) -> None:
        self.device = find_input(device)

    @property
    def name(self) -> str:
        return self.device.name

    def has(self, section: str) -> bool:
        """A candidate can answer anything."""
        return bool(section)

    def record(self, section: str, take: Path) -> Generator[Moment]:  # noqa: ARG002 - part of the port
        """Writes what is heard to `take` until it is closed, then everything heard up to then.

        Where the device goes away or delivers nothing any more, the take goes on with another, and
        the next moment tells so. Raises MissingError where no device can be opened, before there is
        a take, and DeviceLostError where none is left, when the take is complete.
        """
        return self._record_at(usable_rate_hz(self.device, "input", RATE_HZ), take)

    def _record_at(self, rate_hz: int, take: Path) -> Generator[Moment]:
        capture = Capture(self.device, rate_hz)
        losses = LossCounter()
        news: str | None = None
        with TakeWriter(take) as writer:
            while True:
                try:
                    yield from _heard(capture, _Intake(writer, losses, capture.rate_hz), news)
                except DeviceLostError as loss:
                    lost = self.device.name
                    capture = self._successor(loss)
                    news = f'{_lost(lost)} Go on: "{self.device.name}" is listening now.'

    def _successor(self, loss: DeviceLostError) -> "Capture":
        """Any device that delivers sound: the usual one first, the one that was lost last.

        Of those that were there at the start: looking anew would end PortAudio, which crashes while
        a device that was unplugged is still being closed.
        """
        lost = self.device.name
        known = sorted(input_devices(), key=lambda d: (d.name == lost, not d.is_default))
        give_up_s = time.monotonic() + _SEARCH_S
        while True:
            for device in known:
                if capture := _delivering(device):
                    self.device = device
                    return capture
            if time.monotonic() > give_up_s:
                raise loss
            time.sleep(_LOOK_EVERY_S)


def _delivering(device: Device) -> "Capture | None":
    """The device at work; None where it cannot be opened or delivers nothing."""
    with suppress(MissingError):
        capture = Capture(device, usable_rate_hz(device, "input", RATE_HZ))
        if capture.delivers():
            return capture
        capture.close()
    return None


def _heard(capture: "Capture", intake: "_Intake", news: str | None) -> Generator[Moment]:
    """Everything that this device delivers until it is lost, or nobody wants more."""
    try:
        while True:
            yield intake.add(capture.next(), news)
            news = None
    finally:
        for block in capture.rest():
            intake.add(block)
        intake.finish()
        capture.close()


def _lost(name: str) -> str:
    return f'The microphone "{name}" went away or fell silent. What you said until then is kept.'


class Block(msgspec.Struct, frozen=True):
    samples: bytes
    arrived_s: float
    overflowed: bool


class Capture:
    """Sound as it comes from a device. It waits in a queue, however long its reader takes."""

    def __init__(self, device: Device, rate_hz: int) -> None:
        """Begins at once. Raises MissingError where the device cannot be opened."""
        self.rate_hz = rate_hz
        self._device = device
        self._arrived: SimpleQueue[Block] = SimpleQueue()
        self._stream = started(
            device,
            "input",
            samplerate=rate_hz,
            blocksize=round(_BLOCK_S * rate_hz),
            latency=_LATENCY_S,
            callback=self._take_in,
        )

    def close(self) -> None:
        closed_in_time(self._stream.close)

    def delivers(self) -> bool:
        """Whether a block arrives in time."""
        give_up_s = time.monotonic() + _PATIENCE_S
        while self._arrived.empty() and self._stream.active and time.monotonic() < give_up_s:
            time.sleep(_BLOCK_S)
        return not self._arrived.empty()

    def next(self) -> Block:
        """Waits for a block. Raises DeviceLostError where none will come."""
        with suppress(Empty):
            return self._arrived.get(timeout=_BLOCK_S)
        if self.delivers():
            return self._arrived.get()
        raise DeviceLostError(
            f"{_lost(self._device.name)} Plug it in again, or go on with another: `--input-device`."
        )

    def rest(self) -> Iterator[Block]:
        """Stops, and hands over what was still under way through the sound card."""
        if self._stream.active:
            time.sleep(self._stream.latency)
        closed_in_time(self._stream.stop)
        while not self._arrived.empty():
            yield self._arrived.get()

    def _take_in(self, samples: Any, _frames: int, _times: Any, status: Any) -> None:
        """Runs in the sound card's thread, which must never wait for a disk or a screen."""
        self._arrived.put(Block(bytes(samples), time.monotonic(), bool(status.input_overflow)))


class _Intake:
    """Blocks at the device's rate → samples of the take, and how the recording stands."""

    def __init__(self, writer: TakeWriter, losses: LossCounter, rate_hz: int) -> None:
        self._writer = writer
        self._rate_hz = rate_hz
        self._losses = losses
        self._resampler = (
            None if rate_hz == RATE_HZ else soxr.ResampleStream(rate_hz, RATE_HZ, 1, dtype="int16")
        )

    def add(self, block: Block, news: str | None = None) -> Moment:
        self._writer.write(self._resampled(block.samples))
        duration_s = len(block.samples) / (SAMPLE_BYTES * self._rate_hz)
        self._losses.arrived(block.arrived_s, duration_s, overflowed=block.overflowed)
        return Moment(
            elapsed_s=self._writer.elapsed_s,
            peak_db=peak_db(block.samples),
            clipped=_is_clipped(block.samples),
            lost_samples=self._losses.lost_samples(RATE_HZ),
            news=news,
        )

    def finish(self) -> None:
        self._writer.write(self._resampled(b"", last=True))

    def _resampled(self, samples: bytes, *, last: bool = False) -> bytes:
        if self._resampler is None:
            return samples
        chunk = np.frombuffer(samples, np.int16)
        return bytes(self._resampler.resample_chunk(chunk, last=last))


def _is_clipped(samples: bytes) -> bool:
    magnitudes = np.abs(np.frombuffer(samples, np.int16).astype(np.int32))
    return int(np.count_nonzero(magnitudes >= FULL_SCALE - 1)) >= _CLIPPED_SAMPLES
