"""Text in YAML → dicts, lists and strings, and where in the text each of them began.

Scalars stay text: YAML's own guesses (`no` is false, `1:30` is 90) cannot change what an author
wrote. Reads events, never objects: tags, anchors and aliases are refused, which leaves no way to
run code or to blow a small file up in memory.
"""

import re

import yaml

from rehearse.errors import BadInputError

MAX_DEPTH = 20

# All of Unicode's control characters, save tab and line feed.
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What YAML 1.1 does not count as printable.
_NOT_YAML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

Path = tuple[str | int, ...]
"""The keys and indices that lead to a value."""
Mark = tuple[int, int]
"""Line and column, both counted from 1, as editors do."""


def read_tree(text: str, file: str) -> tuple[object, dict[Path, Mark]]:
    """The value that the text holds, and the place of each key and item.

    Raises BadInputError as `file:line:column: what. Remedy.` for the first thing that is wrong.
    """
    _refuse_binary(text, file)
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
    return builder.tree(), builder.marks


def _refuse_binary(text: str, file: str) -> None:
    found = _NOT_YAML.search(text)
    if found:
        before = text[: found.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise BadInputError(
            f"{file}:{line}:{column}: no text file should hold this character "
            f"(U+{ord(found[0]):04X}). Delete it, and save the file as UTF-8."
        )


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
            self._refuse(
                event, f"anchors (&{event.anchor}) are not supported", "Write the text out"
            )
        if event.tag and event.tag != "!":
            self._refuse(event, f"tags ({event.tag}) are not supported", "Remove the tag")
        if len(self._open) >= MAX_DEPTH:
            self._refuse(event, "this is nested too deeply", "See `rehearse schema` for the shape")

    def _add_scalar(self, event: yaml.ScalarEvent) -> None:
        control = _CONTROL_CHARACTER.search(event.value)
        if control:
            self._refuse(
                event,
                f"this text holds a control character (U+{ord(control[0]):04X})",
                "Delete it: it could change what a terminal shows",
            )
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

    def _open_container(
        self, container: dict[str, object] | list[object], event: yaml.Event
    ) -> None:
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
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
