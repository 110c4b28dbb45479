"""Sentences broken off and begun again: "I was, I had to", "the the report".

Careful by design: three short sentences in a row ("I called, I wrote, I went there") are a way to
tell a story, so a beginning counts as broken off only where it cannot end where it does.
"""

from collections.abc import Iterator

import msgspec

from rehearse.feedback.sentences import Sentence, word_set
from rehearse.feedback.unfinished import (
    ARTICLES,
    BEING,
    HALF_OPEN,
    NO_NOUN,
    NOMINATIVES,
    OPEN,
    OPENING,
    SUBJECTS,
    is_unfinished,
    waits_for_a_noun,
)

_LONGEST_STUTTER = 4
_LONGEST_BEGINNING = 7

# Said twice on purpose, or grammatical when doubled.
_DOUBLED_IN_EARNEST = word_set(
    """
    very really so no yes long many much more far again years never had that is do bye over
    round too little big well hundred one two three four five six seven eight nine ten zero
    twenty thirty forty fifty sixty seventy eighty ninety oh ha knock better further deeper
    faster higher there now ok okay win hush chop night neck
    """
)
# Of single words only these are doubled by accident: "slowly, slowly" and "calls, calls" are meant.
_STUTTERED = word_set(
    """
    the a an my our their his its this these those i we he she they it you to of in on at for with
    from by and but so because if when as or was were is are am be been have has 's 'd 've 'm
    're 'll would could should can will do did what which who where how about into then not there
    """
)
_IDIOM_LINKS = word_set("and by or to in on after for")
_LINKS = word_set("and but so because that then when if")
_ALONE = ARTICLES | {"i"}
# These announce a new beginning, and belong to neither.
_CALLS = word_set("well no okay sorry yeah right")
# "I was, I think, the first" and "by, I don't know, everyone" are asides.
_ASIDES = word_set("think guess believe mean suppose know say said must should would hope")
_DONT_KNOW = ("don't", "know")
_WHO_OR_WHICH = word_set("which who")
_SUBORDINATE = word_set(
    """
    if when as because than whatever whenever wherever however although though since while
    whoever unless until where who how what which so and
    """
)
# Without any pause these two in a row are no English: "the | we", "looked at | i".
_OPEN_WITHOUT_PAUSE = word_set("the a my our at into with 'd 've 'll")
# "he was | he wasn't": of a subject and one of these, said again at once, the first was given up.
_SAID_ANEW = word_set("was were is are had have has wasn't weren't hadn't didn't don't")


class Restart(msgspec.Struct, frozen=True):
    """Places of the words: from `first` up to `end`; what was given up ends at `abandoned_end`."""

    first: int
    end: int
    abandoned_end: int


def restarts(sentence: Sentence) -> Iterator[Restart]:
    """The restarts of one sentence, from left to right, none inside another."""
    place = 0
    while place < len(sentence.words):
        found = _stutter(sentence, place) or _broken_off(sentence, place)
        if found:
            yield found
        place = found.abandoned_end if found else place + 1


def _stutter(sentence: Sentence, place: int) -> Restart | None:
    """The same few words said twice in a row."""
    words = sentence.words
    for length in range(_LONGEST_STUTTER, 0, -1):
        middle, end = place + length, place + 2 * length
        said = words[place:middle]
        if end > len(words) or said != words[middle:end] or _in_earnest(said):
            continue
        if length == 1 and sentence.marks[place] and not _begins_there(sentence, place):
            continue  # "we smashed it, it was great"
        # "It was late, it was late" is said twice for effect: it could end where it is repeated.
        if length == 1 or not sentence.marks[middle - 1] or said[-1] in OPEN | HALF_OPEN:
            return Restart(place, end, middle)
    return None


def _begins_there(sentence: Sentence, place: int) -> bool:
    return place == 0 or bool(sentence.marks[place - 1]) or sentence.words[place - 1] in _LINKS


def _in_earnest(words: tuple[str, ...]) -> bool:
    if any(word[0].isdigit() or not word.isascii() for word in words):
        return True
    # "end to end to", "day by day by": an idiom, and the link to the word that follows it.
    if len(words) == 1:
        return not _STUTTERED.issuperset(words)
    is_idiom = words[-1] in _IDIOM_LINKS and not SUBJECTS.intersection(words)
    return is_idiom or _DOUBLED_IN_EARNEST.issuperset(words)


def _broken_off(sentence: Sentence, place: int) -> Restart | None:
    """A beginning that stops just after `place`, where another one begins."""
    following = _without_calls(sentence.words[place + 1 : place + 6])
    if len(following) < 2:  # noqa: PLR2004 - a beginning is a subject and one word more
        return None
    first = _beginning(sentence, place)
    if first == place and sentence.words[place] not in _ALONE:
        return None
    if not _begins_anew(sentence, first, place, following):
        return None
    return Restart(first, place + 1, place + 1)


def _without_calls(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is said after "well" or "no", by which a new beginning is announced."""
    while words and words[0] in _CALLS:
        words = words[1:]
    return words


def _beginning(sentence: Sentence, place: int) -> int:
    """Where the clause that ends at `place` began: after a pause, or at its subject."""
    first = place
    while first > max(0, place - _LONGEST_BEGINNING) and not sentence.marks[first - 1]:
        first -= 1
        if sentence.words[first] in SUBJECTS and not sentence.marks[place]:
            break
    return first


def _begins_anew(sentence: Sentence, first: int, place: int, following: tuple[str, ...]) -> bool:
    words = sentence.words
    while first < place - 1 and words[first] in OPENING:
        first += 1
    begun = words[first : place + 1]
    if following[1] in _ASIDES or following[1:3] == _DONT_KNOW:
        return False
    if sentence.marks[place] and waits_for_a_noun(begun):
        return following[0] in NO_NOUN
    if sentence.marks[place] and begun[-1] in HALF_OPEN and _says_again(begun, following):
        return True
    if not _SUBORDINATE.isdisjoint(begun[:-1]):
        is_begun = begun[-2] in _WHO_OR_WHICH and begun[-1] in BEING
        return is_begun and bool(sentence.marks[place]) and following[0] in SUBJECTS
    if not sentence.marks[place]:
        return _runs_into(words[:first], begun, following)
    return is_unfinished(begun, following)


def _runs_into(before: tuple[str, ...], begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether the two cannot stand in a row without a pause."""
    last = begun[-1]
    if len(begun) > 1 and last in _SAID_ANEW and following[0] == begun[-2] in SUBJECTS:
        return not before or before[-1] not in _SUBORDINATE
    if last in ARTICLES and following[0] in _LINKS:  # "the then it was", but "the then manager"
        return following[1] in SUBJECTS
    return last in _OPEN_WITHOUT_PAUSE and following[0] in NOMINATIVES


def _says_again(begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether the same two words stand in both: "what I needed was, I needed"."""
    returns = any(begun[at : at + 2] == following[:2] for at in range(len(begun) - 1))
    return returns and begun[-1] != "to" and begun[-2] not in ("done", "did")
