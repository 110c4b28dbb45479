"""Sound files in the microphone's place: DIR/situation.wav, DIR/task.flac, DIR/probe-1.mp3 ..."""

import os
from collections.abc import Generator, Iterable
from pathlib import Path

from rehearse.adapters.sound_files import read_sound
from rehearse.errors import BadInputError
from rehearse.recording import RATE_HZ, SAMPLE_BYTES, Moment, TakeWriter, peak_db

_BLOCK_BYTES = RATE_HZ * SAMPLE_BYTES // 10
_PREFERRED = (".wav", ".flac", ".opus", ".ogg", ".mp3", ".m4a")


class RecordedAnswers:
    """Plays each section's file from a folder, as fast as it can be written."""

    def __init__(self, folder: Path) -> None:
        if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises for names too long
            raise BadInputError(f"{folder}: there is no such folder of recorded answers.")
        self._folder = folder
        self._samples: dict[str, bytes] = {}

    @property
    def name(self) -> str:
        return str(self._folder)

    def has(self, section: str) -> bool:
        return self._file(section) is not None

    def load(self, sections: Iterable[str]) -> None:
        """Reads these sections' files now, so that nothing can go wrong half-way through.

        Raises BadInputError with a line for each file that is missing or no sound.
        """
        problems = []
        for section in dict.fromkeys(sections):
            try:
                self._samples[section] = self._read(section)
            except BadInputError as error:
                problems.append(str(error))
        if problems:
            raise BadInputError("\n".join(problems))

    def record(self, section: str, take: Path) -> Generator[Moment]:
        samples = self._samples.pop(section, None) or self._read(section)
        with TakeWriter(take) as writer:
            for start in range(0, len(samples), _BLOCK_BYTES):
                block = samples[start : start + _BLOCK_BYTES]
                writer.write(block)
                yield Moment(writer.elapsed_s, peak_db(block))

    def _read(self, section: str) -> bytes:
        file = self._file(section)
        if file is None:
            raise BadInputError(
                f"{self._folder}: there is no answer for {section} here. Record it as "
                f"{section}.wav (.flac, .opus, .ogg, .mp3 and .m4a work too)."
            )
        return read_sound(file)

    def _file(self, section: str) -> Path | None:
        candidates = (self._folder / f"{section}{suffix}" for suffix in _PREFERRED)
        return next((file for file in candidates if file.is_file()), None)
