"""How numbers and verdicts are put into words, the same in every report."""

from collections import Counter
from typing import TYPE_CHECKING

from rehearse.feedback.sentences import words_of
from rehearse.progress.sitting import FEW_SECONDS
from rehearse.quiz import right_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.feedback.coverage import KeyPoint
    from rehearse.feedback.result import Evidence, ResultTest
    from rehearse.feedback.section import Section
    from rehearse.feedback.verdict import Verdict
    from rehearse.session import Session

_WITH_A_RESULT = ("result", "whole")


def duration(seconds: float) -> str:
    """`45 s`, `2 min`, `2 min 30 s`."""
    minutes, rest_s = divmod(round(seconds), 60)
    parts = [f"{minutes} min"] if minutes else []
    return " ".join([*parts, f"{rest_s} s"] if rest_s or not minutes else parts)


def clock(seconds: float | None) -> str:
    """`1:05`, a place in a recording; empty where there is none."""
    if seconds is None:
        return ""
    minutes, rest_s = divmod(int(seconds), 60)
    return f"{minutes}:{rest_s:02d}"


def in_words(name: str) -> str:
    """A category, a decision or a verdict as people write it: `vague result`."""
    return name.replace("_", " ")


def count(number: int, noun: str) -> str:
    """`1 pause`, `2,000 sessions`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def heading(session: "Session") -> str:
    """What was rehearsed, when, and what listened."""
    info = session.session
    began = f"{info.started_at:%Y-%m-%d %H:%M}" if info.started_at else None
    level = f"level {info.level}" if info.level else None
    lens = f"lens {info.lens}" if info.lens else None
    model = f"model {info.model}" if info.model else None
    return " · ".join(filter(None, (info.scenario, level, lens, began, model)))


def not_told(section: "Section") -> str:
    """Which steps an answer told in one go does not hold; empty where it holds all."""
    return f"Not found in it: {', '.join(section.not_told)}." if section.not_told else ""


def timing(section: "Section", *, is_step: bool = False) -> str:
    """One line about the clock: against the target, thinking time, pace, pauses. A step of an
    answer told in one go has no thinking time, but a place in it.
    """
    if section.verdict == "silent":
        return "No speech was heard."
    if section.spoken_s is None:
        return "From text: not timed."
    place = f"from {clock(section.first_word_s)} on"
    began = place if is_step else f"began after {section.first_word_s:.1f} s"
    facts = [_against_target(section), began]
    if section.pace_wpm is not None and section.spoken_s >= FEW_SECONDS:
        facts.append(f"{section.pace_wpm:.0f} words/min")
    long_pauses = [pause.duration_s for pause in section.pauses if pause.duration_s >= 1.0]
    if long_pauses:
        facts.append(f"{count(len(long_pauses), 'pause')} over 1 s")
    return ", ".join(facts) + "."


def _against_target(section: "Section") -> str:
    spoken_s = section.spoken_s or 0.0
    if section.target_s is None:
        return f"Spoke {spoken_s:.1f} s"
    against = f"Spoke {spoken_s:.1f} s of {section.target_s:g} s"
    match section.verdict:
        case "over":
            return f"{against}: {section.overrun_s:.1f} s over"
        case "over_limit":
            return f"{against}: {section.overrun_s:.1f} s over, past the limit of {section.limit_s:g} s"
        case "short":
            return f"{against}: less than half"
        case _:
            return f"{against}: on target"


def totals(session: "Session") -> str:
    """One line about the whole: time, pace, fillers."""
    sums = session.totals
    if sums.spoken_s is None:
        return f"{session.checked.words} words, from text: not timed."
    facts = [f"Spoke {duration(sums.spoken_s)}"]
    if sums.target_s is not None:
        facts[0] += f" of {duration(sums.target_s)}"
    if sums.spoken_s >= FEW_SECONDS and sums.pace_wpm is not None:
        facts.append(f"{sums.pace_wpm:.0f} words/min, pauses included")
        facts.append(f"{sums.fillers_per_min:.1f} fillers/min")
    return ", ".join(facts) + "."


def fillers(section: "Section") -> str:
    """`Fillers: um 4x, uh 2x; 3 of them close together at 0:12.`: a count, never a verdict."""
    from rehearse.feedback.fillers import bursts

    counted = Counter(filler.text.casefold() for filler in section.fillers)
    each = ", ".join(f"{text} {number}x" for text, number in counted.most_common())
    close = [
        f"{len(run)} close together at {clock(run[0].start_s)}" for run in bursts(section.fillers)
    ]
    return f"Fillers: {'; '.join([each, *close])}."


def not_heard(section: "Section") -> tuple[str, ...]:
    """Key points that were not said; a follow-up may be answered in other words than its own."""
    if not section.transcript.words or (section.reply and section.reply.answered):
        return ()
    return tuple(point.phrase for point in section.key_points if not point.said)


def said_otherwise(point: "KeyPoint") -> str | None:
    """In which words a key point was said, where these are others than its own."""
    alike = point.quote is None or words_of(point.quote) == words_of(point.phrase)
    return None if alike else point.quote


def to_fix(session: "Session") -> str | None:
    """The one thing to fix first: `In action: say what you did yourself.`"""
    from rehearse.feedback import priority

    if session.verdict is not None:
        return session.verdict.fix_first or None
    found = priority.fix_first(session.sections)
    return f"In {found.section}: {found.advice}" if found else None


def fix_first(session: "Session") -> str | None:
    """The same where no title stands above it: `Fix first, in action: ...`."""
    first = to_fix(session)
    return f"Fix first, {first[:1].lower()}{first[1:]}" if first else None


def verdict(found: "Verdict") -> str:
    """The decision in a line: `Leaning no hire for Earn Trust (2.6 of 10 points)`."""
    if found.decision == "not_enough":
        return f"No verdict. {' '.join(reason.text for reason in found.because)}"
    decision = in_words(found.decision).capitalize()
    principle = f" for {found.principle}" if found.principle else ""
    points = f" ({found.points:g} of 10 points)" if found.points is not None else ""
    return f"{decision}{principle}{points}"


def place(section: str | None, start_s: float | None) -> str:
    """` (action, 1:05)`, where something was said; empty where nobody knows."""
    parts = ", ".join(filter(None, (section, clock(start_s))))
    return f" ({parts})" if parts else ""


def result_test(test: "ResultTest") -> "tuple[tuple[str, Evidence], ...]":
    """What makes a result strong, each with what was found of it."""
    return (
        ("a number that changed, from what to what", test.metric_delta),
        ("what it meant in money, users, hours or incidents", test.business_impact),
        ("what lasted: adopted, made the standard, prevented", test.second_order),
    )


def tells_of_a_result(session: "Session") -> bool:
    """Whether an outcome was to be told at all; drills of other steps have none."""
    return any(section.name in _WITH_A_RESULT for section in session.sections)


def quiz_score(session: "Session") -> str:
    """`2 of 3 right.`"""
    return f"{right_answers(session.quiz)} of {len(session.quiz)} right."


def quiz_answers(session: "Session") -> "Iterator[tuple[str, str, str]]":
    """Each question, what was chosen and what is right, and why."""
    for answer in session.quiz:
        right = answer.options[answer.answer - 1]
        chosen = answer.options[answer.chosen - 1]
        told = f"Right: {right}" if answer.is_right else f"Wrong: {chosen} Right is: {right}"
        yield answer.question, told, answer.why


def checked(session: "Session") -> str:
    if not session.checked.words:
        return "No words were heard, so there was nothing to check."
    found = sum(len(section.findings) for section in session.sections)
    nothing = "Nothing weak was found: " if not found else ""
    return (
        f"{nothing}{session.checked.rules} rules were checked over "
        f"{count(session.checked.words, 'word')}."
    )
