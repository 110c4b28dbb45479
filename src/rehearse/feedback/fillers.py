"""Ums and words that only fill time: all of an answer, and where they come in bursts."""

from collections.abc import Sequence

import msgspec

from rehearse.feedback.phrases import Finding
from rehearse.transcript import Hearing, Transcript

CLOSE_S = 2.0
"""Fillers with no more than this between them are heard as one stumble."""
FEWEST_IN_BURST = 3
"""One is never noticed, and two are chance."""


class Filler(msgspec.Struct, frozen=True):
    """An um, or a word that only fills time."""

    text: str
    start_s: float | None
    end_s: float | None
    confidence: float | None


def all_fillers(hearing: Hearing, findings: Sequence[Finding]) -> tuple[Filler, ...]:
    """What the sound held beside its words, and what the rules found among the words, in order of
    time. What came as text keeps the order of the text.
    """
    heard = [
        Filler(word.text, word.start_s, word.end_s, word.confidence) for word in hearing.fillers
    ]
    said = [
        Filler(
            finding.quote,
            finding.start_s,
            finding.end_s,
            _confidence(finding, hearing.transcript),
        )
        for finding in findings
        if finding.category == "filler"
    ]
    return tuple(sorted(heard + said, key=lambda filler: filler.start_s or 0.0))


def _confidence(finding: Finding, transcript: Transcript) -> float | None:
    """As sure as its least sure word."""
    words = transcript.words_between(finding.start_char, finding.end_char)
    return min((word.confidence for word in words if word.confidence is not None), default=None)


def bursts(fillers: Sequence[Filler]) -> tuple[tuple[Filler, ...], ...]:
    """The fillers that come close upon one another, one tuple for each stumble."""
    runs: list[list[Filler]] = []
    for filler in fillers:
        if filler.start_s is None:
            continue
        last_s = runs[-1][-1].end_s if runs else None
        if last_s is not None and filler.start_s - last_s <= CLOSE_S:
            runs[-1].append(filler)
        else:
            runs.append([filler])
    return tuple(tuple(run) for run in runs if len(run) >= FEWEST_IN_BURST)
