"""Prompts as sound files: made once, kept in a cache, and prepared ahead."""

import contextlib
import hashlib
import threading
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from rehearse.adapters.voices.wav_files import holds_sound
from rehearse.errors import MissingError

_MOST_FILES = 200
_ATTEMPTS = 2


class Voice(Protocol):
    """Turns text into sound."""

    name: str
    identity: str

    def synthesize(self, text: str, wav: Path) -> None:
        """Writes `wav` whole or not at all; raises MissingError."""
        ...

    def close(self) -> None: ...


class SpokenPrompts:
    """A voice with a memory, the folder `folder`, which may be deleted at any time.

    A context manager: leaving it ends whatever is still being prepared.
    """

    def __init__(self, voice: Voice, folder: Path) -> None:
        self._voice = voice
        self._folder = folder
        self._preparing: dict[Path, Future[None]] = {}

    def prepare(self, text: str) -> None:
        """Begins to make the sound in the background; trouble is kept for `sound` to raise."""
        wav = self._place_of(text)
        if wav in self._preparing or holds_sound(wav):
            return
        self._preparing[wav] = Future()
        # A daemon: nobody who leaves should wait for a voice.
        threading.Thread(
            target=self._fulfil, args=(self._preparing[wav], text, wav), daemon=True
        ).start()

    def sound(self, text: str) -> Path:
        """The WAV file in which `text` is spoken, from the cache or made now.

        Raises MissingError with the voice's name and reason.
        """
        wav = self._place_of(text)
        if preparing := self._preparing.pop(wav, None):
            preparing.result()
        if not holds_sound(wav):
            self._make(text, wav)
        with contextlib.suppress(OSError):
            wav.touch()  # the least recently used are removed first
        return wav

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._voice.close()

    def _place_of(self, text: str) -> Path:
        key = f"{self._voice.identity}\n{text}".encode(errors="replace")
        return self._folder / f"{hashlib.sha256(key).hexdigest()}.wav"

    def _fulfil(self, future: Future[None], text: str, wav: Path) -> None:
        try:
            self._make(text, wav)
        except BaseException as error:  # noqa: BLE001 - it travels to whoever asks for the sound
            future.set_exception(error)
        else:
            future.set_result(None)

    def _make(self, text: str, wav: Path) -> None:
        for attempt in range(1, _ATTEMPTS + 1):
            self._make_room()
            try:
                self._voice.synthesize(text, wav)
            except MissingError:
                was_deleted_meanwhile = not self._folder.is_dir()
                if attempt == _ATTEMPTS or not was_deleted_meanwhile:
                    raise
            else:
                return

    def _make_room(self) -> None:
        """Sees to a folder that has room for one more file."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for old in sorted(self._folder.glob("*.wav"), key=_last_used_ns)[: -_MOST_FILES + 1]:
                old.unlink(missing_ok=True)
        except OSError as error:
            raise MissingError(
                f'The voice "{self._voice.name}" has no place for its sound: {self._folder}: '
                f"{error.strerror}. Choose another place with REHEARSE_HOME."
            ) from None


def _last_used_ns(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:  # removed meanwhile, by another rehearsal
        return 0
