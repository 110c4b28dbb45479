"""What does not fit into a scenario: all of it at once, in plain words."""

import re
from difflib import get_close_matches
from typing import Any

import msgspec

from rehearse.scenario import Scenario
from rehearse.scenario_schema import from_text, schema_at
from rehearse.yaml_tree import Mark, Path

_MOST_MISFITS = 30
_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP_OF_PATH = re.compile(r"\.(?P<key>\w+)|\[(?P<index>\d+)\]")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(\w+)`")


class Misfit(msgspec.Struct, frozen=True):
    """Where the tree does not fit the schema, in msgspec's words."""

    what: str
    path: Path


def fit(tree: Any, marks: dict[Path, Mark]) -> tuple[Scenario | None, list[Misfit]]:
    """The tree as a scenario, and what does not fit: each is put aside, so that all of it is found
    at once. None where something could not be put aside.
    """
    misfits: list[Misfit] = []
    while len(misfits) < _MOST_MISFITS:
        try:
            return msgspec.convert(tree, Scenario, strict=False, dec_hook=from_text), misfits
        except msgspec.ValidationError as error:
            misfit = _misfit(str(error))
        if misfit in misfits:
            break
        misfits.append(misfit)
        if not _put_aside(tree, marks, misfit):
            break
    return None, misfits


def _misfit(message: str) -> Misfit:
    match = _AT.match(message)
    assert match  # noqa: S101 - the pattern matches any text
    steps = _STEP_OF_PATH.finditer(match["path"] or "")
    return Misfit(match["what"], tuple(step["key"] or int(step["index"]) for step in steps))


def _put_aside(tree: Any, marks: dict[Path, Mark], misfit: Misfit) -> bool:
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
    wanted = schema_at(path)
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


def in_plain_words(misfit: Misfit) -> tuple[Path, str]:
    """The key or value that it is about, and what is wrong with it."""
    what, path = misfit.what, misfit.path
    unknown = _UNKNOWN.fullmatch(what)
    if unknown:
        return (*path, unknown[1]), _about_unknown_key(unknown[1], path)
    if what.startswith("Invalid enum value"):
        allowed = ", ".join(map(str, schema_at(path)["enum"]))
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
    known = ", ".join(schema_at(parent)["properties"])
    remedy = f'Did you mean "{meant}"?' if meant else f"Known here: {known}"
    return f'there is no key "{key}" here. {remedy}'


def _meant(key: str, parent: Path) -> str | None:
    """The key that this one is a slip of."""
    return next(iter(get_close_matches(key, schema_at(parent)["properties"], n=1)), None)
