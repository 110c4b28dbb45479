"""A session on the terminal: bars against targets first, then each section with its evidence."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rehearse.feedback.result import Evidence
from rehearse.feedback.section import Section
from rehearse.feedback.verdict import Verdict
from rehearse.printable import printable
from rehearse.report import judged, wording
from rehearse.report.numbering import Numbered, Part, as_shown
from rehearse.session import Session

_NAME_COLUMNS = 12
_TIME_COLUMNS = 9
_BAR_COLUMNS = 30
_TARGET_COLUMN = 20
_VERDICTS = {
    "on_target": ("on target", "green"),
    "over": ("over", "yellow"),
    "over_limit": ("over the limit", "red"),
    "short": ("short", "yellow"),
    "silent": ("silent", "red"),
}
_DECISIONS = {
    "strong_hire": "green",
    "hire": "green",
    "leaning_no_hire": "yellow",
    "no_hire": "red",
}


def print_report(session: Session, console: Console | None = None) -> None:
    """Prints the report on stdout, or wherever `console` prints."""
    console = console or Console(highlight=False)
    console.print(Group(*report(session)), soft_wrap=False)


def report(session: Session) -> Iterator[RenderableType]:
    yield Text(printable(wording.heading(session)), style="bold")
    if session.sections or not session.quiz:
        yield from _told(session)
    if session.quiz:
        yield from _quiz(session)
    if session.session.id:
        yield Text(printable(f"Saved as {session.session.id}."), style="dim")


def _told(session: Session) -> Iterator[RenderableType]:
    yield Text()
    yield from (_bar_line(part.section) for part in as_shown(session))
    yield Text(wording.totals(session))
    yield from _verdict(session.verdict)
    first = wording.fix_first(session)
    if first:
        yield Text()
        yield Text(printable(first), style="bold")
    for part in as_shown(session):
        yield Text()
        yield from _part(part)
    yield Text()
    yield from _result_test(session)
    for title, lines in judged.judged(session):
        yield Text(title.upper(), style="bold")
        yield from (_indented(Text(printable(line))) for line in lines)
        yield Text()
    yield Text(wording.checked(session), style="dim")


def _quiz(session: Session) -> Iterator[RenderableType]:
    yield Text()
    yield Text("QUIZ", style="bold").append(f"  {wording.quiz_score(session)}", style="not bold")
    for question, told, why in wording.quiz_answers(session):
        yield _indented(Text(printable(question)))
        yield _indented(Text(printable(told)), columns=4)
        yield _indented(Text(printable(why), style="dim"), columns=4)
    yield Text()


def _verdict(verdict: Verdict | None) -> Iterator[RenderableType]:
    if verdict is None:
        return
    yield Text()
    line = printable(wording.verdict(verdict))
    if verdict.decision == "not_enough":
        yield Text(line, style="dim")
        return
    yield Text(line, style=f"bold {_DECISIONS[verdict.decision]}")
    for reason in verdict.because:
        text = Text(printable(reason.text))
        if reason.quote:
            text.append(printable(f" “{reason.quote}”"), style="italic")
        text.append(printable(wording.place(reason.section, reason.start_s)), style="dim")
        yield _indented(text)


def _bar_line(section: Section) -> Text:
    """`situation   41/30 s  ████████████████████│████······  over`: the stroke is the target."""
    line = Text(printable(section.name)[:_NAME_COLUMNS].ljust(_NAME_COLUMNS))
    if section.spoken_s is None:
        return line.append("not timed")
    target = f"/{section.target_s:.0f}" if section.target_s is not None else ""
    line.append(f"{section.spoken_s:.0f}{target} s".rjust(_TIME_COLUMNS) + "  ")
    if section.target_s is None:
        return line
    words, style = _VERDICTS[section.verdict or "on_target"]
    line.append_text(_bar(section.spoken_s, section.target_s, style))
    return line.append(f"  {words}", style=style)


def _bar(spoken_s: float, target_s: float, style: str) -> Text:
    """Each section has its own scale, so that every target stands at the same column."""
    filled = min(round(spoken_s / target_s * _TARGET_COLUMN), _BAR_COLUMNS)
    cells = "█" * filled + "·" * (_BAR_COLUMNS - filled)
    within, past = cells[:_TARGET_COLUMN], cells[_TARGET_COLUMN:]
    return Text.assemble((within, "green"), ("│", "bold"), (past, style))


def _part(part: Part) -> Iterator[RenderableType]:
    section = part.section
    yield Text(printable(section.name).upper(), style="bold").append(
        f"  {part.timing}", style="not bold"
    )
    if section.not_told:
        yield _indented(Text(wording.not_told(section), style="yellow"))
    yield from map(_indented, _what_was_said(section))
    for line in (*judged.reply(section), *judged.cuts(section)):
        yield _indented(Text(printable(line)))
    for each in part.findings:
        yield from _evidence(each)
    missing = wording.not_heard(section)
    if missing:
        listed = "; ".join(f'"{phrase}"' for phrase in missing)
        yield _indented(Text(printable(f"Not heard: {listed}."), style="dim"))


def _what_was_said(section: Section) -> Iterator[Text]:
    if section.transcript.text:
        yield _marked_transcript(section)
    if section.past_target:
        yield Text("Past the target: ", style="bold").append(
            printable(f"“{section.past_target.text}”"), style="not bold yellow"
        )
    if section.fillers:
        yield Text(printable(wording.fillers(section)))


def _marked_transcript(section: Section) -> Text:
    text = Text(printable(section.transcript.text), style="italic")
    for finding in section.findings:
        text.stylize("underline", finding.start_char, finding.end_char)
    return text


def _evidence(found: Numbered) -> Iterator[RenderableType]:
    """`[3] 0:53 handoff “...”`: by this number `review --play` plays it."""
    finding = found.finding
    head = Text("".join(f"{part} " for part in found.place), style="bold")
    head.append(wording.in_words(finding.category), style="yellow")
    if finding.quote:
        head.append(printable(f" “{finding.quote}”"), style="not bold")
    yield _indented(head)
    yield _indented(Text(printable(finding.why)), columns=4)
    yield _indented(Text(printable(f"Instead: {finding.instead}")), columns=4)


def _result_test(session: Session) -> Iterator[RenderableType]:
    if session.result_test is None or not wording.tells_of_a_result(session):
        return
    yield Text("RESULT TEST", style="bold")
    for wanted, evidence in wording.result_test(session.result_test):
        yield _indented(_lamp(wanted, evidence))
    yield Text()


def _lamp(wanted: str, evidence: Evidence) -> Text:
    if evidence.found:
        return Text(f"found: {wanted}", style="green").append(
            printable(f"  “{evidence.quote}”"), style="not green"
        )
    return Text(f"missing: {wanted}", style="yellow")


def _indented(text: Text, columns: int = 2) -> Padding:
    return Padding(text, (0, 0, 0, columns))
