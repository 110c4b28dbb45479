"""Any sound file that FFmpeg knows → mono samples at the rate of our takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rehearse.errors import BadInputError
from rehearse.recording import RATE_HZ, seconds_of

if TYPE_CHECKING:
    from av.container import InputContainer

_LAST_STRICT_PYAV = 18
_MISSING_S = 0.5
_MISSING_SHARE = 0.02
_UNKNOWN_RIFF_BYTES = 0x7FFF_0000
_OGG_PAGE = b"OggS"
_OGG_TAIL_BYTES = 70_000
_OGG_END_OF_STREAM = 0x04


def read_sound(file: Path) -> bytes:
    """16-bit mono samples at RATE_HZ of the file's first audio track, whatever its format.

    Raises BadInputError where the file is missing, empty, no sound, or cut off.
    """
    import av  # a tenth of a second, which a rehearsal with a microphone need not wait for

    try:
        if file.stat().st_size == 0:
            raise BadInputError(f"{file}: this file is empty. Record it again, or name another.")
        with av.open(str(file), **_lenient(av.__version__)) as container:
            if not container.streams.audio:
                raise BadInputError(f"{file}: there is no sound in this file.")
            samples = b"".join(_resampled(container))
            declared_s = _declared_s(container, file)
    except FileNotFoundError:
        raise BadInputError(f"{file}: there is no such file.") from None
    except IsADirectoryError:
        raise BadInputError(f"{file}: this is a folder. Name the sound file inside it.") from None
    except (av.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInputError(
            f"{file}: this is not a sound file that can be read ({reason}). "
            "WAV, FLAC, MP3, M4A, Ogg and Opus work."
        ) from None
    _refuse_cut_off(file, seconds_of(samples), declared_s)
    return samples


def _lenient(version: str) -> dict[str, Any]:
    """Up to PyAV 18 a badly written title was an error; with 19 argument and error are gone."""
    is_strict = int(version.partition(".")[0]) <= _LAST_STRICT_PYAV
    return {"metadata_errors": "ignore"} if is_strict else {}


def _resampled(container: "InputContainer") -> Iterator[bytes]:
    from av.audio.resampler import AudioResampler

    resampler = AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    for frame in container.decode(audio=0):
        for resampled in resampler.resample(frame):
            yield bytes(resampled.planes[0])[: resampled.samples * 2]
    for resampled in resampler.resample(None):
        yield bytes(resampled.planes[0])[: resampled.samples * 2]


def _declared_s(container: "InputContainer", file: Path) -> float | None:
    """How long the file says that it is, where it does."""
    import av

    stream = container.streams.audio[0]
    riff_bytes = _riff_bytes(file)
    if riff_bytes and stream.bit_rate:
        return riff_bytes * 8 / stream.bit_rate
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def _riff_bytes(file: Path) -> int | None:
    """What a WAV file's header says of its size; None for other files, and for streams that were
    written before their size was known. (FFmpeg believes the disk instead.)
    """
    with file.open("rb") as opened:
        kind, size = opened.read(4), int.from_bytes(opened.read(4), "little")
    return size if kind == b"RIFF" and size < _UNKNOWN_RIFF_BYTES else None


def _refuse_cut_off(file: Path, read_s: float, declared_s: float | None) -> None:
    missing_s = (declared_s or 0.0) - read_s
    if declared_s and missing_s > max(_MISSING_S, declared_s * _MISSING_SHARE):
        raise BadInputError(
            f"{file}: this file is cut off: it should last {declared_s:.1f} s, but only "
            f"{read_s:.1f} s are there. Copy it again, or name another."
        )
    if _is_ogg_without_end(file):
        raise BadInputError(
            f"{file}: this file is cut off after {read_s:.1f} s. Copy it again, or name another."
        )


def _is_ogg_without_end(file: Path) -> bool:
    """Ogg says nowhere how long it is, but its last page is marked as the last."""
    with file.open("rb") as opened:
        if opened.read(4) != _OGG_PAGE:
            return False
        opened.seek(max(0, file.stat().st_size - _OGG_TAIL_BYTES))
        tail = opened.read()
    flags = tail[tail.rfind(_OGG_PAGE) + 5]
    return not flags & _OGG_END_OF_STREAM
