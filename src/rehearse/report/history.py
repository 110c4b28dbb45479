"""Many sessions on the terminal: how much, what changes, what is not covered, and which there are."""

from collections.abc import Iterable, Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.printable import printable
from rehearse.progress.bank import Bank, Story
from rehearse.progress.history import History
from rehearse.progress.sitting import Sitting
from rehearse.progress.trends import SectionTrends, Streak, Trend, Trends
from rehearse.report.wording import count, duration, in_words

_STYLES = {"better": "green", "worse": "yellow", "steady": "", "too_few": "dim"}
DIRECTIONS = {"better": "better", "worse": "worse", "steady": "steady", "too_few": ""}
_MOST_FINDINGS = 6


def print_history(history: History, last: int, console: Console | None = None) -> None:
    """Prints everything, with the `last` sessions one by one."""
    console = console or Console(highlight=False)
    if not history.sessions:
        console.print("No session is finished yet. `rehearse demo` makes one.")
        return
    for part in _parts(history, last):
        console.print(part)


def _parts(history: History, last: int) -> Iterator[RenderableType]:
    yield Text(how_much(history), style="bold")
    yield Text(how_regularly(history.trends.streak))
    yield from _titled("Each section, lately (and before)", _sections(history.trends))
    yield from _titled("The whole answer, lately (and before)", _whole(history.trends))
    if history.bank.principles:
        yield from _titled("Story bank", _bank(history.bank))
        yield from _gaps(history.bank)
    yield from _titled("Sessions, the latest first", _sessions(history.sessions[:last]))
    if history.judged_otherwise:
        yield Text()
        yield Text(
            f"Judged by other rules or another model than the latest: "
            f"{count(history.judged_otherwise, 'session')}. `rehearse reanalyze --all` makes them "
            "comparable.",
            style="dim",
        )


def how_much(history: History) -> str:
    scenarios = {sitting.scenario for sitting in history.sessions}
    facts = (
        count(len(history.sessions), "session"),
        count(len(scenarios), "scenario"),
        f"{duration(history.spoken_s)} spoken",
        f"{size(history.disk_bytes)} on disk",
        f"since {history.sessions[-1].started_at:%Y-%m-%d}",
    )
    return " · ".join(facts)


def how_regularly(streak: Streak) -> str:
    week = f"{count(streak.last_7_days, 'session')} in the last 7 days"
    if streak.days > 1:
        week += f", rehearsed {streak.days} days in a row"
    return f"{week}."


def _titled(title: str, table: RenderableType) -> Iterator[RenderableType]:
    yield Text()
    yield Text(title, style="bold")
    yield table


def _table(*headings: str, right: Iterable[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left")
    return table


def _sections(trends: Trends) -> Table:
    table = _table("section", "over, s", "words/min", "fillers/min", "weak phrases", "not said")
    for name, section in trends.sections.items():
        table.add_row(printable(name), *(_cell(each, gap="\n") for each in _measures(section)))
    return table


def _measures(section: SectionTrends) -> tuple[Trend, ...]:
    return (
        section.overrun_s,
        section.pace_wpm,
        section.fillers_per_min,
        section.weak_phrases,
        section.missing_points,
    )


def _whole(trends: Trends) -> Table:
    table = _table("what", "lately")
    result = trends.result_test
    table.add_row("share of “I” among I and we", _share(trends.i_share))
    table.add_row("result: a number that changed", _share(result.metric_delta))
    table.add_row("result: what it was worth", _share(result.business_impact))
    table.add_row("result: what followed from it", _share(result.second_order))
    for category, trend in [*trends.findings.items()][:_MOST_FINDINGS]:
        table.add_row(f"{in_words(category)}, each session", _cell(trend))
    return table


def _cell(trend: Trend, unit: float = 1.0, sign: str = "", gap: str = " ") -> Text:
    """`4.2 (was 9.0) better`, or only the mean where there is nothing to compare with."""
    if trend.lately is None:
        return Text("–", style="dim")
    text = Text(f"{number(trend.lately * unit)}{sign}")
    if trend.before is not None:
        text.append(f" (was {number(trend.before * unit)}{sign})", style="dim")
        text.append(f"{gap}{DIRECTIONS[trend.direction]}", style=_STYLES[trend.direction])
    return text


def _share(trend: Trend) -> Text:
    return _cell(trend, unit=100, sign=" %")


def number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 or value == round(value) else f"{value:.1f}"  # noqa: PLR2004 - two digits are enough


def _bank(bank: Bank) -> Table:
    """The principles for which something was told; the others are gaps."""
    table = _table("principle", "told", "not told for it yet")
    for principle, stories in bank.principles.items():
        if principle not in bank.untold:
            told = ", ".join(_told(story) for story in stories if story.last_told)
            table.add_row(printable(principle), printable(told), printable(_waiting(stories)))
    return table


def _told(story: Story) -> str:
    return f"{story.scenario} ({story.times}x, last {story.last_told:%Y-%m-%d})"


def _waiting(stories: Iterable[Story]) -> str:
    return ", ".join(story.scenario for story in stories if story.last_told is None)


def _gaps(bank: Bank) -> Iterator[Text]:
    if bank.untold:
        waiting = (f"{name} ({_waiting(bank.principles[name])})" for name in bank.untold)
        yield Text(printable(f"Nothing told yet for: {'; '.join(waiting)}."), style="dim")
    if bank.without_story:
        yield Text(printable(f"No story yet for: {'; '.join(bank.without_story)}."), style="dim")


def _sessions(sittings: Iterable[Sitting]) -> Table:
    right = ("spoken", "weak", "fillers/min", "size")
    table = _table("session", "spoken", "weak", "fillers/min", "size", right=right)
    for sitting in sittings:
        fillers = sitting.fillers_per_min
        table.add_row(
            printable(sitting.id),
            how_long(sitting),
            str(sitting.weak_phrases),
            "" if fillers is None else f"{fillers:.1f}",
            size(sitting.disk_bytes),
        )
    return table


def how_long(sitting: Sitting) -> str:
    if not sitting.told and sitting.quiz_asked:
        return f"quiz {sitting.quiz_right} of {sitting.quiz_asked}"
    if sitting.spoken_s is None:
        return "not timed"
    target = "" if sitting.target_s is None else f" of {sitting.target_s:.0f}"
    return f"{sitting.spoken_s:.0f}{target} s"


def size(size_bytes: int) -> str:
    """`812 kB`, `4.1 MB`, `2.30 GB`."""
    if size_bytes < 1e6:  # noqa: PLR2004 - a megabyte
        return f"{size_bytes / 1e3:.0f} kB"
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes < 1e9 else f"{size_bytes / 1e9:.2f} GB"  # noqa: PLR2004
