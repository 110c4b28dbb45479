"""Is the lesson tied to this story, and is it as deep as the chosen level expects?"""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from rehearse.feedback.concepts import load_concepts
from rehearse.feedback.own_words import own_words
from rehearse.feedback.passages import Passage, sentences_of
from rehearse.feedback.result import Evidence
from rehearse.feedback.section import Section
from rehearse.feedback.sentences import Sentence, split, word_set
from rehearse.feedback.stems import stem
from rehearse.feedback.word_groups import phrase
from rehearse.scenario import Level

Kind = Literal["specific", "generic", "missing"]
Depth = Literal["specific", "habit", "beyond", "trade_off"]

_FEWEST_WORDS_OF_THE_STORY = 2
_LESSON_BEGINS = 0.6
"""After this share of an answer told in one go its lesson is looked for; by the targets it begins at
0.9."""
_FEWEST_WORDS_OF_A_HABIT = 5
_ALIKE_IN_THE_PAST = word_set("put set cut read let shut")
_AFTER_A_WISH = word_set("to my hard harder")
"""After "I try": words that make it a wish."""
_NO_ACTS = word_set(
    """
    understand know see feel believe think realise realize appreciate have am value trust want
    need hope wish like love learn remember guess suppose mean agree would could should will can may
    might must do did was never still get enjoy prefer give work become say
    """
)
"""What goes on in a head is no habit, and neither is an auxiliary."""


class ReflectionTest(msgspec.Struct, frozen=True, kw_only=True):
    """What the lesson holds. `wanted` names the parts that the level asks for."""

    kind: Kind
    quote: str | None = None
    specific: Evidence = Evidence(found=False)
    """Tied to this story by words that would not fit another."""
    habit: Evidence = Evidence(found=False)
    """What the speaker does differently since."""
    beyond: Evidence = Evidence(found=False)
    """What lay between teams or in the way that things were organised."""
    trade_off: Evidence = Evidence(found=False)
    """What the choice cost, and why it was made all the same."""
    level: str | None = None
    expected: str = ""
    wanted: tuple[Depth, ...] = ("specific",)

    @property
    def lacking(self) -> tuple[Depth, ...]:
        return tuple(name for name in self.wanted if not getattr(self, name).found)


def judge_reflection(sections: Sequence[Section], level: Level | None) -> ReflectionTest | None:
    """None where no reflection was asked for, and none is found in an answer told in one go."""
    asked = [section for section in sections if section.name == "reflection"]
    told = [pair for section in asked for pair in sentences_of(section.heard)]
    if not asked:
        asked = [section for section in sections if section.name == "whole"]
        told = [pair for section in asked for pair in _lesson_of(section)]
        if not told:
            return None
    story = _story_words(section for section in sections if section not in asked)
    generic = [
        finding.quote
        for section in asked
        for finding in section.findings
        if finding.category == "generic_reflection"
    ]
    specific = _specific(told, story, generic)
    kind: Kind = "missing" if not told else "specific" if specific.found else "generic"
    return ReflectionTest(
        kind=kind,
        quote=specific.quote or next(iter(generic), None) or (told[0][1].quote if told else None),
        specific=specific,
        habit=_habit(told, generic),
        beyond=_evidence("organisation", told),
        trade_off=_evidence("trade_off", told),
        level=level.name if level else None,
        expected=level.reflection if level else "",
        wanted=wanted(level) if level else ("specific",),
    )


def wanted(level: Level) -> tuple[Depth, ...]:
    """What the level's own reflection and its expectations speak of."""
    sentences = split(" ".join((level.reflection, *(f"{text}." for text in level.expects))))
    parts: list[Depth] = ["specific"]
    if _says("changed_habit", sentences) or any("habit" in each.words for each in sentences):
        parts.append("habit")
    if _says("organisation", split(level.reflection)):
        parts.append("beyond")
    if _says("trade_off", sentences):
        parts.append("trade_off")
    return tuple(parts)


def _lesson_of(section: Section) -> list[tuple[Sentence, Passage]]:
    """The end of an answer told in one go, from where it turns to what was learnt."""
    told = sentences_of(section.heard)
    late = _LESSON_BEGINS * len(section.transcript.text)
    pattern = phrase("looking_back")
    for place, (sentence, passage) in enumerate(told):
        if passage.start_char >= late and pattern.is_in(sentence):
            return list(told[place:])
    return []


def _specific(
    told: Sequence[tuple[Sentence, Passage]], story: set[str], generic: Sequence[str]
) -> Evidence:
    for sentence, passage in told:
        if any(quote in passage.quote for quote in generic):
            continue
        own = set(own_words(sentence))
        if own & story or len(own) >= _FEWEST_WORDS_OF_THE_STORY:
            return Evidence(found=True, quote=passage.quote)
    return Evidence(found=False)


def _story_words(sections: Iterable[Section]) -> set[str]:
    return {
        word
        for section in sections
        for sentence in split(section.transcript.text)
        for word in own_words(sentence)
    }


def _evidence(group: str, told: Sequence[tuple[Sentence, Passage]]) -> Evidence:
    pattern = phrase(group)
    quote = next((passage.quote for each, passage in told if pattern.is_in(each)), None)
    return Evidence(quote is not None, quote)


def _habit(told: Sequence[tuple[Sentence, Passage]], generic: Sequence[str]) -> Evidence:
    """What is done since: "now I ...", or simply in the present, "I write the alert first"."""
    changed = _evidence("changed_habit", told)
    if changed.found:
        return changed
    for sentence, passage in told:
        if any(quote in passage.quote for quote in generic):
            continue
        if any(_is_a_habit(sentence, place) for place in range(len(sentence.words))):
            return Evidence(found=True, quote=passage.quote)
    return Evidence(found=False)


def _is_a_habit(sentence: Sentence, place: int) -> bool:
    """Whether "I" and an act in the present stand here, with what belongs to the act."""
    words = sentence.words
    if words[place] != "i" or len(words) < place + _FEWEST_WORDS_OF_A_HABIT:
        return False
    while place + 1 < len(words) and phrase("adverb").is_in(sentence, place + 1, place + 2):
        place += 1
    act = words[place + 1] if place + 1 < len(words) else ""
    is_known = act.isalpha() and act not in _NO_ACTS and (stem(act),) in load_concepts()
    is_past = phrase("past").is_in(sentence, place + 1, place + 2)
    is_done_now = act in _ALIKE_IN_THE_PAST and "now" in words
    is_wish = not _AFTER_A_WISH.isdisjoint(words[place + 2 : place + 3])
    return is_known and (is_done_now or not is_past) and not is_wish


def _says(group: str, sentences: Sequence[Sentence]) -> bool:
    pattern = phrase(group)
    return any(pattern.is_in(sentence) for sentence in sentences)
