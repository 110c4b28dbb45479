"""Old takes made smaller. At every moment each take is on disk as a whole, and the session's
document names a file that is there.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from rehearse import shelves
from rehearse.adapters.lossless import compress
from rehearse.errors import BadInputError
from rehearse.feedback.section import Section


class Large(msgspec.Struct, frozen=True):
    """A take that can be made smaller."""

    session_id: str
    take: Path
    size_bytes: int


class Tidied(msgspec.Struct, frozen=True):
    """One that was; the trouble, and its old size, where it stays as it is."""

    size_bytes: int
    trouble: BadInputError | None = None


def large_takes(recorded_before: datetime) -> Iterator[Large]:
    """The uncompressed takes of finished sessions."""
    folders = shelves.session_folders()
    unfinished = set(folders.unfinished())
    for session_id in folders.finished():
        for take in folders.takes(session_id):
            facts = take.stat()
            is_old = facts.st_mtime <= recorded_before.timestamp()
            if take.suffix == ".wav" and is_old and session_id not in unfinished:
                yield Large(session_id, take, facts.st_size)


def tidy(large: Large) -> Tidied:
    """Compresses the take, has the session name the new file, and only then removes the old one.

    Raises DiskError where the disk refuses.
    """
    folders = shelves.session_folders()
    try:
        session = folders.load(large.session_id)
        flac = compress(large.take)
    except BadInputError as trouble:
        return Tidied(large.size_bytes, trouble)
    old, new = f"takes/{large.take.name}", f"takes/{flac.name}"
    sections = tuple(_with_audio(section, old, new) for section in session.sections)
    renamed = msgspec.structs.replace(session, sections=sections)
    if renamed != session:
        folders.save(large.session_id, renamed)
    large.take.unlink()
    return Tidied(flac.stat().st_size)


def _with_audio(section: Section, old: str, new: str) -> Section:
    """The steps of an answer told in one go lie in its take."""
    steps = tuple(_with_audio(step, old, new) for step in section.steps)
    audio = new if section.audio == old else section.audio
    return msgspec.structs.replace(section, audio=audio, steps=steps)
