"""A key point taken apart into what it says: its meanings and amounts, whether it is denied, and
whether "I" is the one who acts.
"""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from rehearse.feedback.amounts import Amount, amounts
from rehearse.feedback.concepts import LONGEST, Expression, Meaning, load_concepts
from rehearse.feedback.sentences import word_set, words_of
from rehearse.feedback.spoken_words import bound_in
from rehearse.feedback.stems import stem

_ROOM_FOR_OTHER_WORDS = 8
_NOT = word_set("not no never nobody without none noone cannot")
_ACTORS = word_set("i we they he she who you nobody")
_ME = word_set("me us")
_ALL = word_set("all every each everyone everybody")
_IT = ("it", "them")
_PLACES = word_set("team area scope job department group unit responsibility")
_FUNCTION_WORDS = word_set(
    """
    a an and are as at be been but by for from had has have i in is it its me my of on or our so
    that the their them they this to was we went were with you your us him her do did 'd 've 's
    there then than about into up all very really just own
    """
)


class Unit(msgspec.Struct, frozen=True):
    """One thing that the phrase says: a meaning, or an amount."""

    word: str
    """As it stands in the phrase; empty where it is an expression of several words."""
    meaning: Meaning
    amount: Amount | None = None
    is_mine: bool = False
    """Whether the phrase says "my" of it."""


class Wanted(msgspec.Struct, frozen=True):
    """A phrase taken apart."""

    units: tuple[Unit, ...]
    is_denied: bool
    by_me: bool
    to_me: bool
    widest: int
    bound: int = 0
    """1 where its figure is the least that counts, -1 where it is the most."""
    sets_aside: bool = False
    """Whether it says itself what something stands in the place of."""
    to_us: bool = False
    """Whether somebody else acts on the speaker."""
    has_owner: bool = False
    """Whether it says itself whose thing it is: "my team's scope"."""
    of_all: bool = False
    """Whether it says it of all of them, and so not of half."""
    spans_clauses: bool = False
    """Whether it says itself that two act: "I asked whether I could listen"."""
    literal: tuple[str, ...] = ()
    """Its words, for whoever says them exactly so."""


@lru_cache(maxsize=2_000)
def taken_apart(phrase: str) -> Wanted:
    words = [part for word in words_of(phrase) for part in _parted(word) if part not in _IT]
    units, is_denied = [], False
    place = 0
    numbers = {amount.first: amount for amount in amounts(words)}
    while place < len(words):
        end = _end_of_expression(words, place)
        amount = numbers.get(place)
        if amount and end <= amount.end:
            units.append(_unit(words[place : amount.end], amount))
            place = amount.end
            continue
        if end > place + 1 or words[place] not in _FUNCTION_WORDS | _NOT:
            is_mine = words[max(0, place - 1)] == "my" and words[place] not in _PLACES
            unit = _unit(words[place:end], is_mine=is_mine)
            if unit not in units:  # "key by key" is one thing
                units.append(unit)
        elif words[place] in _NOT:
            is_denied = not is_denied
        place = end
    if not units:
        units = [_unit([word]) for word in words if word not in _NOT]
    return Wanted(
        units=tuple(units),
        is_denied=is_denied,
        by_me=words[:1] == ["i"],
        to_me="me" in words,
        widest=len(words) + _ROOM_FOR_OTHER_WORDS,
        bound=bound_in([stem(word) for word in words]),
        sets_aside="instead" in words or "rather" in words,
        to_us=words[:1] != ["i"] and not _ME.isdisjoint(words),
        has_owner="'s" in words,
        of_all=not _ALL.isdisjoint(words),
        spans_clauses=sum(word in _ACTORS for word in words) > 1,
        literal=words_of(phrase),
    )


def _parted(word: str) -> tuple[str, ...]:
    return (word[:-3], "not") if word.endswith("n't") and len(word) > 3 else (word,)  # noqa: PLR2004


def _end_of_expression(words: Sequence[str], place: int) -> int:
    """The end of the longest known expression that begins here; of one word where none does."""
    concepts = load_concepts()
    for length in range(min(LONGEST, len(words) - place), 1, -1):
        if tuple(map(stem, words[place : place + length])) in concepts:
            return place + length
    return place + 1


def _unit(words: Sequence[str], amount: Amount | None = None, *, is_mine: bool = False) -> Unit:
    expression: Expression = tuple(map(stem, words))
    word = words[0] if len(words) == 1 else ""
    return Unit(word, load_concepts().meaning(expression), amount, is_mine=is_mine)
