"""Two sessions side by side, on the terminal."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.printable import printable
from rehearse.progress.comparison import Change, Comparison, Pair
from rehearse.report.wording import in_words

_STYLES = {"better": "green", "worse": "yellow", "same": "dim", "within_spread": "dim"}


def print_comparison(comparison: Comparison, console: Console | None = None) -> None:
    console = console or Console(highlight=False)
    for part in _parts(comparison):
        console.print(part)


def verdict(change: Change) -> str:
    """Better or worse, and whether that is more than one's own takes differ anyway."""
    match change.direction:
        case "same":
            return "the same"
        case "within_spread":
            return f"within your own spread (±{change.spread:g})"
        case direction:
            known = f"more than your spread of ±{change.spread:g}" if change.spread else ""
            return f"{direction}{f' ({known})' if known else ''}"


def remarks(pair: Pair) -> Iterator[str]:
    for title, categories in (("No more", pair.gone), ("New", pair.new)):
        if categories:
            yield f"{title}: {', '.join(in_words(each) for each in categories)}."


def unmatched(comparison: Comparison) -> Iterator[str]:
    """What has nothing to be compared with."""
    if not comparison.pairs:
        is_drill = comparison.before == comparison.after
        yield "Nothing was told twice in it." if is_drill else "Nothing was told in both."
    for session, names in (
        (comparison.before, comparison.only_before),
        (comparison.after, comparison.only_after),
    ):
        if names:
            listed = "; ".join(names)
            yield f"Only in {session}: {listed}{'' if listed.endswith('?') else '.'}"


def _parts(comparison: Comparison) -> Iterator[RenderableType]:
    yield Text(printable(f"{comparison.after} against {comparison.before}"), style="bold")
    for pair in comparison.pairs:
        yield Text()
        yield Text(printable(pair.name).upper(), style="bold")
        yield _table(pair)
        yield from (Text(f"  {line}") for line in remarks(pair))
    lines = [*unmatched(comparison)]
    if lines:
        yield Text()
        yield from (Text(printable(line), style="dim") for line in lines)


def _table(pair: Pair) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), header_style="dim")
    table.add_column("")
    table.add_column("before", justify="right")
    table.add_column("now", justify="right")
    table.add_column("")
    for change in pair.changes:
        words = Text(verdict(change), style=_STYLES[change.direction])
        table.add_row(change.measure, f"{change.before:g}", f"{change.after:g}", words)
    return table
