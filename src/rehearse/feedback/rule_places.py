"""Where in a rules file something stands, so that a message can name its line and column."""

import re
from collections.abc import Iterator

Place = tuple[int, int]
"""Line and column, both counted from 1."""

_IN_TOML = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")
_PATH = re.compile(r"`\$\.?([^`]*)`")
_NAMED = re.compile(r"[`\"]([^`\"$]+)[`\"]")
_RULE = re.compile(r"^\s*\[\[\s*rule\s*\]\]", re.MULTILINE)


def placed(message: str, name: str, text: str) -> str:
    """The message with line and column behind the file's name, as far as they can be told."""
    in_toml = _IN_TOML.search(message)
    if in_toml:
        place = (int(in_toml[1]), int(in_toml[2])) if in_toml[1] else _at(text, len(text.rstrip()))
        message = _IN_TOML.sub("", message)
    else:
        place = next(_candidates(message.removeprefix(f"{name}: "), text), (1, 1))
    return message.replace(f"{name}:", f"{name}:{place[0]}:{place[1]}:", 1)


def _candidates(message: str, text: str) -> Iterator[Place]:
    """Places that the message may mean, the likeliest first."""
    path = _PATH.search(message)
    begin, key = _entered(text, path[1]) if path else (0, "")
    named = [match[1] for match in _NAMED.finditer(message)]
    for wanted in (*named, key):
        found = re.compile(rf"(?<![\w.-]){re.escape(wanted)}(?![\w-])").search(text, begin)
        if wanted and found:
            yield _at(text, found.start())
    if path:
        yield _at(text, begin)


def _entered(text: str, path: str) -> tuple[int, str]:
    """Where the rule that a path such as `rule[1].flags` leads to begins, and the path's last key."""
    number = re.match(r"rule\[(\d+)\]", path)
    starts = [found.start() for found in _RULE.finditer(text)]
    begin = starts[int(number[1])] if number and int(number[1]) < len(starts) else 0
    keys = re.findall(r"[a-z_]+", path.removeprefix("rule"))
    return begin, keys[-1] if keys else ""


def _at(text: str, offset: int) -> Place:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
