"""What a rule looks for and why: as text, and as the values that `--json` prints."""

from collections.abc import Iterator

import msgspec

from rehearse.feedback.measured import Measured, Rates
from rehearse.feedback.ruleset import Rule
from rehearse.scenario import Category


class RuleExplained(msgspec.Struct, frozen=True):
    id: str
    category: Category
    why: str
    instead: str
    source: str
    sections: tuple[str, ...]
    flags: tuple[str, ...]
    passes: tuple[str, ...]
    threshold: str | None = None


class Explanation(msgspec.Struct, frozen=True):
    """Rules of one category, and how often findings of that category are right."""

    category: Category
    rules: tuple[RuleExplained, ...]
    measured: Rates | None
    measured_on: str


def explain_rules(rules: tuple[Rule, ...], measured: Measured) -> Explanation:
    """`rules` are of one category, at least one."""
    category = rules[0].category
    return Explanation(
        category,
        tuple(_explained(rule) for rule in rules),
        measured.categories.get(category),
        f"{measured.answers} labelled answers that no rule was tuned on, {measured.date}",
    )


def _explained(rule: Rule) -> RuleExplained:
    text = rule.text
    return RuleExplained(
        text.id,
        text.category,
        text.why,
        text.instead,
        text.source,
        text.sections,
        text.flags,
        text.passes,
        text.threshold,
    )


def as_text(explanation: Explanation) -> str:
    return "\n".join(_lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    for rule in explanation.rules:
        yield rule.id
        yield f"  Why:      {rule.why}"
        yield f"  Instead:  {rule.instead}"
        yield f"  Source:   {rule.source}"
        yield f"  Heard in: {', '.join(rule.sections)}"
        if rule.threshold:
            yield f"  From:     {rule.threshold}"
        yield from (f"  Flags:    {example}" for example in rule.flags)
        yield from (f"  Passes:   {example}" for example in rule.passes)
        yield ""
    yield f"How often {explanation.category} is right: {_share(explanation.measured)}"
    yield f"({explanation.measured_on})"


def _share(rates: Rates | None) -> str:
    if rates is None or rates.precision is None or rates.recall is None:
        return "not measured."
    return (
        f"{rates.precision:.0%} of its {rates.findings} findings were right, "
        f"and it found {rates.recall:.0%} of {rates.labels}."
    )
