"""The story bank as a grid: a row for each principle, a column for each scenario."""

from collections.abc import Iterable

import msgspec

from rehearse.progress.bank import Bank, Story


class Cell(msgspec.Struct, frozen=True):
    """One story told for one principle; empty where the scenario does not serve it."""

    sign: str = ""
    words: str = ""
    """What the sign does not say: when, or that it was not told yet."""
    is_told: bool = False


class Grid(msgspec.Struct, frozen=True):
    """What was told stands in front, for most of what could be told is not."""

    scenarios: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    without_story: tuple[str, ...]


def grid(bank: Bank) -> Grid:
    stories = [story for each in bank.principles.values() for story in each]
    told = {story.scenario for story in stories if story.last_told}
    names = dict.fromkeys(story.scenario for story in stories)
    scenarios = tuple(sorted(names, key=lambda name: name not in told))
    principles = sorted(bank.principles, key=lambda name: name in bank.untold)
    return Grid(
        scenarios,
        tuple((name, _row(scenarios, bank.principles[name])) for name in principles),
        bank.without_story,
    )


def _row(scenarios: Iterable[str], stories: Iterable[Story]) -> tuple[Cell, ...]:
    cells = {story.scenario: _cell(story) for story in stories}
    return tuple(cells.get(name, Cell()) for name in scenarios)


def _cell(story: Story) -> Cell:
    if story.last_told is None:
        return Cell("○", "not told yet")
    return Cell(f"{story.times}×", f"last {story.last_told:%Y-%m-%d}", is_told=True)
