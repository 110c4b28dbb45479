import json

import msgspec
import pytest
from click.testing import CliRunner

from rehearse.cli import commands
from rehearse.errors import UsageError
from rehearse.feedback.measured import load_measured
from rehearse.feedback.ruleset import load_rules
from rehearse.report.formula import explain_verdict


def explained(*arguments: str) -> str:
    result = CliRunner().invoke(commands, ["explain", *arguments], catch_exceptions=False)
    return result.stdout


def test_a_rule_is_explained_with_its_reason_its_examples_and_how_often_it_is_right() -> None:
    rule = load_rules().rule("blame.had-they").text
    rates = load_measured().categories["blame"]
    assert explained("blame.had-they").splitlines() == [
        "blame.had-they",
        f"  Why:      {rule.why}",
        f"  Instead:  {rule.instead}",
        f"  Source:   {rule.source}",
        f"  Heard in: {', '.join(rule.sections)}",
        *(f"  Flags:    {text}" for text in rule.flags),
        *(f"  Passes:   {text}" for text in rule.passes),
        "",
        f"How often blame is right: {rates.precision:.0%} of its {rates.findings} findings were right, "
        f"and it found {rates.recall:.0%} of {rates.labels}.",
        f"({load_measured().answers} labelled answers that no rule was tuned on, "
        f"{load_measured().date})",
    ]


def test_a_rule_that_counts_says_from_how_much_on_it_speaks() -> None:
    assert explained("no_metric.nothing-changed").splitlines()[4:6] == [
        "  Heard in: result, whole",
        "  From:     not one number that changed in the whole answer",
    ]


def test_a_category_is_explained_by_all_its_rules() -> None:
    document = json.loads(explained("filler", "--json"))
    assert [rule["id"] for rule in document["rules"]] == [
        rule.id for rule in load_rules().rules if rule.category == "filler"
    ]
    assert document["measured"] == msgspec.to_builtins(load_measured().categories["filler"])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("blam", 'There is no rule "blam". Did you mean blame or blame.fault?'),
        (
            "x",
            'There is no rule "x". Categories: assigned, blame, filler, generic_reflection, handoff, '
            "hedge, missing_boundary, no_metric, passive, repetition, restart, vague_quantity, "
            "vague_result, we_language.",
        ),
    ],
)
def test_an_unknown_name_is_answered_with_those_that_come_near(name: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        explained(name)
    assert str(error.value) == message


@pytest.mark.parametrize("name", ["verdict", "leaning_no_hire", "strong-hire"])
def test_the_verdict_and_each_decision_are_explained_by_the_formula(name: str) -> None:
    assert explained(name) == f"{explain_verdict()}\n"
