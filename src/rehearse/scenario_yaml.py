"""The text of a scenario file → `Scenario`, or an error that names line, column and remedy."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

import msgspec

from rehearse.errors import BadInputError
from rehearse.scenario import Scenario, Seconds, SecondsRange
from rehearse.yaml_tree import Mark, Path, read_tree

MAX_CHARS = 1_000_000


def parse(text: str, file: str) -> Scenario:
    """Reads one scenario; `file` is how messages name it.

    Raises BadInputError with one line for each problem found, as `file:line:column: what. Remedy.`
    """
    if len(text) > MAX_CHARS:
        raise BadInputError(
            f"{file}: this file holds {len(text):,} characters; a scenario may hold "
            f"{MAX_CHARS:,} at most."
        )
    tree, marks = read_tree(text, file)
    try:
        scenario = msgspec.convert(tree, Scenario, strict=False, dec_hook=_from_text)
    except msgspec.ValidationError as error:
        raise BadInputError(_in_plain_words(str(error), marks, file)) from None
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
        # What convert() turns into its own error, path included.
        raise ValueError(  # noqa: TRY004
            f"Expected `duration`, got `{type(value).__name__}`"
        )
    return readers[kind](value)


def _schema_of_duration(kind: type) -> dict[str, Any]:
    one = rf"{_DURATION_PATTERN}"
    patterns = {Seconds: rf"^{one}$", SecondsRange: rf"^{one}(-{one})?$"}
    examples = {Seconds: ["30s", "1m30s"], SecondsRange: ["2m", "2m30s-3m"]}
    return {"type": "string", "minLength": 2, "pattern": patterns[kind], "examples": examples[kind]}


# --- what is wrong, in plain words ----------------------------------------------------------------

_SCHEMA_HINT = "`rehearse schema` shows what a scenario holds"
_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP_OF_PATH = re.compile(r"\.(?P<key>\w+)|\[(?P<index>\d+)\]")
_PLAIN_WORDS: tuple[tuple[str, str], ...] = (
    (r"Object missing required field `(\w+)`", 'the key "{0}" is missing here. Add it'),
    (r"Expected `str`, got `null`", "text is missing here. Write it, or remove the key"),
    (r"Expected `array`, got .*", "a list belongs here. Write one item a line, each behind a dash"),
    (r"Expected `object`, got .*", f"keys with values belong here. {_SCHEMA_HINT}"),
    (r"Expected `str`, got .*", "text belongs here, not a list or keys. Put it in quotes"),
    (r"Expected `int`, got .*", "a whole number belongs here. Write it in digits"),
    (r"Expected `int` >= 1", "options are counted from 1. Write 1 for the first"),
    (r"Expected `array` of length >= (\d+)", "at least {0} belong here. Add what is missing"),
    (r"Expected `str` of length <= (\d+)", "this name is too long. Use {0} characters at most"),
    (r"Expected `str` matching regex '\\\\S'", "text is missing here. Write it, or remove the key"),
    (
        r"Expected `str` matching regex .*",
        "a name holds a-z, 0-9 and single dashes only. Write it like webhook-drop",
    ),
    (r"Expected `duration`, got .*", "a duration belongs here. Write it as 30s, 2m or 1m30s"),
)


def _in_plain_words(message: str, marks: dict[Path, Mark], file: str) -> str:
    """One line about a validation error, placed at the key or value that it is about."""
    match = _AT.match(message)
    assert match  # noqa: S101 - the pattern matches any text
    path: Path = tuple(
        step["key"] or int(step["index"]) for step in _STEP_OF_PATH.finditer(match["path"] or "")
    )
    unknown = re.match(r"Object contains unknown field `(.*)`", match["what"], re.DOTALL)
    if unknown:
        return _located(file, marks, (*path, unknown[1]), _about_unknown_key(unknown[1], path))
    if match["what"].startswith("Invalid enum value"):
        allowed = ", ".join(map(str, _schema_at(path)["enum"]))
        value = match["what"].removeprefix("Invalid enum value ")
        return _located(file, marks, path, f"{value} cannot stand here. Choose from: {allowed}")
    return _located(file, marks, path, _plain(match["what"]))


def _plain(what: str) -> str:
    for pattern, words in _PLAIN_WORDS:
        found = re.fullmatch(pattern, what, re.DOTALL)
        if found:
            return words.format(*found.groups())
    return what


def _about_unknown_key(key: str, parent: Path) -> str:
    known = list(_schema_at(parent)["properties"])
    near = get_close_matches(key, known, n=1)
    remedy = f'Did you mean "{near[0]}"?' if near else f"Known here: {', '.join(known)}"
    return f'there is no key "{key}" here. {remedy}'


def _schema_at(path: Path) -> dict[str, Any]:
    """What the schema says of the value at `path`."""
    definitions = schema()["$defs"]
    node: dict[str, Any] = definitions["Scenario"]
    for step in path:
        node = node["items"] if isinstance(step, int) else node["properties"][step]
        node = next((option for option in node.get("anyOf", ()) if "$ref" in option), node)
        if "$ref" in node:
            node = definitions[node["$ref"].rpartition("/")[2]]
    return node


def _located(file: str, marks: dict[Path, Mark], path: Path, what: str) -> str:
    """`file:line:column: where: what.`, with the place of the nearest enclosing key that is known."""
    known = path
    while known and known not in marks:
        known = known[:-1]
    line, column = marks.get(known, (1, 1))
    where = f"{_spoken(path)}: " if path else ""
    end = "" if what.endswith(("?", ".")) else "."
    return f"{file}:{line}:{column}: {where}{what}{end}"


def _spoken(path: Path) -> str:
    """`steps, item 2, target`: the way down to a value, counted from 1 as people do."""
    return ", ".join(f"item {step + 1}" if isinstance(step, int) else step for step in path)


def _inconsistencies(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """What the schema cannot say: names that clash, limits under targets, quotes of nothing."""
    for field in ("steps", "levels", "lenses"):
        yield from _repeated_names(field, getattr(scenario, field))
    for index, step in enumerate(scenario.steps):
        if step.name == "whole" or step.name.startswith("probe-"):
            yield (
                ("steps", index, "name"),
                f'"{step.name}" is a name that rehearse uses itself. Choose another',
            )
        if step.limit is not None and step.limit < step.target_s:
            yield (
                ("steps", index, "limit"),
                "the limit lies before the target. Make it the same or longer",
            )
    for index, question in enumerate(scenario.quiz):
        if question.answer > len(question.options):
            yield (
                ("quiz", index, "answer"),
                f"there are only {len(question.options)} options, counted from 1. Choose one of them",
            )
    if scenario.weak_answer:
        for index, flaw in enumerate(scenario.weak_answer.flaws):
            if flaw.quote not in scenario.weak_answer.text:
                yield (
                    ("weak_answer", "flaws", index, "quote"),
                    "these words do not stand in the weak answer. Copy them exactly",
                )


def _repeated_names(field: str, things: Iterable[Any]) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for index, thing in enumerate(things):
        if thing.name in seen:
            yield (
                (field, index, "name"),
                f'"{thing.name}" stands here a second time. Give each its own name',
            )
        seen.add(thing.name)
