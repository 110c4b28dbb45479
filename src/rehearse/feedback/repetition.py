"""The same point told twice: clauses that share nearly all of their content words, praise of the
same people in other words, and what is said once more to sum up ("yeah, customers really love it").
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence

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
    always definitely definite truly absolutely already myself yourself whole y'all lot bit kind sort lots actually honestly basically main big one
    """
)
_POINTING = word_set("that this")
_BEING = word_set("is was 's")
_SUMMARY = word_set(
    "it task job thing point one lesson goal learned learnt took takeaway done story all idea say deal"
)
_LONGEST_SUMMARY = 7
_LONGEST_AS_ONE = 12
_OPENING_WORDS = 2
_LONGEST_AGREEMENT = 10
# Said with force, or as the last thing of all, two words in three are enough.
_FORCE = word_set("really definitely truly absolutely just very so again always yeah")
_SHARED_WITH_FORCE = 0.65
_MOST_BESIDE = 4
"""So much more may stand in the first telling where all of the second is in it."""
# Words of praise say the same whichever is taken.
_PRAISE = {
    word: meaning
    for meaning, words in {
        "pleased": """happy happier pleased satisfied impressed grateful thrilled delighted glad
            love loved loves liked enjoy enjoyed enjoying appreciate appreciated chuffed
            thankful positive positively commended praised praise complimented""",
        "great": """great good amazing wonderful fantastic brilliant excellent lovely awesome nice
            success successful better smooth smoothly smoother incredible perfect""",
        "everybody": "everybody everyone people",
    }.items()
    for word in words.split()
}
_PRAISING = frozenset(_PRAISE.values())
_MOSTLY_KNOWN = 0.5
_ALL_BUT_KNOWN = 0.7
"""Of a last clause that does not sum up: it may well speak of the same people and things."""
_ENDINGS = (
    "ments",
    "ment",
    "ful",
    "ings",
    "ing",
    "ers",
    "er",
    "ies",
    "ed",
    "es",
    "ly",
    "s",
    "e",
    "y",
)
_SHORTEST_STEM = 3


class Retold(msgspec.Struct, frozen=True):
    """A clause that says again what was said: places `first` up to `end` of a sentence."""

    number: int
    first: int
    end: int
    in_other_words: bool = False
    """Whether no more than the gist of it was said before."""


class _Telling(msgspec.Struct, frozen=True):
    """A clause, or a short sentence as a whole, with what it says."""

    first: int
    end: int
    words: tuple[str, ...]
    content: frozenset[str]

    @property
    def is_act(self) -> bool:
        """What somebody does may well be done twice; what is so is only told twice."""
        return "i" in self.words

    def praises_like(self, earlier: "_Telling") -> bool:
        """Whether the other holds all of this praise, and one word of it as it stands."""
        words = {word for word in self.words if word in _PRAISE}
        return self.content <= earlier.content and not words.isdisjoint(earlier.words)

    @property
    def fills_a_clause(self) -> bool:
        """Enough to be told again: "the council wrote back" does not repeat "I wrote to the council"."""
        return len(self.content) >= (_FEWEST_SHARED if self.is_act else 1)


def retold(sentences: Sequence[Sentence]) -> Iterator[Retold]:
    """The second tellings, in order."""
    recent: deque[_Telling] = deque(maxlen=_LOOK_BACK)
    for number, sentence in enumerate(sentences):
        is_last = number == len(sentences) - 1
        tellings = list(_tellings(sentence))
        summary = _summed_up(sentence, recent)
        if summary:
            yield Retold(number, *summary)
        for telling in () if summary else tellings:
            if _is_the_same(telling, recent):
                yield Retold(number, telling.first, telling.end)
            elif _is_much_the_same(telling, recent, is_last=is_last):
                yield Retold(number, telling.first, telling.end, in_other_words=True)
        recent.extend(telling for telling in tellings if telling.fills_a_clause)


