"""What to rehearse today, and why: a pure function of the scenarios, the sessions and the time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Literal

import msgspec

from rehearse.interview import WHOLE
from rehearse.progress.grading import Grade
from rehearse.progress.memory import Memory, Part, day_of, memories
from rehearse.progress.sitting import Sitting
from rehearse.scenario import Scenario

Kind = Literal["steps", "probes", "whole"]

AROUND_AN_ANSWER_S = 40.0
"""Hearing the question, thinking, and reading what was found."""
_SHAKY_AT_MOST = 1
"""So many stories may still be shaky when a new one is begun."""


class Section(msgspec.Struct, frozen=True):
    """One part to tell: a step's name, a follow-up's question, or "whole"."""

    name: str
    why: str
    is_new: bool
    recall: float | None
    """How likely it still sits, 0 to 1; None for what was never told."""


class Activity(msgspec.Struct, frozen=True):
    """Parts of one scenario that one command rehearses."""

    scenario: str
    kind: Kind
    sections: tuple[Section, ...]
    seconds: float
    command: str


class Plan(msgspec.Struct, frozen=True):
    minutes: float
    """What was asked for."""
    seconds: float
    """What it comes to."""
    activities: tuple[Activity, ...]
    next_due: date | None
    """When something is due again after today."""


class _Candidate(msgspec.Struct, frozen=True):
    scenario: Scenario
    kind: Kind
    place: int
    """Where the part stands in its scenario, from 0."""
    name: str
    seconds: float
    memory: Memory | None

    @property
    def last_told(self) -> datetime | None:
        return self.memory.last_told if self.memory else None


def plan_of(
    scenarios: Sequence[Scenario], sittings: Sequence[Sitting], now: datetime, minutes: float
) -> Plan:
    """`sittings` with the oldest first. First what is due, the least known in front; then what is
    missing of stories that were begun; then, slowly, a new story.
    """
    known = memories(sittings, now)
    candidates = [each for scenario in scenarios for each in _candidates(scenario, known)]
    chosen = _within(_in_order(candidates, now), minutes * 60)
    ahead = (day_of(each.memory.due, now) for each in candidates if each.memory)
    return Plan(
        minutes=minutes,
        seconds=sum(each.seconds for each in chosen),
        activities=tuple(_activities(chosen, now)),
        next_due=min((day for day in ahead if day > now.date()), default=None),
    )


def _candidates(scenario: Scenario, known: Mapping[Part, Memory]) -> Iterator[_Candidate]:
    parts: list[tuple[Kind, int, str, float]] = [
        ("steps", place, step.name, step.target_s) for place, step in enumerate(scenario.steps)
    ]
    parts += [
        ("probes", place, probe.question, probe.target_s)
        for place, probe in enumerate(scenario.probes)
    ]
    parts.append(("whole", 0, WHOLE, sum(step.target_s for step in scenario.steps)))
    for kind, place, name, target_s in parts:
        seconds = target_s + AROUND_AN_ANSWER_S
        yield _Candidate(scenario, kind, place, name, seconds, known.get((scenario.name, name)))


def _in_order(candidates: Sequence[_Candidate], now: datetime) -> Iterator[_Candidate]:
    due = _due(candidates, now)
    yield from sorted(due, key=lambda each: (each.memory.recall if each.memory else 0, each.place))
    names = {each.scenario.name for each in candidates if each.memory}
    begun = [each for each in candidates if each.scenario.name in names]
    yield from _missing_parts(begun, now)
    if _is_time_for_a_new_story(begun, now):
        new = [each for each in candidates if each.scenario.name not in names]
        yield from (
            part for part in new if part.scenario is new[0].scenario and part.kind == "steps"
        )


def _due(candidates: Iterable[_Candidate], now: datetime) -> list[_Candidate]:
    """A step that was last told in one go is not asked for besides the whole that it is part of."""
    due = [each for each in candidates if each.memory and _is_due(each.memory, now)]
    in_one_go = {(each.scenario.name, each.last_told) for each in due if each.kind == "whole"}
    return [
        each
        for each in due
        if each.kind != "steps" or (each.scenario.name, each.last_told) not in in_one_go
    ]


def _is_due(memory: Memory, now: datetime) -> bool:
    return day_of(memory.due, now) <= now.date()


def _missing_parts(begun: Sequence[_Candidate], now: datetime) -> Iterator[_Candidate]:
    """Steps never told; and where all steps sit, follow-ups and the whole in one go."""
    for _, parts in groupby(begun, key=lambda each: each.scenario.name):
        each_part = [*parts]
        steps = [part for part in each_part if part.kind == "steps"]
        new = [part for part in each_part if not part.memory]
        in_one_go = any(part.memory for part in each_part if part.kind == "whole")
        untold = [step for step in steps if not step.memory]
        if untold and not (in_one_go and len(untold) == len(steps)):
            yield from untold
        elif all(_sits(step, now) for step in steps if step.memory):
            yield from (part for part in new if part.kind != "steps")


def _sits(part: _Candidate, now: datetime) -> bool:
    memory = part.memory
    return memory is not None and memory.last.grade >= Grade.GOOD and not _is_due(memory, now)


def _is_time_for_a_new_story(begun: Iterable[_Candidate], now: datetime) -> bool:
    """Not on the day on which one was begun, nor while several are still shaky."""
    firsts: dict[str, date] = {}
    shaky = set()
    for part in begun:
        if part.memory is None:
            continue
        name, day = part.scenario.name, day_of(part.memory.first_told, now)
        firsts[name] = min(day, firsts.get(name, day))
        if part.memory.last.grade < Grade.GOOD:
            shaky.add(name)
    return len(shaky) <= _SHAKY_AT_MOST and now.date() not in firsts.values()


def _within(candidates: Iterable[_Candidate], seconds: float) -> list[_Candidate]:
    """As many as there is time for, and one at least."""
    chosen: list[_Candidate] = []
    left_s = seconds
    for each in candidates:
        if each.seconds <= left_s or not chosen:
            chosen.append(each)
            left_s -= each.seconds
    return chosen


def _activities(chosen: Sequence[_Candidate], now: datetime) -> Iterator[Activity]:
    """In the order of their most urgent part; the parts in the order of the story."""
    groups: dict[tuple[str, Kind], list[_Candidate]] = {}
    for each in chosen:
        groups.setdefault((each.scenario.name, each.kind), []).append(each)
    for parts in groups.values():
        parts.sort(key=lambda part: part.place)
        yield Activity(
            scenario=parts[0].scenario.name,
            kind=parts[0].kind,
            sections=tuple(_section(part, now) for part in parts),
            seconds=sum(part.seconds for part in parts),
            command=_command(parts),
        )


def _section(part: _Candidate, now: datetime) -> Section:
    memory = part.memory
    if memory is None:
        why = "not asked yet" if part.kind == "probes" else "not told yet"
        return Section(part.name, why, is_new=True, recall=None)
    days = (now.date() - day_of(memory.last_told, now)).days
    ago = {0: "earlier today", 1: "yesterday"}.get(days, f"{days} days ago")
    troubles = ", ".join(memory.last.troubles) or "it went well"
    return Section(part.name, f"{ago}: {troubles}", is_new=False, recall=memory.recall)


def _command(parts: Sequence[_Candidate]) -> str:
    scenario, kind = parts[0].scenario, parts[0].kind
    match kind:
        case "whole":
            return f"rehearse run {scenario.name} --mode whole"
        case "probes":
            return f"rehearse challenge {scenario.name} --probes {parts[-1].place + 1}"
        case "steps" if len(parts) == len(scenario.steps):
            return f"rehearse run {scenario.name}"
        case "steps":
            return f"rehearse run {scenario.name} --only {','.join(part.name for part in parts)}"
