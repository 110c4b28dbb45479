"""Terms that the user taught the recogniser: a text file for each scenario, one term a line."""

import contextlib
from collections.abc import Iterable
from pathlib import Path

from rehearse.errors import DiskError

_MOST_TERMS = 50
"""Each is compared with what was heard; the latest count."""


class OwnVocabulary:
    """The files in one folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, scenario: str) -> Path:
        return self._folder / f"{scenario}.txt"

    def terms(self, scenario: str) -> tuple[str, ...]:
        """Nothing where there is no file, or none that can be read: it is a help, no more."""
        try:
            lines = self.file(scenario).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return ()
        terms = (line.strip() for line in lines if not line.startswith("#"))
        return tuple(dict.fromkeys(term for term in terms if term))[-_MOST_TERMS:]

    def add(self, scenario: str, terms: Iterable[str]) -> list[str]:
        """Those that were not there yet. Raises DiskError."""
        known = self.terms(scenario)
        new = [term for term in dict.fromkeys(terms) if term not in known]
        if not new:
            return []
        file = self.file(scenario)
        part = file.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            there = file.read_bytes() if file.exists() else b""
            gap = b"\n" if there and not there.endswith(b"\n") else b""
            lines = "".join(f"{term}\n" for term in new)
            part.write_bytes(there + gap + lines.encode())
            part.replace(file)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink()
            raise DiskError(
                f"{file}: writing failed: {error.strerror}. Free some space; the corrections "
                "themselves are kept."
            ) from None
        return new
