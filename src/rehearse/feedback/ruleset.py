"""Rules as data: what is a weak phrase, why, what to say instead, who says so, with examples.

The files under `rules/` are the rule set, with the `word_groups` that all of them may name.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from rehearse.errors import BadInputError
from rehearse.feedback.meaning import Meaning
from rehearse.feedback.pattern import Pattern, PatternError, compile_pattern
from rehearse.feedback.word_groups import WORDS_FILE, word_groups
from rehearse.scenario import Category, Text

Detector = Literal["phrase", "absence", "repetition", "reprise", "restart"]
SectionName = Literal["situation", "task", "action", "result", "reflection", "probe", "whole"]
SECTIONS: tuple[SectionName, ...] = (
    "situation",
    "task",
    "action",
    "result",
    "reflection",
    "probe",
    "whole",
)

File = TypeVar("File")
Examples = Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of what a rule file holds: an unknown key is an error, never ignored."""


class Place(_Data, frozen=True):
    """Where conditions look, each a list of patterns. `next` is the same or the next sentence,
    `near` the same or a neighbouring one, `earlier` any before, `then` the rest of the same
    sentence and the next one, `answer` any at all.
    """

    before: tuple[Text, ...] = ()
    after: tuple[Text, ...] = ()
    within: tuple[Text, ...] = ()
    clause: tuple[Text, ...] = ()
    sentence: tuple[Text, ...] = ()
    next: tuple[Text, ...] = ()
    near: tuple[Text, ...] = ()
    earlier: tuple[Text, ...] = ()
    then: tuple[Text, ...] = ()
    answer: tuple[Text, ...] = ()


class RuleText(_Data, frozen=True):
    """One rule as its author wrote it."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]+\.[a-z0-9]+(-[a-z0-9]+)*$")]
    category: Category
    why: Text
    instead: Text
    source: Text
    flags: Examples
    passes: Examples
    sections: tuple[SectionName, ...] = SECTIONS
    detector: Detector = "phrase"
    patterns: tuple[Text, ...] = ()
    unless: Place = Place()
    only_if: Place = Place()
    threshold: Text | None = None
    """From how much on it speaks, in words, where it counts something."""
    last_resort: bool = False
    """Named only where no other rule finds the same words."""
    doubtful: bool = False
    """Errs now and then: kept back where it stands alone among things that one could check."""
    in_company: bool = False
    """Speaks only amid several findings of other rules, where little could be checked."""


class RuleFile(_Data, frozen=True):
    rule: tuple[RuleText, ...]


class Condition(msgspec.Struct, frozen=True):
    """Patterns by the place in which they are looked for, ready to match."""

    places: tuple[tuple[str, tuple[Pattern, ...]], ...]


class Rule(msgspec.Struct, frozen=True):
    """One rule, ready to run."""

    text: RuleText
    patterns: tuple[Pattern, ...]
    unless: Condition
    only_if: Condition

    @property
    def id(self) -> str:
        return self.text.id

    @property
    def category(self) -> Category:
        return self.text.category

    def runs_in(self, section: str) -> bool:
        """A step that a scenario named itself is heard like a whole answer, save for what is said
        of the section as a whole.
        """
        if section in SECTIONS:
            return section in self.text.sections
        return "whole" in self.text.sections and self.text.detector != "absence"


class RuleSet(msgspec.Struct, frozen=True, eq=False):
    """All rules; compared by identity."""

    rules: tuple[Rule, ...]
    ignored: frozenset[tuple[str, ...]] = frozenset()
    """Fillers that this user does not want counted, as bare words."""
    meaning: Meaning | None = None
    """Hears key points in words that no rule knows, where a language model is at hand."""

    def rule(self, rule_id: str) -> Rule | None:
        """None where there is no rule of that id, or where the user switched it off."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


@cache
def load_rules() -> RuleSet:
    """The rules that ship with the package."""
    folder = files("rehearse.feedback").joinpath("rules")
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml") and entry.name != WORDS_FILE
    }
    return read_rules(texts)


def read_rules(texts: Mapping[str, str]) -> RuleSet:
    """Rule files by name → the rules. Raises BadInputError with the file and what to do."""
    rules = tuple(
        compiled(name, rule)
        for name, text in texts.items()
        for rule in read_file(name, text, RuleFile).rule
    )
    ids = [rule.id for rule in rules]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise BadInputError(
                f'The rule id "{rule_id}" is used twice. Give each rule its own id.'
            )
    return RuleSet(rules)


def read_file(name: str, text: str, kind: type[File]) -> File:
    """A file of rules as values. Raises BadInputError with the file and what to do."""
    data = _toml(name, text)
    for rule in data.get("rule", ()):
        _check_examples(name, rule)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise BadInputError(f"{name}: {error}.") from None


def _check_examples(name: str, rule: Mapping[str, Any]) -> None:
    wanted = {"flags": "that it must find", "passes": "that it must leave alone"}
    for key, purpose in wanted.items():
        if not rule.get(key):
            raise BadInputError(
                f'{name}: the rule "{rule.get("id", "?")}" has no {key}. '
                f"Add at least one sentence {purpose}."
            )


def _toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{name}: this is not valid TOML: {error}.") from None


def compiled(name: str, text: RuleText) -> Rule:
    """Raises BadInputError with the file, the rule and what is wrong with it."""
    try:
        return Rule(
            text,
            _patterns(text.patterns),
            _condition(text.unless),
            _condition(text.only_if),
        )
    except PatternError as error:
        raise BadInputError(f'{name}: the rule "{text.id}": {error}.') from None


def _condition(place: Place) -> Condition:
    sources = {name: getattr(place, name) for name in place.__struct_fields__}
    return Condition(
        tuple((name, _patterns(patterns)) for name, patterns in sources.items() if patterns)
    )


def _patterns(sources: tuple[str, ...]) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(source, word_groups()) for source in sources)
