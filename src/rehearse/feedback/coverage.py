"""Which of a step's key points were said, by meaning and not by wording.

A key point is taken apart into what it says (concepts, numbers, whether it is denied, whether "I" is
the one who acts). It counts where one sentence says all of that close together, in whatever words.
Likeness to a script earns nothing: only the point itself does. Where a language model is at hand,
it decides, with what the words themselves show as one more piece of evidence.
"""

from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz import fuzz

from rehearse.feedback.amounts import Amount
from rehearse.feedback.key_phrase import Unit, Wanted, taken_apart
from rehearse.feedback.meaning import Meaning, Remark, Shown, sentences_that_say
from rehearse.feedback.passages import sentences_of
from rehearse.feedback.sentences import word_set
from rehearse.feedback.sounds import sound_of
from rehearse.feedback.spoken_words import SpokenWords
from rehearse.transcript import Transcript

_SAME_WORD = 84.0
"""Similarity at which "hook's" still counts as "hooks"."""
_MISHEARD = 60.0
"""The same for a word of a fixed term whose other words stand around it: "dad letter queue"."""
_FEWEST_FOR_ONE_MISSING = 5
_FEWEST_LITERAL = 4
_NEAREST = 5
_OBJECT_FOLLOWS = 2
"""A verb and its object: "blamed the carrier"."""
_AFTER_MONEY = word_set("a per every each in back")
_WE = word_set("i we")


class KeyPoint(msgspec.Struct, frozen=True):
    """One phrase that a good answer holds, and the words that said it."""

    phrase: str
    said: bool
    quote: str | None = None


class _Hit(msgspec.Struct, frozen=True):
    """Where a unit was said, as indexes into the stems, and whether it was its opposite."""

    unit: int
    places: tuple[int, ...]
    is_opposite: bool = False

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def last(self) -> int:
        return self.places[-1]


class _Reading(msgspec.Struct, frozen=True):
    """What the words of a sentence show, and from where to where they say the phrase if they do."""

    shown: Shown = Shown.NOTHING
    place: tuple[int, int] | None = None


def cover(
    phrases: tuple[str, ...], transcript: Transcript, meaning: Meaning | None = None
) -> tuple[KeyPoint, ...]:
    """Each phrase, said or not, in the order given."""
    spoken = [
        (SpokenWords(sentence), passage.quote) for sentence, passage in sentences_of(transcript)
    ]
    remarks = [
        [_remark(phrase, words, quote, transcript) for words, quote in spoken] for phrase in phrases
    ]
    if meaning is None:
        quotes = [next((each.words for each in made if each.words), None) for made in remarks]
    else:
        quotes = sentences_that_say(phrases, remarks, meaning)
    return tuple(
        KeyPoint(phrase, said=quote is not None, quote=quote)
        for phrase, quote in zip(phrases, quotes, strict=True)
    )


def _remark(phrase: str, words: SpokenWords, quote: str, transcript: Transcript) -> Remark:
    reading = _read(words, taken_apart(phrase))
    return Remark(quote, reading.shown, _words_at(reading.place, words, transcript))


def quote_of(phrase: str, words: SpokenWords, transcript: Transcript) -> str | None:
    """The words of this sentence of the transcript that say the phrase; None where none do."""
    return _words_at(_read(words, taken_apart(phrase)).place, words, transcript)


def _words_at(
    place: tuple[int, int] | None, words: SpokenWords, transcript: Transcript
) -> str | None:
    if place is None:
        return None
    sentence = words.sentence
    heard = transcript.words_between(sentence.starts_char[place[0]], sentence.ends_char[place[1]])
    return " ".join(word.text for word in heard)


def _read(words: SpokenWords, wanted: Wanted) -> _Reading:
    literal = words.find_literally(wanted.literal) or _literally_mine(words, wanted)
    if literal is not None:
        return _Reading(Shown.VERBATIM, literal)
    hits = [list(_hits(words, number, unit)) for number, unit in enumerate(wanted.units)]
    hits = _with_misheard(words, wanted, hits)
    found = [each for each in hits if each]
    may_lack = len(wanted.units) >= _FEWEST_FOR_ONE_MISSING
    if not found or len(found) < len(wanted.units) - may_lack:
        return _Reading()
    if any(unit.amount and not each for unit, each in zip(wanted.units, hits, strict=True)):
        return _Reading()
    shown = Shown.NOTHING
    for chosen in _windows(found, wanted.widest):
        if _counts_the_same(words, wanted, chosen) and _agrees(words, wanted, chosen):
            first = min(hit.first for hit in chosen)
            first = words.denial_before(first) if wanted.is_denied else first
            last = max(hit.last for hit in chosen)
            place = words.stems[first][1], words.stems[last][1]
            return _Reading(Shown.IN_OTHER_WORDS, place)
        shown = Shown.SOMETHING_ELSE
    return _Reading(shown)


def _literally_mine(words: SpokenWords, wanted: Wanted) -> tuple[int, int] | None:
    """The words after "I", where the "I" stands further back: "I rang her and asked whether"."""
    if not wanted.by_me or len(wanted.literal) < _FEWEST_LITERAL:
        return None
    place = words.find_literally(wanted.literal[1:])
    if place is None:
        return None
    act = words.index_of(place[0])
    is_done = not (words.is_unreal(act) or words.is_only_meant(act))
    return place if words.is_own_act(act) and is_done else None


