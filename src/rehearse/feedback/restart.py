"""Sentences broken off and begun again: "I was, I had to", "the the report".

Careful by design: three short sentences in a row ("I called, I wrote, I went there") are a way to
tell a story, so a beginning counts as broken off only where it cannot end where it does.
"""

from collections.abc import Iterator

import msgspec

from rehearse.feedback.sentences import Sentence

_LONGEST_STUTTER = 4
_LONGEST_BEGINNING = 5

# Said twice on purpose, or grammatical when doubled.
_DOUBLED_IN_EARNEST = frozenset(
    [
        "very",
        "really",
        "so",
        "no",
        "yes",
        "long",
        "many",
        "much",
        "more",
        "far",
        "again",
        "years",
        "never",
        "had",
        "that",
        "is",
        "do",
        "bye",
        "over",
        "round",
        "too",
        "little",
        "big",
        "well",
        "hundred",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "zero",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "oh",
        "ha",
        "knock",
        "better",
        "further",
        "deeper",
        "faster",
        "higher",
        "there",
        "now",
        "ok",
        "okay",
    ]
)
_IDIOM_LINKS = frozenset(["and", "by", "or", "to", "in", "on", "after", "for"])
_SUBJECTS = frozenset(
    ["i", "we", "he", "she", "they", "it", "you", "there", "i'd", "we'd", "i'm", "we're", "it's"]
)
# No clause ends in one of these, so a pause after it is a sentence left in the middle.
_CANNOT_END = frozenset(
    [
        "the",
        "a",
        "an",
        "my",
        "our",
        "his",
        "her",
        "their",
        "your",
        "its",
        "to",
        "of",
        "and",
        "but",
        "or",
        "so",
        "because",
        "with",
        "from",
        "at",
        "for",
        "into",
        "was",
        "were",
        "is",
        "are",
        "am",
        "been",
        "be",
        "had",
        "have",
        "has",
        "would",
        "could",
        "should",
        "will",
        "can",
        "might",
        "must",
        "i'm",
        "we're",
        "i'd",
        "we'd",
        "it's",
        "if",
        "when",
        "that",
        "which",
        "who",
        "wanted",
        "went",
        "tried",
        "needed",
        "decided",
        "started",
        "going",
        "trying",
        "about",
        "i",
        "we",
        "he",
        "she",
        "they",
        "very",
        "really",
        "just",
        "not",
        "gonna",
        "wanna",
    ]
)


class Restart(msgspec.Struct, frozen=True):
    """Places of the words: all of it, and the abandoned part that says nothing."""

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
        if end <= len(words) and said == words[middle:end] and not _in_earnest(said):
            return Restart(place, end, middle)
    return None


def _in_earnest(words: tuple[str, ...]) -> bool:
    if any(word[0].isdigit() or not word.isascii() for word in words):
        return True
    # "end to end to", "day by day by": an idiom, and the link to the word that follows it.
    is_idiom = len(words) > 1 and words[-1] in _IDIOM_LINKS and not _SUBJECTS.intersection(words)
    return is_idiom or _DOUBLED_IN_EARNEST.issuperset(words)


def _broken_off(sentence: Sentence, place: int) -> Restart | None:
    """A subject with an unfinished beginning, then a pause, then a subject again."""
    words, marks = sentence.words, sentence.marks
    if words[place] not in _SUBJECTS:
        return None
    latest = min(place + _LONGEST_BEGINNING, len(words) - 2)
    for last in range(place, latest):
        if not marks[last]:
            continue
        begins_again = words[last + 1] in _SUBJECTS and _same_subject(words[place], words[last + 1])
        if begins_again and last > place and words[last] in _CANNOT_END:
            return Restart(place, min(last + 3, len(words)), last + 1)
        return None
    return None


def _same_subject(one: str, other: str) -> bool:
    return one.partition("'")[0] == other.partition("'")[0]
