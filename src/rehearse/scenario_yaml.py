"""The text of a scenario file → `Scenario`, or an error that names line, column and remedy.

Scalars stay text until the schema says what they are, so that YAML's own guesses (`no` is false,
`1:30` is 90) cannot change what an author wrote. Reads events, never objects: tags, anchors and
aliases are refused, which leaves no way to run code or to blow a small file up in memory.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

import msgspec
import yaml

from rehearse.errors import BadInputError
from rehearse.scenario import Scenario, Seconds, SecondsRange

MAX_CHARS = 1_000_000
MAX_DEPTH = 20

Path = tuple[str | int, ...]
Mark = tuple[int, int]
"""Line and column, both counted from 1, as editors do."""


def parse(text: str, file: str) -> Scenario:
    """Reads one scenario; `file` is how messages name it.

    Raises BadInputError with one line for each problem found, as `file:line:column: what. Remedy.`
    """
    if len(text) > MAX_CHARS:
        raise BadInputError(
            f"{file}: this file holds {len(text):,} characters; a scenario may hold "
            f"{MAX_CHARS:,} at most."
        )
    tree, marks = _read_tree(text, file)
    try:
        scenario = msgspec.convert(tree, Scenario, strict=False, dec_hook=_from_text)
    except msgspec.ValidationError as error:
        raise BadInputError(_in_plain_words(str(error), tree, marks, file)) from None
    problems = [_located(file, marks, path, what) for path, what in _inconsistencies(scenario)]
    if problems:
        raise BadInputError("\n".join(problems))
    return scenario


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, for editors."""
    described = msgspec.json.schema(Scenario, schema_hook=_schema_of_duration)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


# --- durations ------------------------------------------------------------------------------------

_DURATION_PATTERN = r"(?:\d+(?:\.\d+)?m)?(?:\d+(?:\.\d+)?s)?"
_DURATION = re.compile(r"(?:(?P<minutes>\d+(?:\.\d+)?)m)?\s*(?:(?P<seconds>\d+(?:\.\d+)?)s)?")
_MAX_DURATION_S = 3600


def parse_duration(text: str) -> Seconds:
    """`30s`, `2m`, `1m30s` as seconds. Raises ValueError with the remedy in its message."""
    match = _DURATION.fullmatch(text.strip())
    if not match or not text.strip():
        raise ValueError(f'"{text}" is not a duration. Write it as 30s, 2m or 1m30s')
    total_s = float(match["minutes"] or 0) * 60 + float(match["seconds"] or 0)
    if not 0 < total_s <= _MAX_DURATION_S:
        raise ValueError(f'"{text}" is out of range. A duration lies between 1s and 60m')
    return Seconds(total_s)


def parse_duration_range(text: str) -> SecondsRange:
    """`2m30s-3m` as its two ends, `2m` as twice the same."""
    low, dash, high = text.partition("-")
    shortest_s = parse_duration(low)
    longest_s = parse_duration(high) if dash else shortest_s
    if shortest_s > longest_s:
        raise ValueError(f'"{text}" runs backwards. Write the shorter time first')
    return SecondsRange((shortest_s, longest_s))


def _from_text(kind: type, value: object) -> object:
    readers = {Seconds: parse_duration, SecondsRange: parse_duration_range}
    if not isinstance(value, str):
        raise ValueError(f"Expected `duration`, got `{type(value).__name__}`")
    return readers[kind](value)


def _schema_of_duration(kind: type) -> dict[str, Any]:
    one = rf"{_DURATION_PATTERN}"
    patterns = {Seconds: rf"^{one}$", SecondsRange: rf"^{one}(-{one})?$"}
    examples = {Seconds: ["30s", "1m30s"], SecondsRange: ["2m", "2m30s-3m"]}
    return {"type": "string", "minLength": 2, "pattern": patterns[kind], "examples": examples[kind]}


# --- YAML events → plain values, with the place of each -------------------------------------------


