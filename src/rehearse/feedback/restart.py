"""Sentences broken off and begun again: "I was, I had to", "the the report".

Careful by design: three short sentences in a row ("I called, I wrote, I went there") are a way to
tell a story, so a beginning counts as broken off only where it cannot end where it does.
"""

from collections.abc import Iterator

import msgspec

from rehearse.feedback.sentences import Sentence, word_set

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
_SUBJECTS = word_set("i we he she they it you there")
_ANEW = _SUBJECTS | word_set("the my our this that so what then people")
_ASIDES = word_set("think guess believe mean suppose know say said must should would hope")

# No clause ends in one of these, so whatever follows a pause begins anew.
_OPEN = word_set("the a an my our which whose 'd 've 'm 're 'll i we they he")
# These hardly end one, unless words were left out ("they were, so we left"); so only a subject may
# follow, and only after two or three words or when the same subject returns.
_HALF_OPEN = word_set(
    """
    to was were is are am been be had have has would could should will can might must didn't
    wasn't couldn't went tried needed wanted decided started going trying about just not
    """
)
_SHORT = 4
# "I was, the trustees came": after these even a noun begins anew; "the problem was, the pump broke" does not.
_ACTING = word_set("was were had have tried needed wanted")
_PEOPLE = word_set("i we he she they")
_NO_THING = word_set("whole entire first next last only same one other way")
_DETERMINERS = word_set("the my our")
_POINTERS = word_set("this that")
_LINKS = word_set("and but so because that then when if")
_OPENING = word_set("and but so well")
# These wait for what they belong to whatever begins after the pause.
_WAITING = word_set("which whose because if")
_SUBORDINATE = word_set(
    """
    if when as because than whatever whenever wherever however although though since while
    whoever unless until where who how what which so and
    """
)
# Without any pause these two in a row are no English: "the | we", "looked at | i".
_OPEN_WITHOUT_PAUSE = word_set("the a my our at into 'd 've 'll")
_ANEW_WITHOUT_PAUSE = word_set("i we he she they")
# "he was | he wasn't": of a subject and one of these, said again at once, the first was given up.
_SAID_ANEW = word_set("was were is are had have has wasn't weren't hadn't")


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
        if length == 1 or not sentence.marks[middle - 1] or said[-1] in _OPEN | _HALF_OPEN:
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
    is_idiom = words[-1] in _IDIOM_LINKS and not _SUBJECTS.intersection(words)
    return is_idiom or _DOUBLED_IN_EARNEST.issuperset(words)


def _broken_off(sentence: Sentence, place: int) -> Restart | None:
    """A beginning that stops just after `place`, where another one begins."""
    words = sentence.words
    following = words[place + 1 : place + 3]
    if len(following) < 2:  # noqa: PLR2004 - a beginning is a subject and one word more
        return None
    first = _beginning(sentence, place)
    if first == place or not _begins_anew(sentence, first, place):
        return None
    return Restart(first, place + 1, place + 1)


def _beginning(sentence: Sentence, place: int) -> int:
    """Where the clause that ends at `place` began: after a pause, or at its subject."""
    first = place
    while first > max(0, place - _LONGEST_BEGINNING) and not sentence.marks[first - 1]:
        first -= 1
        if sentence.words[first] in _SUBJECTS and not sentence.marks[place]:
            break
    return first


def _begins_anew(sentence: Sentence, first: int, place: int) -> bool:
    words, last, following = sentence.words, sentence.words[place], sentence.words[place + 1]
    while first < place - 1 and words[first] in _OPENING:
        first += 1
    if words[place + 2] in _ASIDES or _SUBORDINATE.intersection(words[first:place]):
        return False
    if not sentence.marks[place]:
        if last in _SAID_ANEW and following == words[place - 1] in _SUBJECTS:
            return first == 0 or words[first - 1] not in _SUBORDINATE
        return last in _OPEN_WITHOUT_PAUSE and following in _ANEW_WITHOUT_PAUSE
    if last in _SUBJECTS & _OPEN:  # "we, the nurses" and "Ana and I, we" are no restarts
        return following in _SUBJECTS and words[place - 1] != "and"
    if last in _OPEN:
        return following in _ANEW
    if last in _WAITING:
        return place - first >= 2 and following in _ANEW  # noqa: PLR2004 - "if, we", "in spite of"
    if last in _HALF_OPEN and place - first < _SHORT:
        return words[first] in _SUBJECTS | _POINTERS and (
            following in _SUBJECTS
            or (last in _ACTING and words[first] in _PEOPLE and _is_a_thing(words[place + 1 :]))
        )
    again = words[place + 1 : place + 3]
    returns = any(words[at : at + 2] == again for at in range(first, place))
    return returns and last in _HALF_OPEN - {"to"}


def _is_a_thing(words: tuple[str, ...]) -> bool:
    """Whether a noun begins here, and no "the whole time"."""
    return words[0] in _DETERMINERS and words[1] not in _NO_THING
