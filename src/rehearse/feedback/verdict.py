"""What a bar raiser would decide, by an open formula, with the evidence for it.

The points are in `scoring`, the reasons in `reasons`; here is what follows from them.
"""

from collections.abc import Sequence

import msgspec

from rehearse.feedback.reasons import Because, against, in_favour
from rehearse.feedback.scoring import Part, points_of, score
from rehearse.feedback.told import Told
from rehearse.scenario import Decision

__all__ = ["Because", "Verdict", "decide"]

FEWEST_WORDS = 50
FEWEST_WORDS_OF_ACTION = 20
"""Whoever says less of what they did has not told it yet."""
MOST_REASONS = 3
THRESHOLDS: tuple[tuple[float, Decision], ...] = (
    (8.5, "strong_hire"),
    (5.5, "hire"),
    (0.3, "leaning_no_hire"),
    (0.0, "no_hire"),
)
OWN_SHARE_FOR_HIRE = 0.4
"""Whoever's own work fills less than this of the acting time is not hired on it."""
OWN_SHARE_UNHIDDEN = 0.25
"""The same where no phrase hides who acted: others may fill a story in which much happens."""
FLAWLESS_FOR_STRONG = ("standing", "lesson", "time")


class Verdict(msgspec.Struct, frozen=True):
    decision: Decision
    principle: str
    because: tuple[Because, ...]
    fix_first: str
    points: float | None = None
    """Of ten; None where there was not enough to judge."""
    score: tuple[Part, ...] = ()
    """Where the points come from, before they are brought to ten."""


def decide(told: Told, principle: str, fix_first: str, not_told: Sequence[str]) -> Verdict:
    """The verdict. `not_told` names the steps without a word; `fix_first` is what to fix where no
    reason speaks against the answer, or where it cannot be judged.
    """
    too_little = _too_little(told, not_told)
    if too_little:
        return Verdict("not_enough", principle, (Because(too_little),), fix_first)
    parts = score(told)
    points = points_of(parts)
    decision = _capped(next(each for least, each in THRESHOLDS if points >= least), parts, told)
    doubts = tuple(against(told))
    reasons = tuple(in_favour(told))
    if decision not in ("strong_hire", "hire"):
        reasons = tuple(doubt.because for doubt in doubts)
    fix = doubts[0].fix if doubts else fix_first
    return Verdict(decision, principle, reasons[:MOST_REASONS], fix, points, parts)


def _too_little(told: Told, not_told: Sequence[str]) -> str:
    """Why there can be no verdict; empty where there can."""
    if not told.sections:
        return "Only follow-ups were asked; a verdict is on the story."
    if not_told:
        return f"Not told: {', '.join(not_told)}."
    words = sum(len(section.transcript.words) for section in told.sections)
    if words < FEWEST_WORDS:
        return f"Only {words} words were said; it takes {FEWEST_WORDS} to judge."
    done = [section for section in told.sections if section.name in ("action", "whole")]
    words = sum(len(section.transcript.words) for section in done)
    if done and words < FEWEST_WORDS_OF_ACTION:
        return f"Only {words} words were said of what you did; it takes {FEWEST_WORDS_OF_ACTION}."
    return ""


def _capped(decision: Decision, parts: Sequence[Part], told: Told) -> Decision:
    """Nobody is hired for work that cannot be seen to be theirs, nor for a result that cannot be
    checked; nor strongly without a number that changed, or where anything else is amiss.
    """
    is_hire = decision in ("strong_hire", "hire")
    is_hidden = any(map(told.findings, ("handoff", "we_language", "passive", "assigned")))
    least_share = OWN_SHARE_FOR_HIRE if is_hidden else OWN_SHARE_UNHIDDEN
    is_vague = any(map(told.findings, ("no_metric", "vague_result")))
    is_uncheckable = is_vague and not any(part.found for part in told.outcome)
    if is_hire and (told.sound_share < least_share or is_uncheckable):
        return "leaning_no_hire"
    amiss = any(part.points < part.most for part in parts if part.name in FLAWLESS_FOR_STRONG)
    if decision == "strong_hire" and (amiss or not told.result.metric_delta.found):
        return "hire"
    return decision
