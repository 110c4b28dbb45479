"""The folder in which the user's own scenarios lie: a new one goes in, none is ever written over."""

import re
from collections.abc import Collection
from pathlib import Path

from rehearse.errors import DiskError, UsageError

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 60


class OwnScenarios:
    """`taken` are the names that already stand for a scenario."""

    def __init__(self, folder: Path, taken: Collection[str]) -> None:
        self._folder = folder
        self._taken = taken

    def check_free(self, name: str) -> None:
        """Raises UsageError where a new scenario cannot have this name."""
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise UsageError(
                f'"{name}" cannot be the name of a scenario. Use a-z, 0-9 and single dashes, '
                f"at most {_LONGEST_NAME} characters: my-story."
            )
        if name in self._taken:
            raise UsageError(
                f'There is a scenario "{name}" already, and nothing is written over it. '
                "Choose another name."
            )

    def add(self, name: str, text: str) -> Path:
        """Returns the new file."""
        self.check_free(name)
        file = self._folder / f"{name}.yaml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as opened:
                opened.write(text)
        except OSError as error:
            raise DiskError(f"{file}: cannot be written: {error.strerror}.") from None
        return file
