"""What to leave out to come back under the target: the least valuable sentences first."""

from collections.abc import Sequence

import msgspec

from rehearse.feedback.coverage import KeyPoint
from rehearse.feedback.numbers import is_number
from rehearse.feedback.passages import Passage, sentences_of
from rehearse.feedback.phrases import Finding
from rehearse.feedback.sentences import Sentence
from rehearse.transcript import Transcript


class Cut(msgspec.Struct, frozen=True):
    """A sentence whose removal brings an overrun back towards its target."""

    quote: str
    seconds: float
    why: str
    start_s: float | None = None
    end_s: float | None = None
    start_char: int = 0
    end_char: int = 0


_WORTH_OF_A_NUMBER = 6.0
"""More than anything else is worth or costs, so that numbers go last."""


class _Candidate(msgspec.Struct, frozen=True):
    passage: Passage
    worth: float
    reasons: tuple[str, ...]


def cuts(
    transcript: Transcript,
    overrun_s: float | None,
    findings: Sequence[Finding],
    key_points: Sequence[KeyPoint],
) -> tuple[Cut, ...]:
    """The sentences to leave out, least valuable first; none where nothing is over.

    What holds a key point is never cut, so the seconds may not suffice; what holds a number goes
    last. Whatever is told a second time may go whatever it holds.
    """
    if not overrun_s:
        return ()
    chosen: list[Cut] = []
    still_over_s = overrun_s
    for candidate in _least_first(transcript, findings, key_points):
        if still_over_s <= 0:
            break
        cut = _cut(candidate)
        if cut.seconds > 0:
            chosen.append(cut)
            still_over_s = round(still_over_s - cut.seconds, 2)
    return tuple(_without_the_needless(chosen, overrun_s))


def _without_the_needless(chosen: list[Cut], overrun_s: float) -> list[Cut]:
    """Of those before the last, the ones that are not needed once the last is out may stay."""
    needed = list(chosen)
    for cut in reversed(chosen[:-1]):
        rest = [other for other in needed if other is not cut]
        if sum(other.seconds for other in rest) >= overrun_s:
            needed = rest
    return needed


def _least_first(
    transcript: Transcript, findings: Sequence[Finding], key_points: Sequence[KeyPoint]
) -> list[_Candidate]:
    candidates = [
        _weighed(sentence, passage, findings)
        for sentence, passage in sentences_of(transcript)
        if _is_retold(passage, findings) or not _holds_a_key_point(passage, key_points)
    ]
    return sorted(candidates, key=lambda each: (each.worth, -(each.passage.seconds or 0.0)))


def _is_retold(passage: Passage, findings: Sequence[Finding]) -> bool:
    return any(finding.category == "repetition" for finding in _inside(passage, findings))


def _inside(passage: Passage, findings: Sequence[Finding]) -> list[Finding]:
    return [
        finding
        for finding in findings
        if finding.quote and passage.start_char <= finding.start_char < passage.end_char
    ]


def _holds_a_key_point(passage: Passage, key_points: Sequence[KeyPoint]) -> bool:
    quotes = (point.quote for point in key_points if point.quote)
    return any(quote in passage.quote for quote in quotes)


def _weighed(sentence: Sentence, passage: Passage, findings: Sequence[Finding]) -> _Candidate:
    weak = {finding.category for finding in _inside(passage, findings)}
    reasons, worth = [], 0.0
    if "repetition" in weak:
        reasons.append("it was said before")
        worth -= 4.0
    if weak & {"hedge", "filler", "vague_result", "generic_reflection", "vague_quantity"}:
        reasons.append("it is vague")
        worth -= 1.0
    if "i" in sentence.words:
        worth += 2.0
    else:
        reasons.append("no act of yours")
    if "repetition" in weak:
        return _Candidate(passage, worth, tuple(reasons))
    if any(is_number(word) for word in sentence.words):
        worth += _WORTH_OF_A_NUMBER
        reasons.append("no key point")
    else:
        reasons.append("no number and no key point")
    return _Candidate(passage, worth, tuple(reasons))


def _cut(candidate: _Candidate) -> Cut:
    passage = candidate.passage
    why = ", ".join(candidate.reasons)
    return Cut(
        quote=passage.quote,
        seconds=round(passage.seconds or 0.0, 1),
        why=f"{why[:1].upper()}{why[1:]}.",
        start_s=passage.start_s,
        end_s=passage.end_s,
        start_char=passage.start_char,
        end_char=passage.end_char,
    )
