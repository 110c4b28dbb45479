"""The text of a scenario file → `Scenario`, or an error that names line, column and remedy."""

from collections.abc import Iterable, Iterator
from typing import Any

from rehearse.errors import BadInputError
from rehearse.scenario import Scenario
from rehearse.scenario_misfits import fit, in_plain_words
from rehearse.yaml_tree import Mark, Path, read_tree

MAX_CHARS = 1_000_000


def parse(text: str, file: str) -> Scenario:
    """Reads one scenario; `file` is how messages name it.

    Raises BadInputError with one line for each problem found, as `file:line:column: what. Remedy.`
    """
    if len(text) > MAX_CHARS:
        raise BadInputError(
            f"{file}: this file holds {len(text):,} characters; a scenario may hold "
            f"{MAX_CHARS:,} at most."
        )
    tree, marks = read_tree(text, file)
    scenario, misfits = fit(tree, marks)
    found = sorted(map(in_plain_words, misfits), key=lambda each: _mark_of(each[0], marks))
    problems = [_located(file, marks, *each) for each in found]
    if scenario and not problems:
        problems = [_located(file, marks, path, what) for path, what in _inconsistencies(scenario)]
    if problems or scenario is None:
        raise BadInputError("\n".join(problems))
    return scenario


def _located(file: str, marks: dict[Path, Mark], path: Path, what: str) -> str:
    """`file:line:column: where: what.`"""
    line, column = _mark_of(path, marks)
    where = f"{_spoken(path)}: " if path else ""
    end = "" if what.endswith(("?", ".")) else "."
    return f"{file}:{line}:{column}: {where}{what}{end}"


def _mark_of(path: Path, marks: dict[Path, Mark]) -> Mark:
    """The place of the nearest enclosing key that is known."""
    while path and path not in marks:
        path = path[:-1]
    return marks.get(path, (1, 1))


def _spoken(path: Path) -> str:
    """`steps, item 2, target`: the way down to a value, counted from 1 as people do."""
    return ", ".join(f"item {step + 1}" if isinstance(step, int) else step for step in path)


def _inconsistencies(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """What the schema cannot say: names that clash, limits under targets, quotes of nothing."""
    for field in ("steps", "levels", "lenses"):
        yield from _repeated_names(field, getattr(scenario, field))
    for index, step in enumerate(scenario.steps):
        if step.name == "whole" or step.name.startswith("probe-"):
            yield (
                ("steps", index, "name"),
                f'"{step.name}" is a name that rehearse uses itself. Choose another',
            )
        if step.limit is not None and step.limit < step.target_s:
            yield (
                ("steps", index, "limit"),
                "the limit lies before the target. Make it the same or longer",
            )
    for index, question in enumerate(scenario.quiz):
        if question.answer > len(question.options):
            yield (
                ("quiz", index, "answer"),
                f"there are only {len(question.options)} options, counted from 1. Choose one of them",
            )
    if scenario.weak_answer:
        for index, flaw in enumerate(scenario.weak_answer.flaws):
            if flaw.quote not in scenario.weak_answer.text:
                yield (
                    ("weak_answer", "flaws", index, "quote"),
                    "these words do not stand in the weak answer. Copy them exactly",
                )


def _repeated_names(field: str, things: Iterable[Any]) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for index, thing in enumerate(things):
        if thing.name in seen:
            yield (
                (field, index, "name"),
                f'"{thing.name}" stands here a second time. Give each its own name',
            )
        seen.add(thing.name)
