"""Who acts in a clause: I, we, they, a passive that hides it, or nobody."""

from typing import Literal

from rehearse.feedback.sentences import Sentence, word_set
from rehearse.feedback.word_groups import phrase

Actor = Literal["i", "we", "they", "passive", "nobody"]

_PRONOUNS: dict[str, Actor] = {
    "i": "i",
    "we": "we",
    "they": "they",
    "he": "they",
    "she": "they",
    "somebody": "they",
    "someone": "they",
    "everybody": "they",
    "everyone": "they",
}
_THINGS = word_set("it this that there these those what nothing everything you")
_OURS = word_set("my our the whole entire")
_SUBORDINATE = word_set(
    """
    because which although though while whereas until unless since who where when if after before
    whose as than whom
    """
)
_AUXILIARIES = word_set(
    """
    is was were are am be been being 's 're 'm has have had 've 'd do does did didn't don't wasn't
    weren't hasn't haven't hadn't can could couldn't can't will would won't wouldn't 'll should must
    might may never
    """
)
_BE = word_set("is was were are am be been being 's 're wasn't weren't got")


def actor_of(sentence: Sentence, first: int, end: int) -> Actor | None:
    """Who acts between these places; None where the clause has no subject of its own."""
    if is_subordinate(sentence, first):
        return None
    verb = _first_verb(sentence, first, end)
    for place in range(first, end if verb is None else verb):
        actor = _PRONOUNS.get(sentence.words[place])
        if actor:
            return _or_passive(actor, sentence, place, end)
    if verb is None or not _has_noun(sentence, first, verb):
        return None
    return _or_passive(_noun(sentence, first, verb), sentence, verb - 1, end)


def _first_verb(sentence: Sentence, first: int, end: int) -> int | None:
    places = range(first, end)
    return next((place for place in places if _is_verb(sentence, place)), None)


def _is_verb(sentence: Sentence, place: int) -> bool:
    return sentence.words[place] in _AUXILIARIES or _at("past", sentence, place)


def _has_noun(sentence: Sentence, first: int, verb: int) -> bool:
    return any(not _at("adverb", sentence, place) for place in range(first, verb)) and (
        sentence.words[verb - 1] not in ("and", "to", "then")
    )


def _noun(sentence: Sentence, first: int, verb: int) -> Actor:
    before = sentence.words[first:verb]
    if "team" in before and _OURS.intersection(before[: before.index("team")]):
        return "we"
    is_thing = bool(_THINGS.intersection(before))
    people = any(_at("actor", sentence, place) for place in range(first, verb))
    return "they" if people and not is_thing else "nobody"


def _or_passive(actor: Actor, sentence: Sentence, subject: int, end: int) -> Actor:
    """Whether "it was fixed" hides who did it; "it was fixed by Dana" does not."""
    place = subject + 1
    while place < end and _at("adverb", sentence, place):
        place += 1
    begins = place
    while place < end and sentence.words[place] in _AUXILIARIES:
        place += 1
    if place == begins or sentence.words[place - 1] not in _BE:
        return actor
    while place < end and _at("adverb", sentence, place):
        place += 1
    if place >= end or not _at("participle", sentence, place):
        return actor
    named = "by" in sentence.words[place + 1 : place + 4]
    return "they" if named else "passive"


def is_subordinate(sentence: Sentence, first: int) -> bool:
    """Whether the clause only adds to another: it begins with because, when, so that ..."""
    words = sentence.words[first : first + 2]
    return words[:1] != () and (words[0] in _SUBORDINATE or words == ("so", "that"))


def _at(group: str, sentence: Sentence, place: int) -> bool:
    """Whether a word of this group stands here."""
    return phrase(group).is_in(sentence, place, place + 1)
