"""What a bar raiser would decide, by an open formula, with the evidence for it.

Ten points: four for own work, three for the result, one each for whose job it was, for the
reflection, and for keeping time. `FORMULA` says it in words; the numbers stand here and nowhere
else.
"""

from collections.abc import Iterator, Sequence

import msgspec

from rehearse.feedback.told import Told
from rehearse.scenario import Decision

FEWEST_WORDS = 40
MOST_REASONS = 3
THRESHOLDS: tuple[tuple[float, Decision], ...] = (
    (8.5, "strong_hire"),
    (6.5, "hire"),
    (2.0, "leaning_no_hire"),
    (0.0, "no_hire"),
)
OWN_WORK_POINTS = 4.0
HANDOFF_COSTS = 2.0
ASSIGNED_COSTS = 1.0
OWN_SHARE_FOR_HIRE = 0.5
"""Whoever's own work fills less than this of the acting time is not hired on it."""


class Because(msgspec.Struct, frozen=True):
    """One reason of a verdict, with its evidence."""

    text: str
    quote: str | None
    section: str | None
    start_s: float | None


class Verdict(msgspec.Struct, frozen=True):
    decision: Decision
    principle: str
    because: tuple[Because, ...]
    fix_first: str
    points: float | None = None
    """Of ten; None where there was not enough to judge."""


def decide(told: Told, principle: str, fix_first: str, not_told: Sequence[str]) -> Verdict:
    """The verdict. `not_told` names the steps that were not asked."""
    words = sum(len(section.transcript.words) for section in told.sections)
    if not_told or words < FEWEST_WORDS:
        return Verdict("not_enough", principle, (_too_little(words, not_told),), fix_first)
    points = round(sum(_points(told)), 1)
    decision = _capped(next(each for least, each in THRESHOLDS if points >= least), told)
    reasons = _for(told) if decision in ("strong_hire", "hire") else _against(told)
    return Verdict(decision, principle, tuple(reasons)[:MOST_REASONS], fix_first, points)


def _too_little(words: int, not_told: Sequence[str]) -> Because:
    if not_told:
        return Because(f"Not told: {', '.join(not_told)}.", None, None, None)
    text = f"Only {words} words were said; it takes {FEWEST_WORDS} to judge."
    return Because(text, None, None, None)


def _points(told: Told) -> Iterator[float]:
    yield own_work(told)
    yield float(sum(part.found for part in told.outcome))
    yield float(not told.findings("missing_boundary"))
    yield float(told.reflection is not None and told.reflection.kind == "specific")
    yield float(all(section.verdict != "over_limit" for section in told.sections))


def own_work(told: Told) -> float:
    share = told.own_share or 0.0
    lost = HANDOFF_COSTS * len(told.findings("handoff"))
    lost += ASSIGNED_COSTS * bool(told.findings("assigned"))
    return max(0.0, OWN_WORK_POINTS * share - lost)


def _capped(decision: Decision, told: Told) -> Decision:
    """Nobody is hired for work that cannot be seen to be theirs, nor strongly without a number."""
    is_hire = decision in ("strong_hire", "hire")
    share = told.own_share or 0.0
    if is_hire and (share < OWN_SHARE_FOR_HIRE or told.findings("handoff")):
        return "leaning_no_hire"
    if decision == "strong_hire" and not told.result.metric_delta.found:
        return "hire"
    return decision


def _for(told: Told) -> Iterator[Because]:
    mine = [entry for entry in told.ledger if entry.actor == "i"]
    if mine:
        longest = max(mine, key=lambda entry: entry.words)
        share = round((told.own_share or 0.0) * 100)
        text = f"The work is visibly yours: {share} % of the acting time is “I”."
        yield Because(text, longest.quote, longest.section, longest.start_s)
    names = ("A number that changed.", "What it was worth.", "What lasted beyond it.")
    for text, part in zip(names, told.outcome, strict=True):
        if part.found:
            yield _quoted(text, part.quote, told)


_WEAK = (
    ("handoff", "Somebody else solved it, after a message."),
    ("we_language", "“We” hides what you did."),
    ("passive", "Nobody can see who did it."),
    ("assigned", "The work was given to you."),
    ("blame", "The blame goes to others."),
    ("missing_boundary", "It is not said whose job it was."),
)


def _against(told: Told) -> Iterator[Because]:
    firsts = [(text, told.findings(category)[:1]) for category, text in _WEAK]
    reasons = [
        Because(text, finding.quote or None, section.name, finding.start_s)
        for text, found in firsts
        for section, finding in found
    ]
    yield from reasons[:1]
    if not told.result.metric_delta.found:
        vague = told.findings("vague_result")
        section, finding = vague[0] if vague else (None, None)
        yield Because(
            "No number changed, so nobody can tell what it was worth.",
            finding.quote if finding else None,
            section.name if section else None,
            finding.start_s if finding else None,
        )
    if told.reflection and told.reflection.kind == "generic":
        yield _quoted("The lesson would fit any story.", told.reflection.quote, told)
    yield from reasons[1:]


def _quoted(text: str, quote: str | None, told: Told) -> Because:
    for section in told.sections:
        start = section.transcript.text.find(quote) if quote else -1
        if quote and start >= 0:
            words = section.heard.words_between(start, start + len(quote))
            return Because(text, quote, section.name, words[0].start_s)
    return Because(text, quote, None, None)
