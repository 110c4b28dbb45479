"""What a scenario file may hold, and how durations are written in it."""

import re
from typing import Any

import msgspec

from rehearse.scenario import Scenario, Seconds, SecondsRange
from rehearse.yaml_tree import Path


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, for editors."""
    described = msgspec.json.schema(Scenario, schema_hook=_schema_of_duration)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def schema_at(path: Path) -> dict[str, Any]:
    """What the schema says of the value at `path`."""
    definitions = schema()["$defs"]
    node: dict[str, Any] = definitions["Scenario"]
    for step in path:
        node = node["items"] if isinstance(step, int) else node["properties"][step]
        node = next((option for option in node.get("anyOf", ()) if "$ref" in option), node)
        if "$ref" in node:
            node = definitions[node["$ref"].rpartition("/")[2]]
    return node


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


def from_text(kind: type, value: object) -> object:
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
