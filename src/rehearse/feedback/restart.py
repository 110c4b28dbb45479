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
_NOMINATIVES = word_set("i we he she they")
_SUBJECTS = _NOMINATIVES | word_set("it you there")
_DETERMINERS = word_set("the my our")
_POINTERS = word_set("this that")
# With one of these, somebody begins to speak anew.
_ANEW = (
    _SUBJECTS
    | _DETERMINERS
    | _POINTERS
    | word_set("so what then people first nobody everyone everybody let when if because never")
)
_CALLS = word_set("well no okay sorry yeah right")
_DONT_KNOW = ("don't", "know")
# No noun phrase goes on with one of these after its article.
_NO_NOUN = _ANEW | word_set("in on at for from to by with and but is was are were")
_ASIDES = word_set("think guess believe mean suppose know say said must should would hope")

# No clause ends in one of these, so whatever follows a pause begins anew.
_ARTICLES = word_set("the a an my our their your every whose")
_ALONE = _ARTICLES | {"i"}
# "The biggest, what it taught me": an article and one of these wait for a noun.
_WAITING_FOR_A_NOUN = word_set("biggest main whole hardest real")
# To be about to do something; without what it is, the sentence has no end.
_ABOUT_TO = word_set(
    "supposed decided tried started began managed going about wanted hoping went trying asked needed"
)
_CLITICS = word_set("'d 've 'm 're 'll")
_OPEN = _ARTICLES | _CLITICS | _NOMINATIVES | {"which"}
# Whoever begins after one of these is no "and I" or "than I".
_BEFORE_A_PERSON = word_set("and or than as like but with except")
# These hardly end a clause, unless words were left out ("they were, so we left"); so only a subject
# may follow, and only after two or three words or when the same subject returns.
_HALF_OPEN = word_set(
    """
    to was were is are am been be had have has would could should will can might must didn't
    wasn't weren't couldn't don't went tried needed wanted decided started going trying about just
    not made put took told kept gave sent brought got used saw doing making getting using
    """
)
_SHORT = 4
# "I was, the trustees came": after these even a noun begins anew; "the problem was, the pump broke" does not.
_ACTING = word_set(
    "was were had have tried needed wanted made put took told kept gave sent brought got weren't wasn't"
)
# Somebody sees, makes or has something: the sentence cannot end before it is named.
_TRANSITIVE = word_set(
    "saw have had made put took told kept gave sent brought needed wanted doing making getting using"
)
_BEING = word_set("was were is are had have has wasn't weren't")
# "The problem was, the pump failed" is a way to announce something.
_ANNOUNCING = word_set(
    """
    problem thing things idea point trouble issue reason question truth result answer rule deal
    catch plan fact upshot difference upside downside lesson task goal aim outcome rest same
    first second third last one other reality funny best worst
    """
)
_NO_THING = word_set("whole entire first next last only same one other way")
_JOINING = word_set("and or than")
_BEFORE_THAT = word_set(
    "said thought was is realised realized noticed decided idea fact felt knew say"
)
_IN_OR_ON = word_set("in on")
_DEGREES = word_set("very quite")
_BEFORE_A_VERB = word_set("also just only then really already even still never always")
# A word stands behind these, save where it was said before ("the one that I asked for").
_PREPOSITIONS = word_set("of with for from by about into at between during towards against without")
_RELATIVES = word_set(
    "which who that what where whom how when ones one things thing all everything"
)
_LINKS = word_set("and but so because that then when if")
_OPENING = word_set("and but so well then because")
# These wait for what they belong to whatever begins after the pause.
_WAITING = word_set("which whose who because if")
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
        if sentence.words[first] in _SUBJECTS and not sentence.marks[place]:
            break
    return first


def _begins_anew(sentence: Sentence, first: int, place: int, following: tuple[str, ...]) -> bool:
    words = sentence.words
    while first < place - 1 and words[first] in _OPENING:
        first += 1
    begun = words[first : place + 1]
    if following[1] in _ASIDES or following[1:3] == _DONT_KNOW:
        return False
    if sentence.marks[place] and _waits_for_a_noun(begun):
        return following[0] in _NO_NOUN
    if sentence.marks[place] and begun[-1] in _HALF_OPEN and _says_again(begun, following):
        return True
    if not _SUBORDINATE.isdisjoint(begun[:-1]):
        is_begun = begun[-2] in _WHO_OR_WHICH and begun[-1] in _BEING
        return is_begun and bool(sentence.marks[place]) and following[0] in _SUBJECTS
    if not sentence.marks[place]:
        return _runs_into(words[:first], begun, following)
    return _is_unfinished(begun, following)


