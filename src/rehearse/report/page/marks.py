"""A transcript cut where its marks begin and end, so that marks which overlap never cross."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Literal

import msgspec

from rehearse.feedback.fillers import Filler
from rehearse.feedback.section import Section
from rehearse.report.numbering import Numbered, Part
from rehearse.scenario import Category
from rehearse.transcript import Word

Family = Literal["ownership", "result", "delivery", "filler"]
_FAMILIES: dict[Category, Family] = {
    "we_language": "ownership",
    "handoff": "ownership",
    "assigned": "ownership",
    "blame": "ownership",
    "passive": "ownership",
    "missing_boundary": "ownership",
    "no_metric": "result",
    "vague_result": "result",
    "vague_quantity": "result",
    "generic_reflection": "result",
    "hedge": "delivery",
    "repetition": "delivery",
    "restart": "delivery",
    "filler": "filler",
}
_FIRST_OF_ALL: tuple[Family, ...] = ("ownership", "result", "delivery", "filler")
_DOUBTFUL = 0.5
"""Below this confidence the recogniser was as likely to be wrong as right."""


class PageWord(msgspec.Struct, frozen=True):
    text: str
    start_s: float | None
    is_doubtful: bool


class Border(msgspec.Struct, frozen=True):
    """Where a clock passed: words behind it were said too late."""

    kind: Literal["target", "limit"]
    at_s: float


class Stretch(msgspec.Struct, frozen=True):
    """Words that carry the same marks, and what stands before and after them."""

    words: tuple[PageWord, ...]
    family: Family | None
    numbers: tuple[int, ...]
    """The findings that mark these words."""
    ending: tuple[int, ...]
    """The findings whose last word this is."""
    borders: tuple[Border, ...]
    fillers: tuple[Filler, ...]
    """Heard before these words; no word of the transcript."""
    is_late: bool


def family_of(category: Category) -> Family:
    return _FAMILIES[category]


def stretches(part: Part) -> tuple[Stretch, ...]:
    """The part's transcript in order; all its words, each once."""
    section, words = part.section, part.section.transcript.words
    marks = tuple(_marks(words, part.found))
    between = _between_words(section)
    cuts = {0, len(words), *between}
    cuts |= {place for mark in marks for place in (mark.first, mark.after)}
    pieces = [*pairwise(sorted(cuts))]
    if len(words) in between:
        pieces.append((len(words), len(words)))
    on = _marks_on([first for first, _ in pieces], marks)
    return tuple(_stretch(section, first, after, on[first], between) for first, after in pieces)


def _marks_on(firsts: Sequence[int], marks: Iterable["_Mark"]) -> Mapping[int, Sequence["_Mark"]]:
    """For the first word of each stretch the marks that cover it."""
    on = defaultdict(list)
    for mark in marks:
        for first in firsts[bisect_left(firsts, mark.first) : bisect_left(firsts, mark.after)]:
            on[first].append(mark)
    return on


def borders(section: Section) -> Iterator[Border]:
    """When target and limit passed, counted as they are timed: from the first sound on."""
    if section.first_word_s is None:
        return
    if section.target_s is not None:
        yield Border("target", section.first_word_s + section.target_s)
    if section.limit_s is not None:
        yield Border("limit", section.first_word_s + section.limit_s)


def unwritten(section: Section) -> tuple[Filler, ...]:
    """The fillers that were heard in the sound and are no words of the transcript."""
    written = {word.start_s for word in section.transcript.words}
    return tuple(
        filler
        for filler in section.fillers
        if filler.start_s is not None and filler.start_s not in written
    )


class _Mark(msgspec.Struct, frozen=True):
    """A finding, its first word, and the one after its last."""

    first: int
    after: int
    number: int | None
    family: Family


def _marks(words: Sequence[Word], findings: Sequence[Numbered]) -> Iterator[_Mark]:
    starts_char = [*accumulate((len(word.text) + 1 for word in words), initial=0)]
    for each in findings:
        if each.finding.quote:
            first = max(0, bisect_right(starts_char, each.finding.start_char) - 1)
            after = min(bisect_left(starts_char, each.finding.end_char), len(words))
            yield _Mark(first, after, each.number, family_of(each.finding.category))


def _between_words(section: Section) -> dict[int, list[Border | Filler]]:
    """What stands between the words, by the place of the word that follows."""
    starts_s = [*_known_starts_s(section.transcript.words)]
    between: dict[int, list[Border | Filler]] = defaultdict(list)
    for filler in unwritten(section):
        between[bisect_left(starts_s, filler.start_s or 0.0)].append(filler)
    for border in borders(section):
        place = bisect_left(starts_s, border.at_s)
        if place < len(starts_s):
            between[place].append(border)
    return between


def _known_starts_s(words: Iterable[Word]) -> Iterator[float]:
    """Never falling, though words may lack their times."""
    latest_s = 0.0
    for word in words:
        latest_s = max(latest_s, word.start_s or 0.0)
        yield latest_s


def _stretch(
    section: Section,
    first: int,
    after: int,
    marks: Sequence[_Mark],
    between: Mapping[int, Sequence[Border | Filler]],
) -> Stretch:
    families = {mark.family for mark in marks}
    before = between.get(first, ())
    words = section.transcript.words[first:after]
    return Stretch(
        words=tuple(map(_page_word, words)),
        family=next((family for family in _FIRST_OF_ALL if family in families), None),
        numbers=tuple(mark.number for mark in marks if mark.number is not None),
        ending=tuple(
            mark.number for mark in marks if mark.after == after and mark.number is not None
        ),
        borders=tuple(each for each in before if isinstance(each, Border)),
        fillers=tuple(each for each in before if isinstance(each, Filler)),
        is_late=_is_late(section, words),
    )


def _page_word(word: Word) -> PageWord:
    is_doubtful = word.confidence is not None and word.confidence < _DOUBTFUL
    return PageWord(word.text, word.start_s, is_doubtful)


def _is_late(section: Section, words: Sequence[Word]) -> bool:
    if section.past_target is None or not words or words[0].start_s is None:
        return False
    return words[0].start_s >= section.past_target.start_s
