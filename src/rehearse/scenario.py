"""What will be asked, and what a good answer holds: a scenario as frozen values.

Knows no file format and no disk; `scenario_yaml` reads text into these values. Field names are the
keys of the scenario file, save where a unit is added (`target` in the file is `target_s` here).
"""

from typing import Annotated, Literal, TypeVar

import msgspec

from rehearse.errors import UsageError

Category = Literal[
    "we_language",
    "handoff",
    "assigned",
    "vague_result",
    "no_metric",
    "generic_reflection",
    "hedge",
    "passive",
    "vague_quantity",
    "blame",
    "filler",
    "repetition",
    "missing_boundary",
    "restart",
]
Decision = Literal["strong_hire", "hire", "leaning_no_hire", "no_hire", "not_enough"]

Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, msgspec.Meta(pattern=r"\S")]

# Seconds for each STAR step, and the limit of Situation, from the walkthrough that the project
# started with; the same page asks nothing of the other limits, so they follow Situation's ratio.
STAR_TARGETS_S = {
    "situation": 30.0,
    "task": 20.0,
    "action": 90.0,
    "result": 20.0,
    "reflection": 15.0,
}
LIMIT_RATIO = 1.5
PROBE_TARGET_S = 45.0

_DEFAULT_PROMPTS = {
    "situation": "What was the situation?",
    "task": "What was your task?",
    "action": "What did you do?",
    "result": "What was the result?",
    "reflection": "What did you learn?",
}


class Seconds(float):
    """A duration that a scenario file writes as `30s`, `2m` or `1m30s`."""


class SecondsRange(tuple[Seconds, Seconds]):
    """The shortest and the longest duration, written `2m30s-3m`, or `2m` where both are the same."""

    __slots__ = ()


class Values(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of everything that a scenario file holds: an unknown key is an error, never ignored."""


class Step(Values, frozen=True):
    """One part of the told answer with its own clock."""

    name: Slug
    target_s: Seconds = msgspec.field(name="target")
    limit: Seconds | None = None
    prompt: Text | None = None
    strong: str = ""
    key_points: tuple[Text, ...] = ()
    coaching: str = ""
    mistake: str = ""

    @property
    def limit_s(self) -> float:
        """When the interviewer would cut in; 1.5 times the target where the file names no limit."""
        return self.limit if self.limit is not None else self.target_s * LIMIT_RATIO

    @property
    def question(self) -> str:
        """What the interviewer says before this step."""
        return self.prompt or _DEFAULT_PROMPTS.get(self.name, f"Tell me about the {self.name}.")


class Level(Values, frozen=True):
    """What is expected of a candidate at one level of seniority."""

    name: Slug
    total_s: SecondsRange = msgspec.field(name="total")
    bar: str = ""
    expects: tuple[Text, ...] = ()
    reflection: str = ""


class WeakReply(Values, frozen=True):
    text: Text
    why: Text


class StrongReply(Values, frozen=True):
    text: Text
    key_line: str = ""


class Probe(Values, frozen=True):
    """A follow-up question; `asks_when` names the weaknesses that make it the fitting one."""

    question: Text
    probes_for: str = ""
    asks_when: tuple[Category, ...] = ()
    target: Seconds | None = None
    weak: WeakReply | None = None
    strong: StrongReply | None = None

    @property
    def target_s(self) -> float:
        """How long the reply may be; 45 s where the file names no target."""
        return self.target if self.target is not None else PROBE_TARGET_S

    @property
    def limit_s(self) -> float:
        return self.target_s * LIMIT_RATIO

    @property
    def key_points(self) -> tuple[str, ...]:
        """The one line on which a strong reply turns, where the file names it."""
        return (self.strong.key_line,) if self.strong and self.strong.key_line else ()


class Flaw(Values, frozen=True):
    """What is weak about one stretch of the weak answer; no quote where something is missing."""

    why: Text
    quote: str = ""


class WeakVerdict(Values, frozen=True):
    decision: Decision
    text: Text


class WeakAnswer(Values, frozen=True):
    """A whole answer told badly, with each flaw named."""

    text: Text
    flaws: tuple[Flaw, ...] = ()
    verdict: WeakVerdict | None = None


class QuizQuestion(Values, frozen=True):
    question: Text
    options: Annotated[tuple[Text, ...], msgspec.Meta(min_length=2)]
    answer: Annotated[int, msgspec.Meta(ge=1)]
    """The right option, counted from 1."""
    why: str = ""


class Lens(Values, frozen=True):
    """Another principle that the same story can serve, and how to tell it then."""

    name: Slug
    angle: Text
    emphasise: tuple[Text, ...] = ()
    play_down: tuple[Text, ...] = ()


class Scenario(Values, frozen=True):
    """One interview question with everything needed to rehearse it."""

    schema: Literal[1]
    name: Slug
    question: Text
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1)]
    company: str = ""
    principle: str = ""
    overview: str = ""
    takeaways: tuple[Text, ...] = ()
    vocabulary: tuple[Text, ...] = ()
    levels: tuple[Level, ...] = ()
    probes: tuple[Probe, ...] = ()
    weak_answer: WeakAnswer | None = None
    quiz: tuple[QuizQuestion, ...] = ()
    lenses: tuple[Lens, ...] = ()

    def step(self, name: str) -> Step:
        """The step of that name; UsageError with the names that exist where there is none."""
        return _named(self.steps, name, f"{self.name} has no step")

    def level(self, name: str) -> Level:
        return _named(self.levels, name, f"{self.name} has no level")

    def lens(self, name: str) -> Lens:
        return _named(self.lenses, name, f"{self.name} has no lens")


_Named = TypeVar("_Named", Step, Level, Lens)


def _named(things: tuple[_Named, ...], name: str, complaint: str) -> _Named:
    for thing in things:
        if thing.name == name:
            return thing
    names = ", ".join(thing.name for thing in things) or "none"
    raise UsageError(f'{complaint} "{name}"; it has: {names}.')