def _hits(words: SpokenWords, number: int, unit: Unit) -> Iterator[_Hit]:
    if unit.amount:
        for amount in words.amounts:
            if unit.amount.equals(amount) and not _counts_things(words, unit.amount, amount):
                first = next(i for i, each in enumerate(words.stems) if each[1] == amount.first)
                yield _Hit(number, tuple(range(first, first + amount.end - amount.first)))
    for expressions, is_opposite in ((unit.meaning.same, False), (unit.meaning.opposite, True)):
        for expression in expressions:
            if words.has(expression[0]):
                for places in words.find(expression):
                    yield _Hit(number, places, is_opposite)


def _counts_things(words: SpokenWords, wanted: Amount, amount: Amount) -> bool:
    """Whether money is wanted, and things are counted: "eight thousand requests"."""
    following = words.sentence.words[amount.end : amount.end + 1]
    is_money = wanted.kind == "money" and amount.kind == "plain"
    return is_money and not _AFTER_MONEY.issuperset(following)


def _with_misheard(words: SpokenWords, wanted: Wanted, hits: list[list[_Hit]]) -> list[list[_Hit]]:
    """Fills what is missing with words that sound much like it."""
    known = {hit.first for each in hits for hit in each}
    for number, unit in enumerate(wanted.units):
        if hits[number] or unit.amount or len(unit.word) < 4:  # noqa: PLR2004 - too short to tell
            continue
        for index, (_, place) in enumerate(words.stems):
            word = words.sentence.words[place]
            is_term = index + 1 in known or index - 1 in known
            if word[:1] != unit.word[:1] and not is_term:
                continue  # "detested" is not "tested"
            least = _MISHEARD if is_term and len(wanted.units) > 2 else _SAME_WORD  # noqa: PLR2004
            if fuzz.ratio(unit.word, word, score_cutoff=least) or (
                is_term and sound_of(word) == sound_of(unit.word)
            ):
                hits[number].append(_Hit(number, (index,)))
            elif fuzz.ratio(unit.word, words.joined(index), score_cutoff=_SAME_WORD):
                hits[number].append(_Hit(number, (index, index + 1)))
    return hits


def _windows(hits: Sequence[Sequence[_Hit]], widest: int) -> Iterator[list[_Hit]]:
    """Choices of one hit for each unit that lie close together, from left to right."""
    for anchor in hits[0]:
        chosen = [anchor]
        for others in hits[1:]:
            free = [hit for hit in others if not _overlap(hit, chosen)]
            if not free:
                break
            chosen.append(min(free, key=lambda hit: abs(hit.first - anchor.first)))
        first, last = min(hit.first for hit in chosen), max(hit.last for hit in chosen)
        if len(chosen) == len(hits) and last - first < widest:
            yield chosen


def _overlap(hit: _Hit, chosen: Sequence[_Hit]) -> bool:
    return any(not set(hit.places).isdisjoint(other.places) for other in chosen)


def _counts_the_same(words: SpokenWords, wanted: Wanted, chosen: Sequence[_Hit]) -> bool:
    """A number belongs to the word that follows it: "half of the users", not of the day."""
    by_unit = {hit.unit: hit for hit in chosen}
    counted = [hit for hit in chosen if wanted.units[hit.unit].amount]
    in_order = sorted(counted, key=lambda hit: hit.unit)
    if [hit.first for hit in in_order] != sorted(hit.first for hit in counted):
        return words.comes_from(in_order[0].first)
    for hit in chosen:
        following = by_unit.get(hit.unit + 1) if wanted.units[hit.unit].amount else None
        if following and min(abs(following.first - each.last) for each in counted) > _NEAREST:
            return False
    return True


def _agrees(words: SpokenWords, wanted: Wanted, chosen: Sequence[_Hit]) -> bool:
    """Whether it is denied where the phrase denies it, and done by whom the phrase says."""
    first, last = min(hit.first for hit in chosen), max(hit.last for hit in chosen)
    if (words.crosses(first, last) and not wanted.spans_clauses) or any(
        words.is_unreal(hit.first) for hit in chosen
    ):
        return False
    inside = [index for hit in chosen for index in hit.places]
    denied = any(words.is_denied(hit.places, inside) for hit in chosen)
    opposites = sum(hit.is_opposite for hit in chosen)
    opposite = opposites == 1
    is_set_aside = any(words.is_set_aside(hit.first) for hit in chosen)
    if opposites > 1 or (is_set_aside and not wanted.sets_aside):
        return False
    if _is_turned_round(words, wanted, chosen):
        return False
    if wanted.bound and any(words.bound_before(hit.first) == -wanted.bound for hit in chosen):
        return False
    if (denied != opposite) != wanted.is_denied:
        return False
    if any(wanted.units[hit.unit].is_mine and words.is_of_others(hit.first) for hit in chosen):
        return False
    return _is_by_whom(words, wanted, min(chosen, key=lambda hit: hit.unit))


def _is_turned_round(words: SpokenWords, wanted: Wanted, chosen: Sequence[_Hit]) -> bool:
    """Whether "we" do what is done to us, or it is said of half, or of what belongs to the one."""
    actor = min(chosen, key=lambda hit: hit.unit)
    if wanted.to_us and any(
        0 < actor.first - hit.last <= _OBJECT_FOLLOWS and words.subject_of(hit.first) in _WE
        for hit in chosen
    ):
        return True
    if wanted.of_all and any(words.is_of_a_part(hit.first) for hit in chosen):
        return True
    return not wanted.has_owner and any(words.is_owner(hit.last) for hit in chosen)


def _is_by_whom(words: SpokenWords, wanted: Wanted, head: _Hit) -> bool:
    if wanted.by_me:
        names_me = any(words.stems[place][0] in ("me", "mine", "my") for place in head.places)
        return names_me or (words.is_own_act(head.first) and not words.is_only_meant(head.first))
    return not wanted.to_me or words.is_done_to_me(head.last)
