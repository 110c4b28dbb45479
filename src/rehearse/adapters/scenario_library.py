"""Scenario files on disk: those that ship with the program, the user's own, and any by path."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from rehearse.errors import BadInputError
from rehearse.scenario import Scenario
from rehearse.scenario_yaml import MAX_CHARS, parse

_SUFFIX = ".yaml"


class ScenarioLibrary:
    """Finds scenarios by name in the given folders, the first folder winning, or by path."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def names(self) -> list[str]:
        """The names that `find` knows, in alphabetical order."""
        return sorted({file.stem for folder in self._folders for file in _files(folder)})

    def read_all(self) -> tuple[list[Scenario], list[BadInputError]]:
        """Every scenario that is sound, and what is wrong with the others."""
        scenarios, problems = [], []
        for name in self.names():
            try:
                scenarios.append(self.find(name))
            except BadInputError as error:
                problems.append(error)
        return scenarios, problems

    def find(self, name_or_path: str) -> Scenario:
        """Raises BadInputError where there is no such scenario, or it is not sound."""
        if _looks_like_path(name_or_path):
            return read_scenario(Path(name_or_path))
        for folder in self._folders:
            for file in _files(folder):
                if file.stem == name_or_path:
                    return read_scenario(file)
        near = get_close_matches(name_or_path, self.names(), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise BadInputError(
            f'There is no scenario "{name_or_path}".{hint} `rehearse list` shows the names; '
            "a path to a .yaml file works too."
        )


def read_scenario(file: Path) -> Scenario:
    """Raises BadInputError with file, line and column where the file cannot be used."""
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
