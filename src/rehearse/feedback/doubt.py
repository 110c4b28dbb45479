"""What stands around a finding: where it is kept back, and where a mere suspicion is borne out.

Weak phrases come in company. In an answer of some length, or where somebody tells acts of their own
and figures, a single finding by a rule that errs now and then is most often an error. Amid several
others, what is harmless elsewhere ("he wrote the fix") is most often one more.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from rehearse.feedback.sentences import Sentence
from rehearse.feedback.word_groups import phrase

_AROUND_WORDS = 50
"""So far before and after is looked at: together as much as a section of a story has."""
_FOR_EACH = 1.5
"""So much that could be checked outweighs one finding."""
_WORDS_LIKE_ONE = 15
"""So many words around a single finding without any other speak against it as one such thing."""
_LEAST_COMPANY = 4
"""So many weaknesses around it make a likely one of what may well be none."""


class Surroundings:
    """What could be checked around each sentence of an answer, against what is weak there.

    What is found is told as the sentences with findings, in order, one number for each finding.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._ends = list(accumulate(len(sentence.words) for sentence in sentences))
        self._begins = [0, *self._ends[:-1]]
        self._solid: dict[int, int] = {}

    def outweigh(self, number: int, found: Sequence[int]) -> bool:
        """Whether more could be checked around this sentence than is weak."""
        company, checkable = self.company(number, found), self._checkable(number)
        if company == 1:
            first, end = self._near(number)
            checkable += (self._ends[end - 1] - self._begins[first]) // _WORDS_LIKE_ONE
        return checkable >= _FOR_EACH * company

    def are_weak(self, number: int, found: Sequence[int]) -> bool:
        """Whether several weaknesses stand around this sentence, and less that could be checked."""
        company = self.company(number, found)
        return company >= _LEAST_COMPANY and self._checkable(number) < company

    def company(self, number: int, found: Sequence[int]) -> int:
        """How many weaknesses stand around this sentence."""
        first, end = self._near(number)
        return bisect_left(found, end) - bisect_left(found, first)

    def _checkable(self, number: int) -> int:
        first, end = self._near(number)
        for near in range(first, end):
            if near not in self._solid:
                self._solid[near] = _solid(self._sentences[near])
        return sum(self._solid[near] for near in range(first, end))

    def _near(self, number: int) -> tuple[int, int]:
        """From which to which sentence around this one is looked."""
        begin = self._begins[number]
        first = bisect_left(self._begins, begin - _AROUND_WORDS)
        return first, bisect_right(self._begins, begin + _AROUND_WORDS)


def _solid(sentence: Sentence) -> int:
    """How much of it one could check: each act of the speaker's own, and a figure."""
    acts = sum(1 for _ in phrase("own_doing").matches_in(sentence))
    return acts + phrase("figure").is_in(sentence)
