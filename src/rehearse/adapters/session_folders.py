"""Sessions as folders: `sessions/<id>/session.json`, and the takes beside it."""

import contextlib
import os
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.errors import BadInputError, DiskError

if TYPE_CHECKING:
    from rehearse.session import Session

_DOCUMENT = "session.json"
_TAKES = "takes"
_ID = re.compile(r"(?P<time>\d{8}-\d{6})-(?P<scenario>[a-z0-9-]+?)(?:\.\d+)?")


class SessionFolders:
    """The sessions below one folder, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def begin(self, scenario: str, started_at: datetime) -> str:
        """Makes the folder of a new session; raises DiskError where the disk refuses."""
        wanted = f"{started_at:%Y%m%d-%H%M%S}-{scenario}"
        attempt = 1
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            while True:
                session_id = wanted if attempt == 1 else f"{wanted}.{attempt}"
                with contextlib.suppress(FileExistsError):
                    (self._root / session_id).mkdir()
                    (self._root / session_id / _TAKES).mkdir()
                    return session_id
                attempt += 1
        except OSError as error:
            raise _disk_error(self._root, error) from None

    def take_path(self, session_id: str, section: str, number: int) -> Path:
        return self._root / session_id / _TAKES / f"{section}-{number}.wav"

    def save(self, session_id: str, session: "Session") -> None:
        from rehearse.session import to_json

        document = self._root / session_id / _DOCUMENT
        unfinished = document.with_suffix(".part")
        try:
            with unfinished.open("wb") as file:
                file.write(to_json(session) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(document)
        except OSError as error:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise _disk_error(document, error) from None

    def load(self, session_id: str) -> "Session":
        """Raises BadInputError where there is no such session, or it cannot be read."""
        from rehearse.session import from_json

        if session_id not in self._ids():
            raise BadInputError(
                f'There is no session "{session_id}" in {self._root}. '
                "`rehearse review` without a name shows the latest one."
            )
        document = self._root / session_id / _DOCUMENT
        try:
            data = document.read_bytes()
        except FileNotFoundError:
            raise BadInputError(
                f"{document}: this session was never finished. Its takes are in {document.parent / _TAKES}; "
                "`rehearse analyze` reads them."
            ) from None
        except OSError as error:
            raise BadInputError(f"{document}: cannot be read: {error.strerror}.") from None
        return from_json(data, str(document))

    def latest(self) -> "Session":
        """The finished session that began last; raises BadInputError where there is none."""
        for session_id in sorted(self._ids(), key=_sort_key, reverse=True):
            if (self._root / session_id / _DOCUMENT).is_file():
                return self.load(session_id)
        raise BadInputError(
            f"There is no finished session in {self._root} yet. `rehearse demo` makes one."
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

    def _ids(self) -> list[str]:
        if not self._root.is_dir():
            return []
        return [
            entry.name
            for entry in os.scandir(self._root)
            if _ID.fullmatch(entry.name) and entry.is_dir()
        ]


def _sort_key(session_id: str) -> tuple[str, int]:
    number = session_id.rpartition(".")[2]
    return session_id[:15], int(number) if number.isdigit() else 1


def _disk_error(path: Path, error: OSError) -> DiskError:
    return DiskError(
        f"{path}: writing failed: {error.strerror}. Free some space or choose another place with "
        "REHEARSE_HOME; everything recorded so far is kept."
    )
