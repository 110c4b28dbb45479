"""A scenario on the terminal, to study before rehearsing it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from rehearse.printable import printable
from rehearse.report import wording
from rehearse.report.spoken import passages
from rehearse.report.wording import duration, in_words
from rehearse.scenario import Lens, Level, Probe, Scenario, Step, WeakAnswer

if TYPE_CHECKING:
    from rehearse.feedback.verdict import Verdict


def print_scenario(scenario: Scenario, console: Console | None = None) -> None:
    """Prints everything there is to study."""
    _print(_scenario(scenario), console)


def print_verdict(verdict: "Verdict", console: Console | None = None) -> None:
    """Prints what the program itself decides on the weak answer."""
    _print(_verdict(verdict), console)


def _verdict(verdict: "Verdict") -> Iterator[RenderableType]:
    yield Text()
    yield _heading("THE WEAK ANSWER, JUDGED BY REHEARSE AS YOURS WILL BE")
    yield _indented(wording.verdict(verdict))
    for reason in verdict.because:
        quote = f" “{reason.quote}”" if reason.quote else ""
        yield _indented(f"- {reason.text}{quote}")


def print_step(step: Step, console: Console | None = None) -> None:
    """Prints one step with its example and coaching."""
    _print(_step(step), console)


def spoken_scenario(scenario: Scenario) -> tuple[str, ...]:
    """What print_scenario shows, to be read aloud."""
    return passages(_scenario(scenario))


def spoken_step(step: Step) -> tuple[str, ...]:
    """What print_step shows, to be read aloud."""
    return passages(_step(step))


def _print(lines: Iterator[RenderableType], console: Console | None) -> None:
    console = console or Console(highlight=False)
    for line in lines:
        console.print(line)


def _scenario(scenario: Scenario) -> Iterator[RenderableType]:
    yield _heading(" · ".join(filter(None, (scenario.company, scenario.principle, scenario.name))))
    yield Text(printable(scenario.question))
    if scenario.overview:
        yield from _titled("What happened", scenario.overview)
    if scenario.takeaways:
        yield from _listed("What to take from it", scenario.takeaways)
    for step in scenario.steps:
        yield Text()
        yield from _step(step)
    for level in scenario.levels:
        yield from _level(level)
    for probe in scenario.probes:
        yield from _probe(probe)
    if scenario.weak_answer:
        yield from _weak_answer(scenario.weak_answer)
    for lens in scenario.lenses:
        yield from _lens(lens)


def _step(step: Step) -> Iterator[RenderableType]:
    times = f"target {duration(step.target_s)}, limit {duration(step.limit_s)}"
    yield _heading(step.name.upper()).append(f"  {times}", style="not bold")
    yield _indented(f"Asked: {step.question}")
    if step.strong:
        yield from _titled("Strong example", step.strong)
    if step.key_points:
        yield from _listed("Key points", step.key_points)
    if step.coaching:
        yield from _titled("Coaching", step.coaching)
    if step.mistake:
        yield from _titled("Common mistake", step.mistake)


def _level(level: Level) -> Iterator[RenderableType]:
    shortest_s, longest_s = level.total_s
    total = duration(longest_s)
    if shortest_s != longest_s:
        total = f"{duration(shortest_s)} to {total}"
    yield Text()
    yield _heading(f"LEVEL {level.name}").append(f"  {total} in all", style="not bold")
    if level.bar:
        yield _indented(level.bar)
    if level.expects:
        yield from _listed("Expected", level.expects)
    if level.reflection:
        yield from _titled("Reflection at this level", level.reflection)


def _probe(probe: Probe) -> Iterator[RenderableType]:
    yield Text()
    yield _heading("PROBE").append(f"  {printable(probe.question)}", style="not bold")
    if probe.probes_for:
        yield _indented(f"Probes for: {probe.probes_for}")
    if probe.weak:
        yield from _titled("Weak", probe.weak.text)
        yield _indented(f"Why it is weak: {probe.weak.why}")
    if probe.strong:
        yield from _titled("Strong", probe.strong.text)
        if probe.strong.key_line:
            yield _indented(f"Key line: {probe.strong.key_line}")


def _weak_answer(answer: WeakAnswer) -> Iterator[RenderableType]:
    yield Text()
    yield _heading("A WEAK ANSWER, TAKEN APART")
    yield _indented(answer.text)
    for flaw in answer.flaws:
        quote = f"“{flaw.quote}” " if flaw.quote else ""
        yield _indented(f"- {quote}{flaw.why}")
    if answer.verdict:
        decision = in_words(answer.verdict.decision)
        yield _indented(f"Verdict: {decision}. {answer.verdict.text}")


def _lens(lens: Lens) -> Iterator[RenderableType]:
    yield Text()
    yield _heading(f"LENS {lens.name}")
    yield _indented(lens.angle)
    if lens.emphasise:
        yield from _listed("Emphasise", lens.emphasise)
    if lens.play_down:
        yield from _listed("Play down", lens.play_down)


def _heading(text: str) -> Text:
    return Text(printable(text), style="bold")


def _titled(title: str, text: str) -> Iterator[RenderableType]:
    yield _indented(f"{title}:", style="bold")
    yield _indented(text, columns=4)


def _listed(title: str, items: Sequence[str]) -> Iterator[RenderableType]:
    yield _indented(f"{title}:", style="bold")
    for item in items:
        yield _indented(f"- {item}", columns=4)


def _indented(text: str, columns: int = 2, style: str = "") -> Padding:
    return Padding(Text(printable(text.strip()), style=style), (0, 0, 0, columns))
