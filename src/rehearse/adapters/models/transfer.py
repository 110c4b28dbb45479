"""Model files on their way: how far they are, and whether their bytes are the right ones."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from rehearse.adapters.models.manifest import ModelFile
from rehearse.errors import BadInputError

CHUNK_BYTES = 1 << 16


class Progress(msgspec.Struct, frozen=True):
    """How far a source is with everything that it delivers, not with `file` alone.

    A `note` is for the user to read: why a source was given up.
    """

    doing: Literal["fetching", "unpacking", "checking"]
    source: str
    file: str
    done_bytes: int
    total_bytes: int | None
    note: str | None = None


OnProgress = Callable[[Progress], None]


class SourceError(Exception):
    """This source cannot deliver, and why. Another one may."""


class Part:
    """A file that grows from its first byte to its last, hashed as it grows."""

    def __init__(self, file: ModelFile, stream: BinaryIO, kept: Iterator[bytes]) -> None:
        self._file = file
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size_bytes = 0
        for chunk in kept:
            self._count(chunk)

    @property
    def is_full(self) -> bool:
        return self.size_bytes >= self._file.size_bytes

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def write(self, chunk: bytes) -> None:
        self._stream.write(chunk)
        self._count(chunk)

    def start_over(self) -> None:
        self._stream.seek(0)
        self._stream.truncate()
        self._hash = hashlib.sha256()
        self.size_bytes = 0

    def _count(self, chunk: bytes) -> None:
        self._hash.update(chunk)
        self.size_bytes += len(chunk)


@contextmanager
def open_part(folder: Path, file: ModelFile) -> Iterator[Part]:
    """What an earlier attempt has left of a file is taken up again."""
    path = part_path(folder, file)
    is_kept = 0 < size_of(path) <= file.size_bytes
    with path.open("ab" if is_kept else "wb") as stream:
        yield Part(file, stream, chunks_of(path) if is_kept else iter(()))
        stream.flush()
        os.fsync(stream.fileno())


def accept(folder: Path, file: ModelFile, found_sha256: str, source: str) -> None:
    """Gives a complete file its name, or deletes it where its bytes are not the right ones."""
    part = part_path(folder, file)
    if found_sha256 != file.sha256:
        part.unlink()
        raise BadInputError(
            f"{file.name} from {source} was refused: its bytes are not those of this model.\n"
            f"  expected SHA-256  {file.sha256}\n"
            f"  found             {found_sha256}\n"
            "It has been deleted. Something on the way changes what you download, such as the "
            "login page of a network or a faulty mirror. Try again from another network, or set "
            "HF_ENDPOINT to another mirror."
        )
    part.replace(folder / file.name)


def part_path(folder: Path, file: ModelFile) -> Path:
    return folder / f"{file.name}.part"


def size_of(path: Path) -> int:
    """0 where there is none."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0


def chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
