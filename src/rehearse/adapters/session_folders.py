"""Sessions as folders: `sessions/<id>/session.json`, and the takes beside it."""

import contextlib
import os
import re
import shutil
from datetime import datetime
from difflib import get_close_matches
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.errors import BadInputError, DiskError

if TYPE_CHECKING:
    from rehearse.booking import Progress
    from rehearse.session import Session

_DOCUMENT = "session.json"
_UNFINISHED = "unfinished.json"
PAGE = "page.html"
"""What a page in the session's own folder is called."""
_TAKES = "takes"
_SOUNDS = (".wav", ".flac")
_ID = re.compile(r"(?P<time>\d{8}-\d{6})-(?P<scenario>[a-z0-9-]+?)(?:\.\d+)?")


class SessionFolders:
    """The sessions below one folder, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def begin(self, progress: "Progress") -> str:
        """Makes the folder of a new session and notes it as unfinished; raises DiskError."""
        session_id = self.open(progress.booking.scenario.name, progress.started_at)
        self.note(session_id, progress)
        return session_id

    def open(self, scenario: str, began: datetime) -> str:
        """Makes the folder of a new session; raises DiskError."""
        wanted = f"{began:%Y%m%d-%H%M%S}-{scenario}"
        attempt = 1
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            while True:
                session_id = wanted if attempt == 1 else f"{wanted}.{attempt}"
                with contextlib.suppress(FileExistsError):
                    (self.root / session_id).mkdir()
                    (self.root / session_id / _TAKES).mkdir()
                    break
                attempt += 1
        except OSError as error:
            raise _disk_error(self.root, error) from None
        return session_id

    def note(self, session_id: str, progress: "Progress") -> None:
        from rehearse.booking import to_json

        _write(self.root / session_id / _UNFINISHED, to_json(progress))

    def next_take(self, session_id: str, section: str) -> Path:
        numbers = (self.take(session_id, f"{section}-{number}.wav") for number in count(1))
        return next(take for take in numbers if not take.exists())

    def take(self, session_id: str, name: str) -> Path:
        """Where the take lies: as FLAC, where only that is there."""
        take = self.root / session_id / _TAKES / name
        flac = take.with_suffix(".flac")
        return flac if flac.is_file() and not take.exists() else take

    def takes(self, session_id: str) -> list[Path]:
        """All sound of this session, also what no section counts."""
        folder = self.folder(session_id) / _TAKES
        return sorted(file for file in folder.glob("*") if file.suffix in _SOUNDS)

    def size_bytes(self, session_id: str) -> int:
        folder = self.folder(session_id)
        return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())

    def delete(self, session_id: str) -> None:
        """Removes the session with all its takes; raises DiskError where something stays."""
        folder = self.folder(session_id)
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise DiskError(
                f"{folder}: not all of it can be deleted: {error.strerror or error}. "
                "Close what uses it and try again, or delete the folder with any program."
            ) from None

    def save(self, session_id: str, session: "Session") -> None:
        """Keeps the document; a page beside it shows the one before, so it goes."""
        from rehearse.session import to_json

        _write(self.root / session_id / _DOCUMENT, to_json(session))
        with contextlib.suppress(OSError):
            (self.root / session_id / PAGE).unlink()

    def finish(self, session_id: str, session: "Session") -> None:
        self.save(session_id, session)
        with contextlib.suppress(FileNotFoundError):
            (self.root / session_id / _UNFINISHED).unlink()

    def finished(self) -> list[str]:
        """The ids of sessions that can be reviewed, the latest first."""
        return self._with(_DOCUMENT)

    def unfinished(self) -> list[str]:
        """The ids of sessions that were broken off, the latest first."""
        return self._with(_UNFINISHED)

    def _with(self, document: str) -> list[str]:
        return [
            session_id
            for session_id in sorted(self._ids(), key=_sort_key, reverse=True)
            if (self.root / session_id / document).is_file()
        ]

    def progress(self, session_id: str) -> "Progress":
        """How far an unfinished session has come; raises BadInputError where that is unknown."""
        import msgspec

        from rehearse.booking import from_json

        if session_id not in self.unfinished():
            names = ", ".join(self.unfinished()) or "none"
            raise BadInputError(
                f'There is no unfinished session "{session_id}" in {self.root}; '
                f"unfinished: {names}."
            )
        note = self.root / session_id / _UNFINISHED
        try:
            return from_json(note.read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadInputError(
                f"{note}: this note is damaged: {error}. The takes beside it are untouched; "
                "`rehearse analyze` reads them."
            ) from None

    def load(self, session_id: str) -> "Session":
        """Raises BadInputError where there is no such session, or it cannot be read."""
        from rehearse.session import from_json

        document = self.folder(session_id) / _DOCUMENT
        try:
            data = document.read_bytes()
        except FileNotFoundError:
            raise BadInputError(
                f"{document}: this session was never finished. `rehearse resume {session_id}` goes "
                f"on with it; its takes are in {document.parent / _TAKES}."
            ) from None
        except OSError as error:
            raise BadInputError(f"{document}: cannot be read: {error.strerror}.") from None
        return from_json(data, str(document))

    def latest(self) -> "Session":
        """The finished session that began last; raises BadInputError where there is none."""
        for session_id in self.finished():
            return self.load(session_id)
        raise BadInputError(
            f"There is no finished session in {self.root} yet. `rehearse demo` makes one."
        )

    def last_practised(self) -> dict[str, datetime]:
        """For each scenario the time at which its latest session began, in local time."""
        latest: dict[str, datetime] = {}
        for session_id in self._ids():
            match = _ID.fullmatch(session_id)
            assert match  # noqa: S101 - _ids yields nothing else
            try:
                began = datetime.strptime(match["time"], "%Y%m%d-%H%M%S").astimezone()
            except (ValueError, OverflowError):  # a folder of that shape, but of no such day
                continue
            latest[match["scenario"]] = max(began, latest.get(match["scenario"], began))
        return latest

    def folder(self, session_id: str) -> Path:
        """Raises BadInputError, with the nearest names, where there is no such session."""
        folder = self.root / session_id
        if _ID.fullmatch(session_id) and os.path.isdir(folder):  # noqa: PTH112 - a name may be too long for a Path to ask
            return folder
        near = " or ".join(get_close_matches(session_id, self._ids(), n=3, cutoff=0.5))
        hint = f" Did you mean {near}?" if near else ""
        raise BadInputError(
            f'There is no session "{session_id}" in {self.root}.{hint} '
            "`rehearse history --last 1000` lists them."
        )

    def _ids(self) -> list[str]:
        if not self.root.is_dir():
            return []
        return [
            entry.name
            for entry in os.scandir(self.root)
            if _ID.fullmatch(entry.name) and entry.is_dir()
        ]


def _write(file: Path, data: bytes) -> None:
    """The whole file or none of it, on the disk itself. Raises DiskError."""
    part = file.with_suffix(".part")
    try:
        with part.open("wb") as opened:
            opened.write(data + b"\n")
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise _disk_error(file, error) from None


def _sort_key(session_id: str) -> tuple[str, int]:
    number = session_id.rpartition(".")[2]
    return session_id[:15], int(number) if number.isdigit() else 1


def _disk_error(path: Path, error: OSError) -> DiskError:
    return DiskError(
        f"{path}: writing failed: {error.strerror}. Free some space or choose another place with "
        "REHEARSE_HOME; everything recorded so far is kept."
    )
