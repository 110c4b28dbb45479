"""Judging answers that were not rehearsed here: any recording, or a transcript as text."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from rehearse import __version__
from rehearse.errors import RehearseError, UsageError
from rehearse.feedback.phrases import RuleSet
from rehearse.feedback.section import judge_section
from rehearse.interview import WHOLE, Prompt, step_prompts, whole_prompt
from rehearse.scenario import LIMIT_RATIO, STAR_TARGETS_S, Scenario
from rehearse.session import Session, SessionInfo, sum_up
from rehearse.transcript import Hearing, Transcript


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """By what an answer is to be judged."""

    prompt: Prompt
    scenario: Scenario | None
    level: str | None
    lens: str | None
    model: str

    @property
    def vocabulary(self) -> tuple[str, ...]:
        return self.scenario.vocabulary if self.scenario else ()


def request(
    scenario: Scenario | None, step: str | None, *, level: str | None, lens: str | None, model: str
) -> Request:
    """Raises UsageError where there is no such step."""
    return Request(
        prompt=_prompt(scenario, step), scenario=scenario, level=level, lens=lens, model=model
    )


def _prompt(scenario: Scenario | None, step: str | None) -> Prompt:
    if scenario is not None:
        return step_prompts(scenario, [step])[0] if step else whole_prompt(scenario)
    if step is None:
        return Prompt(WHOLE, "whole", question="")
    target_s = STAR_TARGETS_S.get(step)
    if target_s is None:
        raise UsageError(
            f'Without a scenario there is no step "{step}"; there are: {", ".join(STAR_TARGETS_S)}.'
        )
    return Prompt(step, "step", question="", target_s=target_s, limit_s=target_s * LIMIT_RATIO)


def analyze(
    request: Request, files: Sequence[Path], hear: Callable[[Path], Hearing], rules: RuleSet
) -> Iterator[Session | RehearseError]:
    """Each file judged, in the order given; one that cannot be is its error, and the rest go on."""
    for file in files:
        try:
            yield _judge(request, hear(file), rules)
        except RehearseError as error:
            yield error


def _judge(request: Request, hearing: Hearing, rules: RuleSet) -> Session:
    info = SessionInfo(
        id=None,
        scenario=request.scenario.name if request.scenario else None,
        mode="whole" if request.prompt.kind == "whole" else "steps",
        level=request.level,
        lens=request.lens,
        model=None if hearing.speech is None else request.model,
        rehearse_version=__version__,
    )
    section = judge_section(request.prompt, hearing, rules)
    return sum_up(info, [section], rules, request.scenario)


def judge_weak_answer(scenario: Scenario, rules: RuleSet) -> Session | None:
    """The scenario's weak answer, judged as anybody's would be; None where it has none."""
    if scenario.weak_answer is None:
        return None
    asked = request(scenario, None, level=None, lens=None, model="")
    return _judge(asked, Hearing(Transcript.from_text(scenario.weak_answer.text)), rules)
