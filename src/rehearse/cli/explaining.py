"""The command that says how a judgement is made."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from rehearse.cli.options import JSON
from rehearse.errors import UsageError

if TYPE_CHECKING:
    from rehearse.feedback.ruleset import Rule


@click.command()
@click.argument("name")
@JSON
def explain(name: str, *, as_json: bool) -> None:
    """Say what a rule, or a category of rules, looks for: why, source, examples, how often right."""
    import msgspec

    from rehearse.feedback.measured import load_measured
    from rehearse.report.explanation import as_text, explain_rules

    explanation = explain_rules(_rules_named(name), load_measured())
    click.echo(msgspec.json.encode(explanation).decode() if as_json else as_text(explanation))


def _rules_named(name: str) -> "tuple[Rule, ...]":
    from rehearse import shelves

    rules = shelves.rules().rules
    found = tuple(rule for rule in rules if name in (rule.id, rule.category))
    if found:
        return found
    known = sorted({rule.id for rule in rules} | {rule.category for rule in rules})
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    hint = (
        f"Did you mean {' or '.join(near)}?"
        if near
        else f"Categories: {', '.join(sorted({rule.category for rule in rules}))}."
    )
    raise UsageError(f'There is no rule "{name}". {hint}')
