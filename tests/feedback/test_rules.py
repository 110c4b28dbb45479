"""Tests about the rule set itself, and about what a rule file must hold."""

from collections import Counter
from typing import get_args

import pytest
from tests.rules import RULE

from rehearse.errors import BadInputError
from rehearse.feedback.phrases import find_weak_phrases
from rehearse.feedback.ruleset import Rule, load_rules, read_rules
from rehearse.feedback.word_groups import read_groups
from rehearse.scenario import Category
from rehearse.transcript import Transcript

RULES = load_rules().rules


def home(rule: Rule) -> str:
    """A section in which the rule's examples are heard."""
    return "whole" if "whole" in rule.text.sections else rule.text.sections[0]


def rules_raised(text: str, section: str) -> set[str]:
    findings = find_weak_phrases(Transcript.from_text(text), section, load_rules())
    return {finding.rule for finding in findings}


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}: {text}")
        for rule in RULES
        for text in getattr(rule.text, kind)
    ]


@pytest.mark.parametrize(("rule", "text"), examples("flags"))
def test_a_rule_finds_its_own_flags(rule: Rule, text: str) -> None:
    assert rule.id in rules_raised(text, home(rule))


@pytest.mark.parametrize(("rule", "text"), examples("passes"))
def test_a_rule_leaves_its_own_passes_alone(rule: Rule, text: str) -> None:
    assert rule.id not in rules_raised(text, home(rule))


def test_every_category_of_the_contract_has_a_rule() -> None:
    assert {rule.category for rule in RULES} == set(get_args(Category))


def test_rule_ids_are_unique_and_begin_with_their_category() -> None:
    assert [
        rule_id for rule_id, count in Counter(rule.id for rule in RULES).items() if count > 1
    ] == []
    assert [rule.id for rule in RULES if rule.id.partition(".")[0] != rule.category] == []


def test_no_pattern_stands_in_a_rule_twice() -> None:
    doubled = [
        (rule.id, pattern)
        for rule in RULES
        for pattern, count in Counter(rule.text.patterns).items()
        if count > 1
    ]
    assert doubled == []


def test_a_sound_rule_file_is_read() -> None:
    (rule,) = read_rules({"hedge.toml": RULE}).rules
    assert (rule.id, rule.text.patterns, rule.text.passes) == (
        "hedge.perchance",
        ("perchance",),
        ("It was the pump.",),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'flags = ["It was perchance the pump."]\n',
            "",
            'hedge.toml: the rule "hedge.perchance" has no flags. '
            "Add at least one sentence that it must find.",
        ),
        (
            'passes = ["It was the pump."]',
            "passes = []",
            'hedge.toml: the rule "hedge.perchance" has no passes. '
            "Add at least one sentence that it must leave alone.",
        ),
        (
            "why =",
            "wy =",
            "hedge.toml: Object contains unknown field `wy` - at `$.rule[0]`.",
        ),
        (
            'patterns = ["perchance"]',
            'patterns = ["(perchance"]',
            'hedge.toml: the rule "hedge.perchance": '
            '"(perchance" opens a bracket and does not close it.',
        ),
        (
            'patterns = ["perchance"]',
            'patterns = ["{doubt}"]',
            'hedge.toml: the rule "hedge.perchance": '
            '"{doubt}" names {doubt}, which words.toml does not hold.',
        ),
        (
            'patterns = ["perchance"]',
            'patterns = ["perchance',
            "hedge.toml: this is not valid TOML: Illegal character '\\n' (at line 5, column 23).",
        ),
    ],
)
def test_an_unsound_rule_does_not_load(old: str, new: str, message: str) -> None:
    with pytest.raises(BadInputError) as error:
        read_rules({"hedge.toml": RULE.replace(old, new)})
    assert str(error.value) == message


def test_a_rule_id_is_used_once() -> None:
    with pytest.raises(BadInputError) as error:
        read_rules({"hedge.toml": RULE, "other.toml": RULE})
    assert str(error.value) == (
        'The rule id "hedge.perchance" is used twice. Give each rule its own id.'
    )


def test_a_group_that_leaves_words_out_names_single_words_only() -> None:
    with pytest.raises(BadInputError) as error:
        read_groups('group = ["one", "-two words"]')
    assert str(error.value) == (
        "words.toml: {group} leaves words out, so it may name single words only."
    )
