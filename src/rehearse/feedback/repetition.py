"""The same point told twice: clauses that share nearly all of their content words."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from rehearse.feedback.numbers import is_number
from rehearse.feedback.sentences import Sentence, word_set

# Two clauses say the same when so much of all their words is in both. Two shared words are enough
# only where one clause says nothing beyond them.
_SHARED = 0.7
_FEWEST_SHARED = 3
_FEWEST_WHEN_CONTAINED = 2
# How many clauses back a listener would still notice; it also keeps long answers linear.
_LOOK_BACK = 60

_EMPTY_WORDS = word_set(
    """
    a an the and or but so because as if then than that this these those there here i we you he
    she it they me us him her them my our your his its their mine ours is am are was were be
    been being do does did doing has have having had will would can could should may might must
    to of in on at by for from with about into over under up down out off through between not
    no just very really also too again what which who when where how why all some any each
    every more most such only own same 's 'm 've 'd 'll 're didn't don't wasn't hadn't haven't hasn't isn't aren't weren't couldn't wouldn't won't can't doesn't never one ones thing
    things got get went go going say said like know mean think guess yeah yes okay well now
    always lot bit kind sort lots actually honestly basically main big one
    """
)
_POINTING = word_set("that this")
_BEING = word_set("is was 's")
_SUMMARY = word_set(
    "it task job thing point deal one lesson goal learned learnt took takeaway done story all idea"
)
_LONGEST_SUMMARY = 7
_OPENING_WORDS = 2
_LONGEST_AGREEMENT = 10
_MOSTLY_KNOWN = 0.5
_ENDINGS = ("ments", "ment", "ings", "ing", "ers", "er", "ies", "ed", "es", "ly", "s", "e", "y")
_SHORTEST_STEM = 3


class Retold(msgspec.Struct, frozen=True):
    """A clause that says again what was said: places `first` up to `end` of a sentence."""

    number: int
    first: int
    end: int


def retold(sentences: Sequence[Sentence]) -> Iterator[Retold]:
    """The second tellings, in order."""
    recent: deque[frozenset[str]] = deque(maxlen=_LOOK_BACK)
    for number, sentence in enumerate(sentences):
        if _sums_up(sentence) and _is_known(_content(sentence.words), recent):
            yield Retold(number, 0, len(sentence.words))
            continue
        for first in sentence.clause_starts if sentence.words else ():
            end = sentence.clause(first, first)[1]
            content = _content(sentence.words[first:end])
            # "I called the bank" may well have happened twice; what is so is told twice.
            clause = sentence.words[first:end]
            is_done_again = "again" in clause or len(content) < _FEWEST_SHARED
            if is_done_again and "i" in clause:
                continue
            if any(_say_the_same(content, earlier) for earlier in recent):
                yield Retold(number, first, end)
            elif len(content) >= _FEWEST_WHEN_CONTAINED:
                recent.append(content)


def _sums_up(sentence: Sentence) -> bool:
    """Whether it is said as by people who have nothing to add: "so yeah", "that was the task"."""
    words = sentence.words
    if "yeah" in words[:_OPENING_WORDS] and len(words) <= _LONGEST_AGREEMENT:
        return not any(map(is_number, words))
    return any(
        words[place] in _POINTING
        and words[place + 1] in _BEING
        and len(words) - place <= _LONGEST_SUMMARY
        and not _SUMMARY.isdisjoint(words[place + 2 :])
        for place in range(1, len(words) - 2)
    )


def _is_known(content: frozenset[str], recent: Iterable[frozenset[str]]) -> bool:
    """Whether most of these words were said before."""
    if not content:
        return False
    known = frozenset().union(*recent)
    return len(content & known) >= _MOSTLY_KNOWN * len(content)


def _content(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_stem, words)) - _EMPTY_STEMS


def _say_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    if shared < _FEWEST_WHEN_CONTAINED or shared < _SHARED * len(one | other):
        return False
    return shared >= _FEWEST_SHARED or shared == min(len(one), len(other))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


_EMPTY_STEMS = _EMPTY_WORDS | frozenset(map(_stem, _EMPTY_WORDS))
