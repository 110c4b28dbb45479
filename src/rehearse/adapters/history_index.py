"""What many sessions have in common, kept in one file so that not all of them need be read.

The sessions are the truth. The index is compared with them each time, and whatever it lacks is read
anew; an index that is missing, damaged or not of this version is made anew as a whole.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from rehearse.errors import RehearseError
from rehearse.progress.sitting import Sitting, in_brief

if TYPE_CHECKING:
    from rehearse.session import Session

VERSION = 2
_DOCUMENT = "session.json"
_TAKES = "takes"
_FILE = "index.jsonl"
_MANY = 1000
"""Reading so many takes a second, in which nobody should wonder."""

Stamp = tuple[int, int, int]
"""When the document was written, how long it is, and when takes came or went."""


class _Head(msgspec.Struct, frozen=True):
    """The first line: all others are checked against it."""

    version: int
    crc32: int


class _Entry(msgspec.Struct, frozen=True, gc=False):
    stamp: Stamp
    sitting: Sitting


class _UnusableError(Exception):
    """The index cannot be used; the message says why, after "The index of sessions"."""


class HistoryIndex:
    """The sessions below `root` in brief; `load` reads one of them.

    `tell` is told, in one sentence each, what was made anew and which sessions cannot be read.
    """

    def __init__(
        self, root: Path, load: "Callable[[str], Session]", tell: Callable[[str], None]
    ) -> None:
        self._root = root
        self._file = root / _FILE
        self._load = load
        self._tell = tell

    def sittings(self) -> list[Sitting]:
        """All finished sessions that can be read, those that began first in front."""
        stamps = dict(self._stamps())
        known, remark = self._known()
        kept = {name: entry for name, entry in known.items() if stamps.get(name) == entry.stamp}
        fresh = [name for name in stamps if name not in kept]
        if len(fresh) >= _MANY:
            self._tell(f"Reading {len(fresh)} sessions; from the next time on they are known.")
        read = {name: entry for name in fresh if (entry := self._read(name, stamps[name]))}
        gone = len(known) - len(kept.keys() | (read.keys() & known.keys()))
        if read or gone:
            self._write({**kept, **read})
            self._tell(remark or _renewed(len(read), gone))
        entries = (*kept.values(), *read.values())
        return sorted((entry.sitting for entry in entries), key=lambda each: each.started_at)

    def _stamps(self) -> Iterator[tuple[str, Stamp]]:
        """Each finished session and what its index entry must have been made from."""
        if not self._root.is_dir():
            return
        with os.scandir(self._root) as folders:
            for folder in folders:
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                    document = os.stat(f"{folder.path}/{_DOCUMENT}")  # noqa: PTH116 - 10,000 times
                    yield folder.name, (document.st_mtime_ns, document.st_size, _takes(folder.path))

    def _known(self) -> tuple[dict[str, _Entry], str]:
        """What the index holds, and a remark where it holds nothing that can be used."""
        try:
            return {entry.sitting.id: entry for entry in _decoded(self._file.read_bytes())}, ""
        except FileNotFoundError:
            why = "was not there"
        except OSError as error:
            why = f"could not be read ({error.strerror})"
        except _UnusableError as error:
            why = str(error)
        return {}, f"The index of sessions {why}; it was made anew."

    def _read(self, session_id: str, stamp: Stamp) -> _Entry | None:
        """None, with a word about it, where the session cannot be read: the others still count."""
        changed_at = datetime.fromtimestamp(stamp[0] / 1e9, UTC)
        try:
            session = self._load(session_id)
            disk_bytes = _bytes_below(self._root / session_id)
            return _Entry(stamp, in_brief(session_id, session, changed_at, disk_bytes))
        except (RehearseError, OSError, ValueError, OverflowError) as error:
            self._tell(f"{error} It is left out here.")
            return None

    def _write(self, entries: dict[str, _Entry]) -> None:
        """The whole file or none of it. A disk that is full costs time, never the answer."""
        body = b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries.values())
        head = msgspec.json.encode(_Head(VERSION, crc32(body)))
        part = self._file.with_suffix(".part")
        try:
            part.write_bytes(head + b"\n" + body)
            part.replace(self._file)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink()
            self._tell(
                f"{self._file}: the index could not be kept ({error.strerror}); "
                "the sessions will be read again next time."
            )


def _decoded(data: bytes) -> list[_Entry]:
    head_line, _, body = data.partition(b"\n")
    try:
        head = msgspec.json.decode(head_line, type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _UnusableError("was damaged") from None
    if head.version != VERSION:
        age = "a newer" if head.version > VERSION else "an older"
        raise _UnusableError(f"was written by {age} rehearse")
    if head.crc32 != crc32(body):
        raise _UnusableError("was damaged or cut off")
    try:
        return msgspec.json.Decoder(_Entry).decode_lines(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _UnusableError("was damaged") from None


def _takes(folder: str) -> int:
    try:
        return os.stat(f"{folder}/{_TAKES}").st_mtime_ns  # noqa: PTH116 - 10,000 times
    except OSError:
        return 0


def _bytes_below(folder: Path) -> int:
    files = (Path(parent, name) for parent, _, names in os.walk(folder) for name in names)
    return sum(file.stat().st_size for file in files)


def _renewed(read: int, gone: int) -> str:
    facts = [f"{read} read anew"] if read else []
    facts += [f"{gone} no longer there"] if gone else []
    return f"Sessions: {', '.join(facts)}; the index is up to date."
