"""Scenario files on disk: those that ship with the program, the user's own, and any by path."""

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec

from rehearse import __version__
from rehearse.errors import BadInputError
from rehearse.scenario import Scenario, Seconds, SecondsRange

_SUFFIX = ".yaml"
_SETTLED_NS = 2_000_000_000
"""The coarsest clock of a file system: what changes twice within it may look unchanged."""

Stamp = tuple[int, int, int]
"""How long a file is, when it was written, and when that was noted."""


class ScenarioLibrary:
    """Finds scenarios by name in the given folders, the first folder winning, or by path.

    What was read and found sound may be kept in the file `cache`, which can be lost at any time.
    `terms` says which words join the vocabulary of the scenario of that name.
    """

    def __init__(
        self,
        *folders: Path,
        cache: Path | None = None,
        terms: Callable[[str], tuple[str, ...]] = lambda _: (),
    ) -> None:
        self._folders = folders
        self._terms = terms
        self._cache = _Cache(cache) if cache else None

    def names(self) -> list[str]:
        """The names that `find` knows, in alphabetical order."""
        return sorted(self._files())

    def read_all(self) -> tuple[list[Scenario], list[BadInputError]]:
        """Every scenario that is sound, and what is wrong with the others."""
        read = self._cache.read if self._cache else read_scenario
        scenarios, problems = [], []
        for _, file in sorted(self._files().items()):
            try:
                scenarios.append(read(file))
            except BadInputError as error:
                problems.append(error)
        if self._cache:
            self._cache.save()
        return scenarios, problems

    def find(self, name_or_path: str) -> Scenario:
        """Raises BadInputError where there is no such scenario, or it is not sound."""
        if _looks_like_path(name_or_path):
            return self._with_terms(read_scenario(Path(name_or_path)))
        file = self._files().get(name_or_path)
        if file:
            return self._with_terms(read_scenario(file))
        from difflib import get_close_matches

        near = get_close_matches(name_or_path, self.names(), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise BadInputError(
            f'There is no scenario "{name_or_path}".{hint} `rehearse list` shows the names; '
            "a path to a .yaml file works too."
        )

    def _with_terms(self, scenario: Scenario) -> Scenario:
        own = (term for term in self._terms(scenario.name) if term not in scenario.vocabulary)
        return msgspec.structs.replace(scenario, vocabulary=(*scenario.vocabulary, *own))

    def _files(self) -> dict[str, Path]:
        """Each name and the file that it stands for."""
        last_folder_first = reversed(self._folders)
        return {file.stem: file for folder in last_folder_first for file in _files(folder)}


class _Entry(msgspec.Struct, frozen=True):
    stamp: Stamp
    scenario: Scenario


class _Cache:
    """Scenarios as they were read: reading YAML and checking it is most of what a list costs.

    An entry counts only while its file is the same. A cache that is missing, damaged or written by
    another version is empty, and one that cannot be written costs time, never the answer.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = self._load()
        self._used: dict[str, _Entry] = {}

    def read(self, file: Path) -> Scenario:
        """Raises BadInputError as `read_scenario` does: only what is sound is kept."""
        stamp = _stamp(file)
        entry = self._kept.get(str(file))
        if entry is None or entry.stamp != stamp:
            entry = _Entry(stamp, read_scenario(file))
        if stamp == _stamp(file) and stamp[1] < time.time_ns() - _SETTLED_NS:
            self._used[str(file)] = entry
        return entry.scenario

    def save(self) -> None:
        """Keeps what was read since, and drops the files that are gone."""
        if self._used == self._kept:
            return
        body = msgspec.json.encode(self._used, enc_hook=_plain)
        part = self._file.with_suffix(".part")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_seal(body) + body)
            part.replace(self._file)

    def _load(self) -> dict[str, _Entry]:
        try:
            data = self._file.read_bytes()
            seal, _, body = data.partition(b"\n")
            if seal + b"\n" != _seal(body):
                return {}
            return msgspec.json.decode(body, type=dict[str, _Entry], dec_hook=_measured)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return {}


def _seal(body: bytes) -> bytes:
    """The first line of a cache: by whom it was written, and a checksum."""
    return f"{__version__} {crc32(body):08x}\n".encode()


def _plain(duration: Any) -> object:
    return tuple(duration) if isinstance(duration, SecondsRange) else float(duration)


def _measured(kind: type, value: Any) -> object:
    return Seconds(value) if kind is Seconds else SecondsRange(map(Seconds, value))


def _stamp(file: Path) -> Stamp:
    try:
        status = file.stat()
    except OSError:
        return 0, 0, time.time_ns()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def read_scenario(file: Path) -> Scenario:
    """Raises BadInputError with file, line and column where the file cannot be used."""
    from rehearse.scenario_yaml import parse

    return parse(_text_of(file), str(file))


def check_scenario(file: Path) -> Scenario:
    """Like `read_scenario`, and the file must be called what the scenario is called."""
    scenario = read_scenario(file)
    if file.name != scenario.name + _SUFFIX:
        raise BadInputError(
            f'{file}:1:1: the scenario calls itself "{scenario.name}". '
            f"Rename the file to {scenario.name}{_SUFFIX}, or change its name."
        )
    return scenario


def _files(folder: Path) -> Iterator[Path]:
    return folder.glob(f"*{_SUFFIX}") if folder.is_dir() else iter(())


def _looks_like_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))


def _text_of(file: Path) -> str:
    from rehearse.scenario_yaml import MAX_CHARS

    try:
        # One byte more than four for each character is too much in any case.
        with file.open("rb") as opened:
            data = opened.read(MAX_CHARS * 4 + 1)
    except FileNotFoundError:
        raise BadInputError(
            f"{file}: there is no such file. `rehearse list` shows scenarios."
        ) from None
    except IsADirectoryError:
        raise BadInputError(f"{file}: this is a folder. Name the .yaml file inside it.") from None
    except OSError as error:
        raise BadInputError(f"{file}: cannot be read: {error.strerror}.") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise BadInputError(
            f"{file}:{line}:{column}: this is not UTF-8 text. Save the file as UTF-8."
        ) from None
