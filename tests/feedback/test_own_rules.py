import pytest
from tests.rules import RULE

from rehearse.errors import BadInputError
from rehearse.feedback.own_rules import with_own_rules
from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.transcript import Transcript


def raised(own: str, text: str) -> list[str]:
    rules = with_own_rules(load_rules(), "rules.toml", own)
    found = find_weak_phrases(Transcript.from_text(text), "whole", rules)
    return [finding.rule for finding in found if finding.category in ("filler", "hedge")]


def test_a_filler_that_is_style_is_not_counted() -> None:
    said = "It was, um, basically the pump in hall two."
    assert raised("", said) == ["filler.sound", "filler.basically"]
    assert raised('ignore = ["basically"]', said) == ["filler.sound"]


@pytest.mark.parametrize("off", ["filler.basically", "filler"])
def test_a_rule_or_a_category_is_switched_off(off: str) -> None:
    assert raised(f'off = ["{off}"]', "It was basically the pump in hall two.") == []


def test_a_rule_of_ones_own_is_heard_and_counted() -> None:
    assert raised(RULE, "It was perchance the pump.") == ["hedge.perchance"]
    with_one_more = with_own_rules(load_rules(), "rules.toml", RULE)
    assert len(with_one_more.rules) == len(load_rules().rules) + 1


@pytest.mark.parametrize(
    ("own", "message"),
    [
        (
            'off = ["hedge.mayb"]',
            'rules.toml:1:9: off names "hedge.mayb", which is no rule and no category. '
            "Did you mean hedge.maybe or hedge.mostly or hedge.apology?",
        ),
        (
            RULE.replace("hedge.perchance", "hedge.maybe"),
            'rules.toml:3:7: the rule id "hedge.maybe" is taken. Choose another, '
            'or switch the other rule off: off = ["hedge.maybe"].',
        ),
        (
            'ignore = []\nof = ["hedge"]',
            "rules.toml:2:1: Object contains unknown field `of`. "
            "What may stand there: off, ignore and rule.",
        ),
        (
            RULE.replace("passes", "passing"),
            'rules.toml:3:7: the rule "hedge.perchance" has no passes. '
            "Add at least one sentence that it must leave alone.",
        ),
        (
            RULE.replace('"hedge"', '"hedges"'),
            "rules.toml:4:1: Invalid enum value 'hedges' - at `$.rule[0].category`. It may be "
            "we_language, handoff, assigned, vague_result, no_metric, generic_reflection, hedge, "
            "passive, vague_quantity, blame, filler, repetition, missing_boundary, restart.",
        ),
        (
            RULE + "length = 3\n",
            "rules.toml:11:1: Object contains unknown field `length` - at `$.rule[0]`. What may "
            "stand there: id, category, why, instead, source, flags, passes, sections, detector, "
            "patterns, unless, only_if, threshold, last_resort, doubtful and in_company.",
        ),
        (
            RULE.replace('["perchance"]', '["(perchance"]'),
            'rules.toml:3:7: the rule "hedge.perchance": "(perchance" opens a bracket and does not '
            "close it.",
        ),
        (
            "off = 1",
            "rules.toml:1:1: Expected `array`, got `int` - at `$.off`. "
            "The README shows what each key holds.",
        ),
        (
            "off = [",
            "rules.toml:1:8: this is not valid TOML: Invalid value. "
            "Mend that line, or take it out.",
        ),
    ],
)
def test_a_file_that_cannot_be_followed_says_what_to_do(own: str, message: str) -> None:
    with pytest.raises(BadInputError) as error:
        with_own_rules(load_rules(), "rules.toml", own)
    assert str(error.value) == message
