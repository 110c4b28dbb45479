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
    misfits: list[_Misfit] = []
    scenario = _fitted(tree, marks, misfits)
    found = sorted(map(_in_plain_words, misfits), key=lambda each: _mark_of(each[0], marks))
    problems = [_located(file, marks, *each) for each in found]
    if scenario and not problems:
        problems = [_located(file, marks, path, what) for path, what in _inconsistencies(scenario)]
    if problems or scenario is None:
        raise BadInputError("\n".join(problems))
    return scenario


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, for editors."""
    described = msgspec.json.schema(Scenario, schema_hook=_schema_of_duration)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


# --- every misfit in one go ----------------------------------------------------------------------

_MOST_MISFITS = 30
_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP_OF_PATH = re.compile(r"\.(?P<key>\w+)|\[(?P<index>\d+)\]")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(\w+)`")


class _Misfit(msgspec.Struct, frozen=True):
    """Where the tree does not fit the schema, in msgspec's words."""

    what: str
    path: Path


def _fitted(tree: Any, marks: dict[Path, Mark], misfits: list[_Misfit]) -> Scenario | None:
    """The tree as a scenario; what does not fit is noted, and then put aside, so that all of it is
    found at once. None where something could not be put aside.
    """
    while len(misfits) < _MOST_MISFITS:
        try:
            return msgspec.convert(tree, Scenario, strict=False, dec_hook=_from_text)
        except msgspec.ValidationError as error:
            misfit = _misfit(str(error))
        if misfit in misfits:
            break
        misfits.append(misfit)
        if not _put_aside(tree, marks, misfit):
            break
    return None


def _misfit(message: str) -> _Misfit:
    match = _AT.match(message)
    assert match  # noqa: S101 - the pattern matches any text
    steps = _STEP_OF_PATH.finditer(match["path"] or "")
    return _Misfit(match["what"], tuple(step["key"] or int(step["index"]) for step in steps))


def _put_aside(tree: Any, marks: dict[Path, Mark], misfit: _Misfit) -> bool:
    """Has something that fits stand where nothing did: the key that a slip was meant to be, or any
    value. False for a file that is no scenario at all.
    """
    missing = _MISSING.fullmatch(misfit.what)
    unknown = _UNKNOWN.fullmatch(misfit.what)
    path = (*misfit.path, missing[1]) if missing else misfit.path
    parent = tree
    for step in path if unknown else path[:-1]:
        parent = parent[step]
    if unknown:
        value, meant = parent.pop(unknown[1]), _meant(unknown[1], path)
        if meant and meant not in parent:
            parent[meant] = value
            marks[*path, meant] = marks[*path, unknown[1]]
    elif path:
        parent[path[-1]] = _stand_in(path)
    return bool(path or unknown)


def _stand_in(path: Path) -> Any:
    """A value that fits the schema at `path`."""
    wanted = _schema_at(path)
    if "default" in wanted:
        return wanted["default"]
    match wanted.get("type"):
        case "object":
            return {key: _stand_in((*path, key)) for key in wanted["required"]}
        case "array":
            return [_stand_in((*path, n)) for n in range(wanted.get("minItems", 0))]
        case "integer":
            return wanted.get("minimum", 0)
        case _:
            return next(iter(wanted.get("enum") or wanted.get("examples") or ["x"]))


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


def _in_plain_words(misfit: _Misfit) -> tuple[Path, str]:
    """The key or value that it is about, and what is wrong with it."""
    what, path = misfit.what, misfit.path
    unknown = _UNKNOWN.fullmatch(what)
    if unknown:
        return (*path, unknown[1]), _about_unknown_key(unknown[1], path)
    if what.startswith("Invalid enum value"):
        allowed = ", ".join(map(str, _schema_at(path)["enum"]))
        value = what.removeprefix("Invalid enum value ")
        return path, f"{value} cannot stand here. Choose from: {allowed}"
    return path, _plain(what)


def _plain(what: str) -> str:
    for pattern, words in _PLAIN_WORDS:
        found = re.fullmatch(pattern, what, re.DOTALL)
        if found:
            return words.format(*found.groups())
    return what


def _about_unknown_key(key: str, parent: Path) -> str:
    meant = _meant(key, parent)
    known = ", ".join(_schema_at(parent)["properties"])
    remedy = f'Did you mean "{meant}"?' if meant else f"Known here: {known}"
    return f'there is no key "{key}" here. {remedy}'


def _meant(key: str, parent: Path) -> str | None:
    """The key that this one is a slip of."""
    return next(iter(get_close_matches(key, _schema_at(parent)["properties"], n=1)), None)


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
    """`file:line:column: where: what.`"""
    line, column = _mark_of(path, marks)
    where = f"{_spoken(path)}: " if path else ""
    end = "" if what.endswith(("?", ".")) else "."
    return f"{file}:{line}:{column}: {where}{what}{end}"


def _mark_of(path: Path, marks: dict[Path, Mark]) -> Mark:
    """The place of the nearest enclosing key that is known."""
    while path and path not in marks:
        path = path[:-1]
    return marks.get(path, (1, 1))


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
