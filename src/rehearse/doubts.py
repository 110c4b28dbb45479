"""The words of which the recogniser was not sure, and what a person says of them."""

from collections.abc import Iterator, Sequence

import msgspec

from rehearse.corrections import Correction, corrected
from rehearse.feedback.phrases import RuleSet
from rehearse.feedback.section import Section, SpokenText
from rehearse.rejudging import judge_again, remembered
from rehearse.scenario import Scenario
from rehearse.session import Session
from rehearse.transcript import Transcript, Word

_AROUND_WORDS = 8
_HEARD_WELL = 0.8
_SHORTEST_TERM = 3
_LONGEST_PHRASE = 3


class Doubt(msgspec.Struct, frozen=True):
    """One word of one section, with the words around it."""

    section: int
    place: int
    word: Word
    before: str
    after: str

    @property
    def key(self) -> tuple[int, float | None]:
        """What stays the same when the words before it become more or fewer."""
        return self.section, self.word.start_s


def doubts(session: Session, below: float) -> Iterator[Doubt]:
    """The words of less confidence than that, in the order of the story."""
    for number, section in enumerate(session.sections):
        words = section.transcript.words
        for place, word in enumerate(words):
            if word.confidence is not None and word.confidence < below:
                before = _text(words[max(0, place - _AROUND_WORDS) : place])
                after = _text(words[place + 1 : place + 1 + _AROUND_WORDS])
                yield Doubt(number, place, word, before, after)


def settle(
    session: Session, doubt: Doubt, said: str, rules: RuleSet, scenario: Scenario | None
) -> Session:
    """The session with what was said in the place of the doubtful word, judged anew."""
    sections = list(session.sections)
    sections[doubt.section] = _put_right(sections[doubt.section], doubt.place, said)
    known = msgspec.structs.replace(session, sections=tuple(sections))
    return judge_again(known, remembered, rules, scenario, session.session.model)


def terms_learnt(session: Session, section: Section) -> list[str]:
    """What was put right in this section and may help the recogniser: words that it does not hear
    well elsewhere. What is graded is never among them, or it would hear what it expects.
    """
    heard_well = {
        _bare(word.text)
        for each in session.sections
        for word in each.transcript.words
        if word.confidence is not None
        and word.confidence >= _HEARD_WELL
        and not _is_corrected(word, each.corrections)
    }
    graded = {_bare(word) for text in _graded(section) for word in text.split()}
    said = (_bare(each.said) for each in section.corrections if each.said != each.recognised)
    return [
        term
        for term in dict.fromkeys(said)
        if len(term) >= _SHORTEST_TERM
        and not any(letter.isdigit() for letter in term)
        and not (set(term.split()) & graded)
        and not (set(term.split()) <= heard_well)
    ]


def _put_right(section: Section, place: int, said: str) -> Section:
    words, correction = corrected(section.transcript.words, place, said)
    ums = {(um.start_s, um.text) for um in remembered(section).fillers}
    return msgspec.structs.replace(
        section,
        transcript=SpokenText(_text(words), words),
        fillers=tuple(each for each in section.fillers if (each.start_s, each.text) in ums),
        corrections=(*section.corrections, correction),
    )


def _graded(section: Section) -> Iterator[str]:
    """Key points, and weak phrases; a finding that quotes a whole clause quotes its topic too."""
    yield from (point.phrase for point in section.key_points)
    quotes = (finding.quote for finding in section.findings)
    yield from (quote for quote in quotes if len(quote.split()) <= _LONGEST_PHRASE)


def _is_corrected(word: Word, corrections: Sequence[Correction]) -> bool:
    return any(
        each.start_s is not None
        and each.end_s is not None
        and each.start_s <= (word.start_s or 0.0) < each.end_s
        for each in corrections
    )


def _text(words: Sequence[Word]) -> str:
    return Transcript(tuple(words)).text


def _bare(text: str) -> str:
    return text.strip(" .,?!;:…\"'").casefold()
