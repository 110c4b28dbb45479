"""Is the lesson tied to this story, and is it as deep as the chosen level expects?"""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from rehearse.feedback.own_words import own_words
from rehearse.feedback.passages import Passage, sentences_of
from rehearse.feedback.result import Evidence
from rehearse.feedback.ruleset import load_rules
from rehearse.feedback.section import Section
from rehearse.feedback.sentences import Sentence, split
from rehearse.scenario import Level

Kind = Literal["specific", "generic", "missing"]
Depth = Literal["specific", "habit", "beyond", "trade_off"]

_FEWEST_WORDS_OF_THE_STORY = 2


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
    """None where no reflection was asked for."""
    asked = [section for section in sections if section.name == "reflection"]
    if not asked:
        return None
    told = [pair for section in asked for pair in sentences_of(section.heard)]
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
        habit=_evidence("changed_habit", told),
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


def _specific(
    told: Sequence[tuple[Sentence, Passage]], story: set[str], generic: Sequence[str]
) -> Evidence:
    plain = load_rules().phrase("plain")
    for sentence, passage in told:
        if any(quote in passage.quote for quote in generic):
            continue
        own = set(own_words(sentence, plain))
        if own & story or len(own) >= _FEWEST_WORDS_OF_THE_STORY:
            return Evidence(found=True, quote=passage.quote)
    return Evidence(found=False)


def _story_words(sections: Iterable[Section]) -> set[str]:
    plain = load_rules().phrase("plain")
    return {
        word
        for section in sections
        for sentence in split(section.transcript.text)
        for word in own_words(sentence, plain)
    }


def _evidence(group: str, told: Sequence[tuple[Sentence, Passage]]) -> Evidence:
    pattern = load_rules().phrase(group)
    quote = next((passage.quote for each, passage in told if pattern.is_in(each)), None)
    return Evidence(quote is not None, quote)


def _says(group: str, sentences: Sequence[Sentence]) -> bool:
    pattern = load_rules().phrase(group)
    return any(pattern.is_in(sentence) for sentence in sentences)
