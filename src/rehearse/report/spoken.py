"""What is shown, as sentences to be heard."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from rehearse.interview import WHOLE
from rehearse.report import wording
from rehearse.report.numbering import as_shown

if TYPE_CHECKING:
    from rehearse.feedback.section import Section
    from rehearse.session import Session

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LACKS = {"no_metric": "no number", "missing_boundary": "no word on whose job it was"}
_SHOWN_ONLY = (
    (r"^- ", ""),
    (r" · ", ", "),
    (r"\b1 min\b", "1 minute"),
    (r"(\d) min\b", r"\1 minutes"),
    (r"\b1 s\b", "1 second"),
    (r"(\d) s\b", r"\1 seconds"),
)
_ENDS = (".", ":", "!", "?", "…", "”")


def sentences(session: "Session") -> tuple[str, ...]:
    """The report in one sentence for each section and each step of an answer told in one go, the
    verdict with its first reason, what to fix first, and one sentence for the quiz.
    """
    told = [_sentence(part.section) for part in as_shown(session)]
    quiz = [f"In the quiz, {wording.quiz_score(session)}"] if session.quiz else []
    return (*told, *_verdict(session), *quiz)


def _verdict(session: "Session") -> Iterator[str]:
    """Nothing where there was too little to judge, as after a drill: that is no news to anybody."""
    found = session.verdict
    if found is None or found.decision == "not_enough":
        return
    principle = f" for {found.principle}" if found.principle else ""
    reason = f" {found.because[0].text}" if found.because else ""
    yield f"Verdict: {wording.in_words(found.decision)}{principle}.{reason}"
    first = wording.fix_first(session)
    if first:
        yield _in_words(first)


def passages(lines: Iterable[RenderableType]) -> tuple[str, ...]:
    """Lines as they are shown, put into words: each passage is a bold line and what follows it."""
    grouped: list[list[str]] = []
    for text in _texts(lines):
        if not grouped or text.style == "bold":
            grouped.append([])
        grouped[-1].append(_in_words(text.plain))
    return tuple(" ".join(passage) for passage in grouped)


def _sentence(section: "Section") -> str:
    name = _name(section)
    if section.verdict == "silent":
        return f"{name}: nothing was heard."
    weak = _joined([*_weaknesses(section)])
    if section.spoken_s is None:
        return f"{name} has {weak or 'these parts'}.{_not_told(section)}"
    took = f"{name} took {_seconds(section.spoken_s)}{_against_target(section)}"
    return f"{took}{f', with {weak}' if weak else ''}.{_reply(section)}{_not_told(section)}"


def _not_told(section: "Section") -> str:
    return f" {wording.not_told(section)}" if section.not_told else ""


def _reply(section: "Section") -> str:
    if section.reply is None:
        return ""
    return " It was answered." if section.reply.answered else " It was not answered."


def _name(section: "Section") -> str:
    if section.name == WHOLE:
        return "The whole answer"
    name = section.name.replace("-", " ")
    return (name.replace("probe", "follow-up") if section.kind == "probe" else name).capitalize()


def _against_target(section: "Section") -> str:
    over_s = round(section.overrun_s or 0.0)
    over = f"{over_s} over its target" if over_s else "just over its target"
    match section.verdict:
        case "over":
            return f", {over}"
        case "over_limit":
            return f", {over} and past its limit"
        case "short":
            return ", less than half of its target"
        case "on_target":
            return ", within its target"
        case _:
            return ""


def _weaknesses(section: "Section") -> Iterator[str]:
    """Weak phrases are counted, without fillers; what is missing altogether is named. Those of an
    answer told in one go are counted in its steps.
    """
    quoted = [finding for finding in section.findings if finding.quote]
    if quoted or not section.steps:
        yield _counted(sum(finding.category != "filler" for finding in quoted), "weak phrase")
    categories = {finding.category for finding in section.findings if not finding.quote}
    yield from (lack for category, lack in _LACKS.items() if category in categories)


def _joined(facts: Sequence[str]) -> str:
    if not facts:
        return ""
    *first, last = facts
    return f"{', '.join(first)} and {last}" if first else last


def _seconds(seconds: float) -> str:
    whole_s = round(seconds)
    return f"{whole_s} second" if whole_s == 1 else f"{whole_s} seconds"


def _counted(number: int, noun: str) -> str:
    amount = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{amount} {noun}" if number == 1 else f"{amount} {noun}s"


def _texts(lines: Iterable[RenderableType]) -> Iterator[Text]:
    for line in lines:
        inner = line.renderable if isinstance(line, Padding) else line
        if isinstance(inner, Text) and inner.plain.strip():
            yield inner


def _in_words(shown: str) -> str:
    for pattern, spoken in _SHOWN_ONLY:
        shown = re.sub(pattern, spoken, shown)
    text = " ".join(shown.split())
    return text if text.endswith(_ENDS) else f"{text}."
