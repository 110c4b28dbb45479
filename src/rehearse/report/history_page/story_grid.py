"""The story bank as a grid: a row for each principle, a column for each scenario."""

import msgspec

from rehearse.progress.bank import Bank


class Cell(msgspec.Struct, frozen=True):
    """One story told for one principle; empty where the scenario does not serve it."""

    text: str = ""
    is_told: bool = False


class Grid(msgspec.Struct, frozen=True):
    scenarios: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    without_story: tuple[str, ...]


def grid(bank: Bank) -> Grid:
    stories = [story for each in bank.principles.values() for story in each]
    scenarios = tuple(dict.fromkeys(story.scenario for story in stories))
    rows = []
    for principle, serving in bank.principles.items():
        cells = dict.fromkeys(scenarios, Cell())
        for story in serving:
            if story.last_told is None:
                cells[story.scenario] = Cell("not told yet")
            else:
                told = f"{story.times}×, last {story.last_told:%Y-%m-%d}"
                cells[story.scenario] = Cell(told, is_told=True)
        rows.append((principle, tuple(cells.values())))
    return Grid(scenarios, tuple(rows), bank.without_story)
