"""The list of scenarios, as text and as JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from rehearse.printable import printable
from rehearse.report.wording import duration
from rehearse.scenario import Scenario


class Entry(msgspec.Struct, frozen=True):
    """One scenario in `list --json`."""

    name: str
    company: str
    principle: str
    question: str
    steps: tuple["EntryStep", ...]
    last_practised: datetime | None


class EntryStep(msgspec.Struct, frozen=True):
    name: str
    target_s: float
    limit_s: float


def as_json(scenarios: Sequence[Scenario], practised: Mapping[str, datetime]) -> bytes:
    return msgspec.json.encode([_entry(scenario, practised) for scenario in scenarios])


def as_text(scenarios: Sequence[Scenario], practised: Mapping[str, datetime]) -> str:
    """A few lines for each scenario, in no need of a table."""
    if not scenarios:
        return "There are no scenarios here."
    return "\n\n".join(_as_text(scenario, practised) for scenario in scenarios)


def _as_text(scenario: Scenario, practised: Mapping[str, datetime]) -> str:
    heading = " · ".join(filter(None, (scenario.name, scenario.company, scenario.principle)))
    steps = ", ".join(f"{step.name} {duration(step.target_s)}" for step in scenario.steps)
    last = practised.get(scenario.name)
    when = f"{last:%Y-%m-%d %H:%M}" if last else "never"
    question = " ".join(scenario.question.split())
    return printable(f"{heading}\n  {question}\n  {steps}\n  last practised: {when}")


def _entry(scenario: Scenario, practised: Mapping[str, datetime]) -> Entry:
    return Entry(
        name=scenario.name,
        company=scenario.company,
        principle=scenario.principle,
        question=scenario.question,
        steps=tuple(
            EntryStep(step.name, float(step.target_s), float(step.limit_s))
            for step in scenario.steps
        ),
        last_practised=practised.get(scenario.name),
    )
