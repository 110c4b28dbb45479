"""What is asked, in which order, with which clock. Knows no audio, no screen and no time of day."""

from collections.abc import Collection, Mapping, Sequence
from math import inf
from typing import Literal

import msgspec

from rehearse.scenario import Category, Probe, Scenario, Step

PromptKind = Literal["step", "probe", "whole"]
Mode = Literal["steps", "whole"]
WHOLE = "whole"
_FADES_OVER = 3
"""After so many sittings a follow-up that was asked counts half of one that never was."""
SOON_SHARE = 0.8
"""The share of a target at which a candidate should come to the point."""


class Prompt(msgspec.Struct, frozen=True):
    """One thing that the interviewer asks, and the clock of the answer.

    `section` names the answer's section; the targets are None where an answer is not timed.
    """

    section: str
    kind: PromptKind
    question: str
    target_s: float | None = None
    limit_s: float | None = None
    key_points: tuple[str, ...] = ()
    probe: Probe | None = None
    """The follow-up by whose own rules the answer is judged."""
    parts: tuple["Prompt", ...] = ()
    """The steps that an answer told in one go is split into."""


def step_prompts(
    scenario: Scenario, only: Sequence[str] = (), repetitions: int = 1
) -> tuple[Prompt, ...]:
    """The scenario's steps, or those named in `only`, each asked `repetitions` times in a row.

    Raises UsageError for a step that the scenario does not have.
    """
    chosen = [scenario.step(name) for name in only] or scenario.steps
    return tuple(_step_prompt(step) for step in chosen for _ in range(repetitions))


def _step_prompt(step: Step) -> Prompt:
    return Prompt(
        section=step.name,
        kind="step",
        question=step.question,
        target_s=float(step.target_s),
        limit_s=float(step.limit_s),
        key_points=step.key_points,
    )


def whole_prompt(scenario: Scenario) -> Prompt:
    """The question itself, answered in one go; its clock is the sum of the steps' clocks."""
    return Prompt(
        section=WHOLE,
        kind="whole",
        question=scenario.question,
        target_s=sum(step.target_s for step in scenario.steps),
        limit_s=sum(step.limit_s for step in scenario.steps),
        key_points=tuple(point for step in scenario.steps for point in step.key_points),
        parts=step_prompts(scenario),
    )


def probe_prompts(
    scenario: Scenario,
    lacks: Mapping[Category, float],
    at_most: int | None,
    asked_before: Sequence[Collection[str]] = (),
) -> tuple[Prompt, ...]:
    """The follow-ups to ask, those first that fit best what the answer lacked; `lacks` weighs it.

    `asked_before` holds the questions of earlier sittings, newest first. Where not all are asked,
    those of the last sitting wait until the others had their turn, and what was asked a short while
    ago fits less; of equal ones the one that was not asked for longest comes first.
    """
    is_choice = at_most is not None and at_most < len(scenario.probes)
    earlier = asked_before if is_choice else ()

    def rank(probe: Probe) -> tuple[bool, float, float]:
        fit = max((lacks.get(category, 0.0) for category in probe.asks_when), default=0.0)
        sittings_ago = next((n for n, asked in enumerate(earlier) if probe.question in asked), inf)
        freshness = 1.0 if sittings_ago == inf else sittings_ago / (sittings_ago + _FADES_OVER)
        return sittings_ago == 0, -fit * freshness, -sittings_ago

    chosen = sorted(scenario.probes, key=rank)[:at_most]
    return tuple(_probe_prompt(number, probe) for number, probe in enumerate(chosen, start=1))


def _probe_prompt(number: int, probe: Probe) -> Prompt:
    return Prompt(
        section=f"probe-{number}",
        kind="probe",
        question=probe.question,
        target_s=float(probe.target_s),
        limit_s=float(probe.limit_s),
        key_points=probe.key_points,
        probe=probe,
    )
