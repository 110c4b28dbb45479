"""What a told answer lacked, by weight: it decides which follow-up is the fitting one."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rehearse.feedback.ownership import i_share, ledger
from rehearse.feedback.priority import WORST_FIRST
from rehearse.feedback.result import judge_result
from rehearse.feedback.section import Section
from rehearse.scenario import Category
from rehearse.transcript import Transcript

_LEAST_OWN_SHARE = 0.6
_MOST_REPEATS = 3
"""However often it is done again, a small weakness never outweighs one that decides."""


def lacking(sections: Sequence[Section]) -> dict[Category, float]:
    """Each weakness of the story with its weight; follow-ups are no part of the story."""
    story = [section for section in sections if section.kind != "probe"]
    counts = Counter(finding.category for section in story for finding in section.findings)
    results = [section for section in story if section.name in ("result", "whole")]
    words = tuple(word for section in results for word in section.transcript.words)
    if results:
        test = judge_result(Transcript(words))
        counts["no_metric"] += not test.metric_delta.found
        counts["vague_result"] += not test.business_impact.found
    share = i_share(ledger(story))
    if share is not None and share < _LEAST_OWN_SHARE:
        counts["we_language"] += 1
    return weighed(counts)


def weighed(counts: Mapping[Category, int]) -> dict[Category, float]:
    """The weights, by what an interviewer forgives least; how often it was done counts little."""
    return {
        category: len(WORST_FIRST) - WORST_FIRST.index(category) + min(count - 1, _MOST_REPEATS) / 2
        for category, count in counts.items()
        if count and category in WORST_FIRST
    }