def _read_tree(text: str, file: str) -> tuple[object, dict[Path, Mark]]:
    builder = _TreeBuilder(file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.feed(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = (error.problem or error.context or "not YAML").strip()
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise BadInputError(
            f"{file}{where}: this is not valid YAML: {problem}. "
            "Look for a missing quote, colon or indent just above."
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadInputError(
            f"{file}:{line}: a character that no text file should hold (U+{ord(text[error.position]):04X})."
            " Delete it, and save the file as UTF-8."
        ) from None
    return builder.tree(), builder.marks


class _TreeBuilder:
    """Turns YAML events into dicts, lists and strings, and remembers where each began."""

    def __init__(self, file: str) -> None:
        self.marks: dict[Path, Mark] = {}
        self._file = file
        self._roots: list[object] = []
        self._open: list[tuple[Path, dict[str, object] | list[object]]] = []
        self._key: list[str | None] = []

    def tree(self) -> object:
        if not self._roots:
            raise BadInputError(
                f"{self._file}: this file is empty. `rehearse schema` shows what a scenario holds."
            )
        return self._roots[0]

    def feed(self, event: yaml.Event) -> None:
        match event:
            case yaml.AliasEvent():
                self._refuse(event, "aliases (*name) are not supported", "Write the text out")
            case yaml.ScalarEvent():
                self._check(event)
                self._add_scalar(event)
            case yaml.MappingStartEvent():
                self._check(event)
                self._open_container({}, event)
            case yaml.SequenceStartEvent():
                self._check(event)
                self._open_container([], event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
                self._key.pop()
            case yaml.DocumentStartEvent() if self._roots:
                self._refuse(event, "a second document begins here", "Keep one scenario in a file")

    def _check(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self._refuse(event, f"anchors (&{event.anchor}) are not supported", "Write the text out")
        if event.tag and event.tag != "!":
            self._refuse(event, f"tags ({event.tag}) are not supported", "Remove the tag")
        if len(self._open) >= MAX_DEPTH:
            self._refuse(event, "this is nested too deeply", "See `rehearse schema` for the shape")

    def _add_scalar(self, event: yaml.ScalarEvent) -> None:
        in_mapping = bool(self._open) and isinstance(self._open[-1][1], dict)
        if in_mapping and self._key[-1] is None:
            path = (*self._open[-1][0], event.value)
            if path in self.marks:
                first = self.marks[path][0]
                self._refuse(
                    event,
                    f'the key "{event.value}" stands here a second time (first in line {first})',
                    "Keep one of the two",
                )
            self.marks[path] = _mark(event)
            self._key[-1] = event.value
        else:
            is_null = event.implicit[0] and event.value in ("", "~", "null")
            self._add(None if is_null else event.value, event)

    def _open_container(self, container: dict[str, object] | list[object], event: yaml.Event) -> None:
        if self._open and isinstance(self._open[-1][1], dict) and self._key[-1] is None:
            self._refuse(event, "a key must be plain text", "See `rehearse schema` for the shape")
        path = self._add(container, event)
        self._open.append((path, container))
        self._key.append(None)

    def _add(self, value: object, event: yaml.Event) -> Path:
        """Puts a value where the open container waits for one; returns its path."""
        if not self._open:
            self._roots.append(value)
            self.marks.setdefault((), _mark(event))
            return ()
        parent_path, parent = self._open[-1]
        path: Path
        if isinstance(parent, dict):
            key = self._key[-1]
            assert key is not None  # noqa: S101 - a key always comes before its value
            path = (*parent_path, key)
            parent[key] = value
            self._key[-1] = None
        else:
            path = (*parent_path, len(parent))
            parent.append(value)
            self.marks[path] = _mark(event)
        return path

    def _refuse(self, event: yaml.Event, what: str, remedy: str) -> None:
        line, column = _mark(event)
        raise BadInputError(f"{self._file}:{line}:{column}: {what}. {remedy}.")


def _mark(event: yaml.Event) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1
