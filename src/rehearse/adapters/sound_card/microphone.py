"""A microphone that puts what it hears on disk while it is being said."""

import time
from collections.abc import Generator, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self

import msgspec
import numpy as np
import soxr

from rehearse.adapters.sound_card.devices import (
    Device,
    closed_in_time,
    find_input,
    started,
    usable_rate_hz,
)
from rehearse.adapters.sound_card.losses import LossCounter
from rehearse.errors import DeviceLostError
from rehearse.recording import FULL_SCALE, RATE_HZ, SAMPLE_BYTES, Moment, TakeWriter, peak_db

_BLOCK_S = 0.05
_LATENCY_S = 0.2
"""How much the sound card holds for us while the machine is busy."""
_PATIENCE_S = 4.0
"""A headset that changes to its speaking profile may need three seconds for its first sample."""
_LOOK_EVERY_S = 0.25
_CLIPPED_SAMPLES = 3
"""One sample at full scale can be chance; several in a twentieth of a second are a wave cut off."""


class Microphone:
    """Records answers from one device.

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

        Raises MissingError where the device cannot be opened, before there is a take, and
        DeviceLostError where it goes away or delivers nothing any more, when the take is complete.
        """
        return self._record_at(usable_rate_hz(self.device, "input", RATE_HZ), take)

    def _record_at(self, rate_hz: int, take: Path) -> Generator[Moment]:
        with Capture(self.device, rate_hz) as capture, TakeWriter(take) as writer:
            intake = _Intake(writer, rate_hz)
            try:
                while True:
                    yield intake.add(capture.next())
            finally:
                for block in capture.rest():
                    intake.add(block)
                intake.finish()


class Block(msgspec.Struct, frozen=True):
    samples: bytes
    arrived_s: float
    overflowed: bool


class Capture:
    """Sound as it comes from a device. It waits in a queue, however long its reader takes."""

    def __init__(self, device: Device, rate_hz: int) -> None:
        self._device = device
        self._rate_hz = rate_hz
        self._arrived: SimpleQueue[Block] = SimpleQueue()

    def __enter__(self) -> Self:
        self._stream = started(
            self._device,
            "input",
            samplerate=self._rate_hz,
            blocksize=round(_BLOCK_S * self._rate_hz),
            latency=_LATENCY_S,
            callback=self._take_in,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        closed_in_time(self._stream.close)

    def next(self) -> Block:
        """Waits for a block. Raises DeviceLostError where none will come."""
        give_up_s = time.monotonic() + _PATIENCE_S
        while time.monotonic() < give_up_s:
            try:
                return self._arrived.get(timeout=_LOOK_EVERY_S)
            except Empty:
                if not self._stream.active:
                    break
        raise DeviceLostError(
            f'The microphone "{self._device.name}" went away or fell silent. What you said until '
            "then is kept. Plug it in again, or go on with another: `--input-device`."
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

    def __init__(self, writer: TakeWriter, rate_hz: int) -> None:
        self._writer = writer
        self._rate_hz = rate_hz
        self._losses = LossCounter()
        self._resampler = (
            None if rate_hz == RATE_HZ else soxr.ResampleStream(rate_hz, RATE_HZ, 1, dtype="int16")
        )

    def add(self, block: Block) -> Moment:
        self._writer.write(self._resampled(block.samples))
        duration_s = len(block.samples) / (SAMPLE_BYTES * self._rate_hz)
        self._losses.arrived(block.arrived_s, duration_s, overflowed=block.overflowed)
        return Moment(
            elapsed_s=self._writer.elapsed_s,
            peak_db=peak_db(block.samples),
            clipped=_is_clipped(block.samples),
            lost_samples=self._losses.lost_samples(RATE_HZ),
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
