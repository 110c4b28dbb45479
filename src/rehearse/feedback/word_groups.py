"""The groups of words that `rules/words.toml` names: verbs in the past, people, a changed number.

They belong to the language and not to the rules: whatever a user switches off, "we" stays "we".
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from rehearse.errors import BadInputError
from rehearse.feedback.pattern import Node, Pattern, PatternError, compile_groups
from rehearse.scenario import Text

WORDS_FILE = "words.toml"


@cache
def word_groups() -> Mapping[str, Node]:
    """All of them, for patterns that name some."""
    file = files("rehearse.feedback").joinpath("rules", WORDS_FILE)
    return read_groups(file.read_text(encoding="utf-8"))


@cache
def phrase(name: str) -> Pattern:
    """One group as a pattern of its own."""
    return Pattern(f"{{{name}}}", word_groups()[name])


def read_groups(text: str) -> dict[str, Node]:
    """Raises BadInputError with the file and what is wrong."""
    try:
        return compile_groups(msgspec.toml.decode(text, type=dict[str, tuple[Text, ...]]))
    except (msgspec.DecodeError, PatternError) as error:
        raise BadInputError(f"{WORDS_FILE}: {error}.") from None
