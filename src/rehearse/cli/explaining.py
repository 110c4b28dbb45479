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
    """Say what a rule, or a category of rules, looks for: why, source, examples, how often right.

    "verdict", or a decision such as "leaning_no_hire", explains how the verdict is reached.
    """
    import msgspec

    if name == "verdict" or name.replace("-", "_") in _decisions():
        from rehearse.report.formula import explain_verdict

        text = explain_verdict()
        click.echo(
            msgspec.json.encode({"name": "verdict", "text": text}).decode() if as_json else text
        )
        return

    from rehearse.feedback.measured import load_measured
    from rehearse.report.explanation import as_text, explain_rules

    explanation = explain_rules(_rules_named(name), load_measured())
    click.echo(msgspec.json.encode(explanation).decode() if as_json else as_text(explanation))


def _decisions() -> tuple[str, ...]:
    from typing import get_args

    from rehearse.scenario import Decision

    return get_args(Decision)


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
