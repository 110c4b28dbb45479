"""Where a finding of a doubtful rule is kept back: alone among things that one could check.

Weak phrases come in company. In an answer of some length, or where somebody tells acts of their own
and figures, a single finding by a rule that errs now and then is most often an error.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from rehearse.feedback.sentences import Sentence
from rehearse.feedback.word_groups import phrase

_AROUND_WORDS = 50
"""So far before and after is looked at: together as much as a section of a story has."""
_FOR_EACH = 2
"""So much that could be checked outweighs one finding."""
_WORDS_LIKE_ONE = 20
"""So many words around a single finding without any other speak against it as one such thing."""


def outweighed(found: Iterable[int], sentences: Sequence[Sentence]) -> frozenset[int]:
    """Those of the sentences with findings (one number for each) where more could be checked."""
    found = sorted(found)
    ends = list(accumulate(len(sentence.words) for sentence in sentences))
    begins = [0, *ends[:-1]]
    solid: dict[int, int] = {}

    def is_outweighed(number: int) -> bool:
        first = bisect_left(begins, begins[number] - _AROUND_WORDS)
        end = bisect_right(begins, begins[number] + _AROUND_WORDS)
        for near in range(first, end):
            if near not in solid:
                solid[near] = _solid(sentences[near])
        company = bisect_left(found, end) - bisect_left(found, first)
        checkable = sum(solid[near] for near in range(first, end))
        if company == 1:
            checkable += (ends[end - 1] - begins[first]) // _WORDS_LIKE_ONE
        return checkable >= _FOR_EACH * company

    return frozenset(number for number in set(found) if is_outweighed(number))


def _solid(sentence: Sentence) -> int:
    """How much of it one could check: each act of the speaker's own, and a figure."""
    acts = sum(1 for _ in phrase("own_doing").matches_in(sentence))
    return acts + phrase("figure").is_in(sentence)
