"""Beginnings that cannot be the end of a clause: what is left off there was given up."""

from rehearse.feedback.sentences import word_set

NOMINATIVES = word_set("i we he she they")
SUBJECTS = NOMINATIVES | word_set("it you there")
_DETERMINERS = word_set("the my our")
_POINTERS = word_set("this that")
# With one of these, somebody begins to speak anew.
_ANEW = (
    SUBJECTS
    | _DETERMINERS
    | _POINTERS
    | word_set("so what then people first nobody everyone everybody let when if because never")
)
# No noun phrase goes on with one of these after its article.
NO_NOUN = _ANEW | word_set("in on at for from to by with and but is was are were")
# No clause ends in one of these, so whatever follows a pause begins anew.
ARTICLES = word_set("the a an my our their your every whose")
# "The biggest, what it taught me": an article and one of these wait for a noun.
_WAITING_FOR_A_NOUN = word_set("biggest main whole hardest real")
# To be about to do something; without what it is, the sentence has no end.
_ABOUT_TO = word_set(
    "supposed decided tried started began managed going about wanted hoping went trying asked needed"
)
_CLITICS = word_set("'d 've 'm 're 'll")
OPEN = ARTICLES | _CLITICS | NOMINATIVES | {"which"}
# Whoever begins after one of these is no "and I" or "than I".
_BEFORE_A_PERSON = word_set("and or than as like but with except")
# These hardly end a clause, unless words were left out ("they were, so we left"); so only a subject
# may follow, and only after two or three words or when the same subject returns.
HALF_OPEN = word_set(
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
BEING = word_set("was were is are had have has wasn't weren't")
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
# These wait for what they belong to whatever begins after the pause.
_WAITING = word_set("which whose who because if")
OPENING = word_set("and but so well then because")


def is_unfinished(begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether a clause that leaves off like this before a pause cannot have come to its end."""
    last, before = begun[-1], begun[-2] if len(begun) > 1 else ""
    if last in OPEN:
        return _is_left_open(begun, following)
    if last in _WAITING:
        return len(begun) > 2 and following[0] in _ANEW  # noqa: PLR2004 - "if, we", "in spite of"
    if last in _JOINING:
        return len(begun) > 2 and following[0] in SUBJECTS  # noqa: PLR2004 - "and, we" opens
    if last == "that":
        return before in _BEFORE_THAT and following[0] in SUBJECTS
    if last in _PREPOSITIONS or (last in _IN_OR_ON and before in BEING):
        is_between = last == "between" and before == "in"
        return not is_between and following[0] in SUBJECTS and _RELATIVES.isdisjoint(begun)
    if last in _BEFORE_A_VERB and before in NOMINATIVES:  # "I also, we also wrote"
        return following[0] in NOMINATIVES
    if last in _DEGREES:
        return following[0] in SUBJECTS | _DETERMINERS
    return last in HALF_OPEN and _stops_short(begun, following)


def waits_for_a_noun(begun: tuple[str, ...]) -> bool:
    if begun[-1] in ARTICLES:
        return True
    return begun[-1] in _WAITING_FOR_A_NOUN and begun[-2:-1] != () and begun[-2] in ARTICLES


def _is_left_open(begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether a beginning is given up that ends in a word to which another one belongs."""
    if begun[-1] not in NOMINATIVES:
        return following[0] in _ANEW
    if begun[-2:-1] and begun[-2] in _BEFORE_A_PERSON:  # "Ana and I, we"
        return False
    # "We, the nurses" says who "we" are.
    is_alone = begun[-1] != "i" and begun[-2] in OPENING
    return following[0] in (SUBJECTS if is_alone else _ANEW)


def _stops_short(begun: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether a beginning is given up that might have ended where it does."""
    if begun[-1] == "to" and begun[-2] in _ABOUT_TO:
        return following[0] in SUBJECTS or _is_a_thing(following)
    if len(begun) <= _SHORT:
        if begun[0] in SUBJECTS | _POINTERS:
            can_be_a_thing = begun[-1] in _ACTING and begun[0] in NOMINATIVES
            return following[0] in SUBJECTS or (can_be_a_thing and _is_a_thing(following))
        if begun[0] in _DETERMINERS and begun[-1] in BEING:
            announces = not _ANNOUNCING.isdisjoint(begun)
            return not announces and (following[0] in SUBJECTS or _is_a_thing(following))
    if begun[-1] in _TRANSITIVE and begun[-2] in NOMINATIVES and _RELATIVES.isdisjoint(begun):
        return following[0] in SUBJECTS or _is_a_thing(following)
    return False


def _is_a_thing(words: tuple[str, ...]) -> bool:
    """Whether a noun begins here, and no "the whole time"."""
    return words[0] in _DETERMINERS and words[1] not in _NO_THING
