"""A sentence as stems with what denies them: ready to be searched for a meaning.

Places count the words of the sentence; "wasn't" stands as "be" and "not" at one place.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise

import msgspec

from rehearse.feedback.amounts import Amount, amounts
from rehearse.feedback.concepts import Expression, load_concepts
from rehearse.feedback.sentences import Sentence, word_set
from rehearse.feedback.stems import stem

_GAP = 2
"""So many other words may stand between those of an expression: "track the fault down"."""
_SCOPE = 7
"""So far a "not" reaches, unless the clause ends before."""
_NOT = word_set(
    "not no never nobody none nothing without neither nor hardly barely cannot noone nowhere"
)
_NOBODY = word_set("nobody noone")
"""Said soon after a verb they deny it: "it belonged to nobody"."""
_FAILING = word_set("fail refus forget neglect unabl declin")
"""Whoever failed, refused or forgot to do something has not done it."""
_UNREAL = word_set("should would wish might 'll will must")
_NOT_YET = (["want", "to"], ["tri", "to"], ["could", "have"], ["plan", "to"], ["hop", "to"])
_ALMOST = word_set("almost near")
_LEAVING_IT = word_set(
    "going want ask tell need expect allow suppos go consider order request beg let"
)
"""Before "to", with whoever was to do it or alone: what follows need not have happened."""
_MUSING = word_set(
    "about of consider without suggest avoid stop from than propos recommend discuss"
)
_CAUSING = word_set("have let make watch see")
_OBJECTS = word_set("the a an my our his her their them him us somebody someone")
_LOSING = word_set("lose lack")
_LINKS = word_set("and or")
_AT_LEAST = word_set("over abov after beyond")
_AT_MOST = word_set("within under below insid")
_MORE = word_set("mor long great lat")
_FEWER = word_set("less lesser few fewer short")
_SUBJECTS = word_set("i we they he she it you who nobody someone everyone")
_BREAKS = word_set(
    """
    but because so although though while which who when until if after before since that what
    whether how
    """
)
_DETERMINERS = word_set("the a an my our his her their this that")
_OTHERS = word_set("differ different another other their his her")
_BEING = word_set("be get")
_DOING = word_set("mak do giv make give")
_PARTS = word_set("half some most few third quart")


class SpokenWords(msgspec.Struct, frozen=True, dict=True):
    """One sentence."""

    sentence: Sentence

    @cached_property
    def stems(self) -> list[tuple[str, int]]:
        """Each with the place of its word."""
        found: list[tuple[str, int]] = []
        for place, word in enumerate(self.sentence.words):
            if word.endswith("n't"):
                found += [(stem(word[:-3] or word), place), ("not", place)]
            elif _undone(word):
                found += [("not", place), (stem(word[2:]), place)]
            elif word == "one" and found and found[-1][0] == "no":
                found[-1] = ("nobody", place)
            else:
                found.append((stem(word), place))
        return found

    @cached_property
    def _where(self) -> dict[str, list[int]]:
        where: defaultdict[str, list[int]] = defaultdict(list)
        for index, (each, _) in enumerate(self.stems):
            where[each].append(index)
        return dict(where)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        return tuple(amounts(self.sentence.words))

    def has(self, word: str) -> bool:
        return word in self._where

    def find(self, expression: Expression) -> list[tuple[int, ...]]:
        """Where it stands, each time as the indexes of its words in `stems`."""
        found: list[tuple[int, ...]] = [(start,) for start in self._where.get(expression[0], ())]
        for word in expression[1:]:
            longer = ((each, self._next(word, each[-1])) for each in found)
            found = [(*each, index) for each, index in longer if index is not None]
        return found

    def _next(self, word: str, after: int) -> int | None:
        last = min(len(self.stems), after + 2 + _GAP)
        return next((i for i in range(after + 1, last) if self.stems[i][0] == word), None)

    def find_literally(self, phrase: tuple[str, ...]) -> tuple[int, int] | None:
        """The first and last place of these very words, where nothing just before denies them."""
        said, length = self.sentence.words, len(phrase)
        for place in range(len(said) - length + 1 if length else 0):
            if said[place : place + length] == phrase:
                before = said[max(0, place - 3) : place]
                if not any(word in _NOT or word.endswith("n't") for word in before):
                    return place, place + length - 1
        return None

    def index_of(self, place: int) -> int:
        """The first index in `stems` of the word at this place."""
        return next(index for index, (_, each) in enumerate(self.stems) if each == place)

    def joined(self, index: int) -> str:
        """The word at this index and the next, as if no pause had been heard between."""
        place = self.stems[index][1]
        return "".join(self.sentence.words[place : place + 2])

    def denial_before(self, index: int) -> int:
        """The nearest word before this index that denies it, or the index itself."""
        before = range(index - 1, max(-1, index - 1 - _SCOPE), -1)
        return next((each for each in before if self._denies(each)), index)

    def is_denied(self, places: Sequence[int], within: Collection[int]) -> bool:
        """Whether an odd number of denials reaches these places; those in `within` are their own."""
        index = places[0]
        count = sum(
            self._denies(between) for between in range(index, places[-1]) if between not in within
        )
        for before in range(index - 1, max(-1, index - 1 - _SCOPE), -1):
            word = self.stems[before][0]
            if before not in within and (self._denies(before) or self._loses(before, index)):
                count += 1
            if word in _BREAKS or (word == "and" and self._begins_anew(before + 1)):
                break
        return (count + self._is_denied_after(places[-1])) % 2 == 1

    def _is_denied_after(self, index: int) -> bool:
        for after in range(index + 1, index + 4):
            if self._word(after) in _BREAKS or self._word(after) in _LINKS:
                return False
            if self._word(after) in _NOBODY:
                return self._word(after + 1) != "els"
        return False

    def _denies(self, index: int) -> bool:
        word = self.stems[index][0]
        return word in _NOT or (word in _FAILING and self._word(index + 1) == "to")

    def _loses(self, index: int, thing: int) -> bool:
        """Whether the thing is what was lost: "they lost trust in us"."""
        return thing - index <= _GAP and self._word(index) in _LOSING

    def _word(self, index: int) -> str:
        return self.stems[index][0] if 0 <= index < len(self.stems) else ""

    def is_unreal(self, index: int) -> bool:
        """Whether it may never have happened: "should have", "would", "wanted to"."""
        before = [each for each, _ in self.stems[max(0, index - 3) : index]]
        return bool(_UNREAL.intersection(before)) or before[-2:] in _NOT_YET

    def is_only_meant(self, index: int) -> bool:
        """Whether the act at this index was thought of, or left to somebody else, and not done:
        "I asked them to add", "I thought about adding", "I had them add", "I almost added".
        """
        before = self._before(index)
        if before[-1:] and before[-1] in _ALMOST:
            return True
        if before[-1:] == ["to"]:
            return not _LEAVING_IT.isdisjoint(before)
        if self._is_going_on(index) and not _MUSING.isdisjoint(before[-2:]):
            return True
        causer = next((place for place, word in enumerate(before) if word in _CAUSING), None)
        return causer is not None and not _OBJECTS.isdisjoint(before[causer + 1 :])

    def is_set_aside(self, index: int) -> bool:
        """Whether something else stands in its place: "instead of an alert"."""
        before = [each for each, _ in self.stems[max(0, index - 4) : index]]
        pairs = set(pairwise(before))
        return not pairs.isdisjoint({("instead", "of"), ("rather", "than")})

    def comes_from(self, index: int) -> bool:
        """Whether the figure at this index is where something began: "to zero from 0.3%"."""
        return not {"from", "before", "used"}.isdisjoint(self._before(index)[-2:])

    def bound_before(self, index: int) -> int:
        """1 where a figure here is the least ("more than"), -1 where it is the most ("within")."""
        return bound_in([each for each, _ in self.stems[max(0, index - 3) : index]])

    def _begins_anew(self, index: int) -> bool:
        return self._word(index) in _SUBJECTS | _DETERMINERS

    def is_own_act(self, index: int) -> bool:
        """Whether the subject of the verb at this index is "I"."""
        if self._carrier_of(index) is not None:
            return self.is_own_act(self._carrier_of(index) or 0)
        before = self._word(index - 1)
        if before in _DETERMINERS or (before in _BEING and not self._is_going_on(index)):
            return False
        for back in range(index - 1, -1, -1):
            word = self.stems[back][0]
            if word == "who" and not {"i", "me", "myself"}.isdisjoint(self._before(back)):
                return True  # "it was me who", "I was the one who"
            if word in _SUBJECTS:
                return word == "i"
            if word in _DETERMINERS and self._word(back - 1) in _BREAKS | {"and"}:
                return False
        return index <= 1 and not self._is_after_noun(index)

    def _carrier_of(self, index: int) -> int | None:
        """The verb that says no more than that the act named at this index was done: "I made the
        call", "I got on the phone".
        """
        if self._word(index - 1) not in _DETERMINERS:
            return None
        if self._word(index - 2) in _DOING:
            return index - 2
        return (
            index - 3 if (self._word(index - 3), self._word(index - 2)) == ("get", "on") else None
        )

    def subject_of(self, index: int) -> str:
        """The pronoun that is the subject of a verb at this index, as far as one stands before it."""
        for back in range(index - 1, -1, -1):
            word = self.stems[back][0]
            if word in _SUBJECTS or word in _BREAKS:
                return word
        return ""

    def _before(self, index: int) -> list[str]:
        return [each for each, _ in self.stems[max(0, index - 4) : index]]

    def _is_going_on(self, index: int) -> bool:
        return self.sentence.words[self.stems[index][1]].endswith("ing")

    def _is_after_noun(self, index: int) -> bool:
        return index == 1 and self.stems[0][0] not in ("then", "so", "and", "also", "next", "just")

    def crosses(self, first: int, last: int) -> bool:
        """Whether somebody else begins to act between these two."""
        return any(
            self.stems[index][0] in (_BREAKS | {"and"}) - {"that"} and self._begins_anew(index + 1)
            for index in range(first + 1, last)
        )

    def is_done_to_me(self, index: int) -> bool:
        """Whether "me" is the object of the verb at this index, or no object is named at all."""
        after = [each for each, _ in self.stems[index + 1 : index + 4]]
        if "me" in after or self._is_passive_of_me(index):
            return True
        return not self.is_own_act(index) and (
            not after or self.sentence.marks[self.stems[index][1]] != ""
        )

    def _is_passive_of_me(self, index: int) -> bool:
        before = [each for each, _ in self.stems[max(0, index - 6) : index]]
        return "i" in before and before[-1] in _BEING

    def is_of_a_part(self, index: int) -> bool:
        """Whether only some of the things at this index are meant: "half of the tickets"."""
        return not _PARTS.isdisjoint(each for each, _ in self.stems[max(0, index - 3) : index])

    def is_owner(self, index: int) -> bool:
        """Whether what is spoken of belongs to the one at this index: "the speaker's hotel"."""
        place = self.stems[index][1]
        said = self.sentence.words[place + 1 : place + 3]
        return said[:1] == ("'s",) and len(said) > 1 and not _is_said_of(said[1])

    def is_of_others(self, index: int) -> bool:
        """Whether the thing at this index is another one, or somebody else's."""
        return not _OTHERS.isdisjoint(each for each, _ in self.stems[max(0, index - 2) : index])


def _is_said_of(word: str) -> bool:
    """Whether "'s" before this word stands for "is" or "has"."""
    return word in _DETERMINERS | _NOT or word.endswith(("ing", "ed", "en"))


def bound_in(stems: Sequence[str]) -> int:
    """1 where these words before a figure make it the least, -1 the most, 0 where they say neither."""
    if not _AT_LEAST.isdisjoint(stems):
        return 1
    if not _AT_MOST.isdisjoint(stems):
        return -1
    if "than" in stems:
        return 1 if not _MORE.isdisjoint(stems) else -1 if not _FEWER.isdisjoint(stems) else 0
    return 0


def _undone(word: str) -> bool:
    """Whether a word with "un" denies one that is known: "untested"."""
    is_formed = word.startswith("un") and word.endswith(("ed", "en"))
    return is_formed and (stem(word[2:]),) in load_concepts()