def _is_unfinished(begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether a clause that leaves off like this before a pause cannot have come to its end."""
    last, before = begun[-1], begun[-2] if len(begun) > 1 else ""
    if last in _OPEN:
        return _is_left_open(begun, following)
    if last in _WAITING:
        return len(begun) > 2 and following[0] in _ANEW  # noqa: PLR2004 - "if, we", "in spite of"
    if last in _JOINING:
        return len(begun) > 2 and following[0] in _SUBJECTS  # noqa: PLR2004 - "and, we" opens
    if last == "that":
        return before in _BEFORE_THAT and following[0] in _SUBJECTS
    if last in _PREPOSITIONS or (last in _IN_OR_ON and before in _BEING):
        is_between = last == "between" and before == "in"
        return not is_between and following[0] in _SUBJECTS and _RELATIVES.isdisjoint(begun)
    if last in _BEFORE_A_VERB and before in _NOMINATIVES:  # "I also, we also wrote"
        return following[0] in _NOMINATIVES
    if last in _DEGREES:
        return following[0] in _SUBJECTS | _DETERMINERS
    return last in _HALF_OPEN and _stops_short(begun, following)


def _waits_for_a_noun(begun: tuple[str, ...]) -> bool:
    if begun[-1] in _ARTICLES:
        return True
    return begun[-1] in _WAITING_FOR_A_NOUN and begun[-2:-1] != () and begun[-2] in _ARTICLES


def _runs_into(before: tuple[str, ...], begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether the two cannot stand in a row without a pause."""
    last = begun[-1]
    if len(begun) > 1 and last in _SAID_ANEW and following[0] == begun[-2] in _SUBJECTS:
        return not before or before[-1] not in _SUBORDINATE
    if last in _ARTICLES and following[0] in _LINKS:  # "the then it was", but "the then manager"
        return following[1] in _SUBJECTS
    return last in _OPEN_WITHOUT_PAUSE and following[0] in _NOMINATIVES


def _is_left_open(begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether a beginning is given up that ends in a word to which another one belongs."""
    if begun[-1] not in _NOMINATIVES:
        return following[0] in _ANEW
    if begun[-2:-1] and begun[-2] in _BEFORE_A_PERSON:  # "Ana and I, we"
        return False
    # "We, the nurses" says who "we" are.
    is_alone = begun[-1] != "i" and begun[-2] in _OPENING
    return following[0] in (_SUBJECTS if is_alone else _ANEW)


def _stops_short(begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether a beginning is given up that might have ended where it does."""
    if begun[-1] == "to" and begun[-2] in _ABOUT_TO:
        return following[0] in _SUBJECTS or _is_a_thing(following)
    if len(begun) <= _SHORT:
        if begun[0] in _SUBJECTS | _POINTERS:
            can_be_a_thing = begun[-1] in _ACTING and begun[0] in _NOMINATIVES
            return following[0] in _SUBJECTS or (can_be_a_thing and _is_a_thing(following))
        if begun[0] in _DETERMINERS and begun[-1] in _BEING:
            announces = not _ANNOUNCING.isdisjoint(begun)
            return not announces and (following[0] in _SUBJECTS or _is_a_thing(following))
    if begun[-1] in _TRANSITIVE and begun[-2] in _NOMINATIVES and _RELATIVES.isdisjoint(begun):
        return following[0] in _SUBJECTS or _is_a_thing(following)
    return False


def _says_again(begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether the same two words stand in both: "what I needed was, I needed"."""
    returns = any(begun[at : at + 2] == following[:2] for at in range(len(begun) - 1))
    return returns and begun[-1] != "to" and begun[-2] not in ("done", "did")


def _is_a_thing(words: tuple[str, ...]) -> bool:
    """Whether a noun begins here, and no "the whole time"."""
    return words[0] in _DETERMINERS and words[1] not in _NO_THING
