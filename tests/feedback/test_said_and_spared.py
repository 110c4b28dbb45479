"""What people say, by category: most of what is weak is found, and what is fine is left alone."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.transcript import Transcript

PHRASES = tomllib.loads(
    Path(__file__).parent.parent.joinpath("data", "phrases.toml").read_text(encoding="utf-8")
)
# Shares of `weak` that must be found and of `fine` that must be spared. They only ever rise.
LEAST = {
    "restart": (0.75, 1.0),
    "hedge": (0.85, 0.9),
    "passive": (0.95, 0.8),
    "repetition": (0.85, 1.0),
}
USUALLY = (0.8, 0.85)


def is_found(category: str, section: str, text: str) -> bool:
    findings = find_weak_phrases(Transcript.from_text(text), section, load_rules())
    return any(finding.category == category for finding in findings)


@pytest.mark.parametrize("category", PHRASES)
def test_most_of_what_is_weak_is_found_and_what_is_fine_is_spared(category: str) -> None:
    lists: dict[str, Any] = PHRASES[category]
    section = lists["section"]
    found = [is_found(category, section, text) for text in lists["weak"]]
    spared = [not is_found(category, section, text) for text in lists["fine"]]
    least_found, least_spared = LEAST.get(category, USUALLY)
    assert sum(found) / len(found) >= least_found
    assert sum(spared) / len(spared) >= least_spared