def _tellings(sentence: Sentence) -> Iterator[_Telling]:
    count = len(sentence.words)
    starts = sentence.clause_starts if count else ()
    places = [(first, sentence.clause(first, first)[1]) for first in starts]
    if len(starts) > 1 and count <= _LONGEST_AS_ONE:
        places.insert(0, (0, count))
    for first, end in places:
        words = sentence.words[first:end]
        yield _Telling(first, end, words, _content(words))


def _is_the_same(telling: _Telling, recent: Iterable[_Telling]) -> bool:
    fewest = _FEWEST_SHARED if telling.is_act else _FEWEST_WHEN_CONTAINED
    if len(telling.content) < fewest or (telling.is_act and "again" in telling.words):
        return False
    return any(_say_the_same(telling.content, earlier.content) for earlier in recent)


def _say_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    if shared < _FEWEST_WHEN_CONTAINED or shared < _SHARED * len(one | other):
        return False
    return shared >= _FEWEST_SHARED or shared == min(len(one), len(other))


def _is_much_the_same(telling: _Telling, recent: Iterable[_Telling], *, is_last: bool) -> bool:
    """Whether nearly all of it lies in something said before, and it is said with force."""
    content, has_force = telling.content, not _FORCE.isdisjoint(telling.words)
    if any(map(is_number, telling.words)) or not content:
        return False
    if content <= _PRAISING:
        return has_force and any(telling.praises_like(earlier) for earlier in recent)
    if telling.is_act and "again" in telling.words:
        return False
    if is_last and _brings_nothing_new(telling, recent):
        return True
    least = 1.0
    if has_force or (is_last and not telling.is_act):
        least = _SHARED_WITH_FORCE
    fewest = max(least * len(content), _FEWEST_SHARED if telling.is_act else _FEWEST_WHEN_CONTAINED)
    if least == 1.0 and len(content) <= _FEWEST_SHARED:
        return False
    longest = len(content) + _MOST_BESIDE
    return any(
        len(earlier.content) <= longest and len(content & earlier.content) >= fewest
        for earlier in recent
    )


def _summed_up(sentence: Sentence, recent: Collection[_Telling]) -> tuple[int, int] | None:
    """What is said as by people who have nothing to add: "so yeah", "that was the task"."""
    words = sentence.words
    if "yeah" in words[:_OPENING_WORDS] and len(words) <= _LONGEST_AGREEMENT:
        is_new = any(map(is_number, words)) or not _is_known(_content(words), recent)
        return None if is_new else (0, len(words))
    for place in range(1, len(words) - 2):
        if words[place] in _POINTING and words[place + 1] in _BEING:
            end = min(place + _LONGEST_SUMMARY, len(words))
            first = max(0, place - _LONGEST_AGREEMENT)
            sums_up = not _SUMMARY.isdisjoint(words[place + 2 : end])
            if sums_up and _is_known(_content(words[first:place]), recent):
                return first, end
    return None


def _brings_nothing_new(telling: _Telling, recent: Iterable[_Telling]) -> bool:
    """Whether a last clause holds hardly a word that was not said somewhere before."""
    content = telling.content
    if telling.is_act or not _is_known(content - _PRAISING, recent, _ALL_BUT_KNOWN):
        return False
    if len(content) > _FEWEST_WHEN_CONTAINED:
        return True
    # Half of a word or two is no more than the same matter, so all of it must be known.
    is_forceful = telling.first == 0 and not _FORCE.isdisjoint(telling.words)
    return is_forceful and content <= _said_in(recent)


def _said_in(recent: Iterable[_Telling]) -> frozenset[str]:
    return frozenset().union(*(earlier.content for earlier in recent))


def _is_known(
    content: frozenset[str], recent: Iterable[_Telling], least: float = _MOSTLY_KNOWN
) -> bool:
    """Whether at least this share of the words was said before."""
    if not content:
        return False
    return len(content & _said_in(recent)) >= least * len(content)


def _content(words: Iterable[str]) -> frozenset[str]:
    stems = ((word, _stem(word)) for word in words)
    return frozenset(
        _PRAISE.get(word, stem)
        for word, stem in stems
        if word in _PRAISE or stem not in _EMPTY_STEMS
    )


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


_EMPTY_STEMS = _EMPTY_WORDS | frozenset(map(_stem, _EMPTY_WORDS))
