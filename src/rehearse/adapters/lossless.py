"""Takes as FLAC: about half as large, and not a sample different."""

import contextlib
import os
import wave
from pathlib import Path

from rehearse.adapters.sound_files import read_sound
from rehearse.errors import BadInputError, DiskError, RehearseError
from rehearse.recording import RATE_HZ, SAMPLE_BYTES

_BLOCK_BYTES = 4096 * SAMPLE_BYTES
_HEADER_BYTES = 44


def compress(take: Path) -> Path:
    """Writes the take as FLAC beside it, reads that back and compares every sample.

    The take itself stays. Raises BadInputError where it cannot be read or would come out different,
    DiskError where the disk refuses; then no FLAC is left.
    """
    flac = take.with_suffix(".flac")
    samples = _samples(take)
    if _holds(flac, samples):
        return flac  # somebody was interrupted after this
    part = flac.with_suffix(".part")
    try:
        _encode(part, samples)
        if not _holds(part, samples):
            raise BadInputError(f"{take}: as FLAC it would not be the same. It stays as it is.")
        recorded_ns = take.stat().st_mtime_ns
        os.utime(part, ns=(recorded_ns, recorded_ns))
        part.replace(flac)
    except OSError as error:
        raise DiskError(
            f"{flac}: writing failed: {error.strerror}. Free some space; the take stays as it is."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    return flac


def _samples(take: Path) -> bytes:
    """All of them, or none: a file that holds more or less than its header says is left alone."""
    try:
        with wave.open(str(take), "rb") as wav:
            if wav.getparams()[:3] == (1, SAMPLE_BYTES, RATE_HZ):
                size = wav.getnframes() * SAMPLE_BYTES
                if size == take.stat().st_size - _HEADER_BYTES:
                    return wav.readframes(wav.getnframes())
    except (OSError, EOFError, wave.Error):
        pass
    raise BadInputError(f"{take}: this is not a take as rehearse writes it. It stays as it is.")


def _encode(file: Path, samples: bytes) -> None:
    import av

    with av.open(str(file), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE_HZ, layout="mono")
        for start in range(0, len(samples), _BLOCK_BYTES):
            block = samples[start : start + _BLOCK_BYTES]
            frame = av.AudioFrame("s16", "mono", len(block) // SAMPLE_BYTES)
            frame.sample_rate = RATE_HZ
            frame.pts = start // SAMPLE_BYTES
            plane = frame.planes[0]
            plane.update(block.ljust(plane.buffer_size, b"\0"))
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _holds(flac: Path, samples: bytes) -> bool:
    try:
        return flac.is_file() and read_sound(flac) == samples
    except RehearseError:
        return False
