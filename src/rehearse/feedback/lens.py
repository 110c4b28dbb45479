"""Was the story told through the chosen lens? What it stresses, what it leaves in the background."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from rehearse.feedback.coverage import quote_of
from rehearse.feedback.passages import Passage, sentences_of
from rehearse.feedback.result import Evidence, judge_result
from rehearse.feedback.section import Section
from rehearse.feedback.spoken_words import SpokenWords
from rehearse.scenario import Lens
from rehearse.transcript import Transcript


class Heard(msgspec.Struct, frozen=True):
    """A phrase of the lens, with the sentence that says it and how long that takes.

    `seconds` is None where the answer came as text or nothing was said.
    """

    phrase: str
    said: bool
    quote: str | None = None
    section: str | None = None
    start_s: float | None = None
    seconds: float | None = None


class LensTest(msgspec.Struct, frozen=True, kw_only=True):
    lens: str
    angle: str
    outcome_first: Evidence
    """Whether the very first sentence says how it ended."""
    wants_outcome_first: bool = False
    emphasised: tuple[Heard, ...] = ()
    played_down: tuple[Heard, ...] = ()
    played_down_s: float | None = None
    """Seconds on what this lens plays down, each sentence counted once."""


def judge_lens(sections: Sequence[Section], lens: Lens) -> LensTest:
    told = tuple(_told(sections))
    played_down = [(phrase, tuple(_places(phrase, told))) for phrase in lens.play_down]
    return LensTest(
        lens=lens.name,
        angle=lens.angle,
        outcome_first=_outcome_first(sections),
        wants_outcome_first=_wants_outcome_first(lens),
        emphasised=tuple(_first(phrase, _places(phrase, told)) for phrase in lens.emphasise),
        played_down=tuple(_first(phrase, places) for phrase, places in played_down),
        played_down_s=_seconds([place for _, places in played_down for place in places], sections),
    )


def _outcome_first(sections: Sequence[Section]) -> Evidence:
    for section in sections:
        for _, passage in sentences_of(section.heard):
            test = judge_result(Transcript.from_text(passage.quote))
            found = test.metric_delta.found or test.second_order.found
            return Evidence(found, passage.quote if found else None)
    return Evidence(found=False)


def _wants_outcome_first(lens: Lens) -> bool:
    first = lens.angle.lower().split(".")[0]
    begins = any(word in first for word in ("open", "begin", "start", "lead", "first"))
    return begins and any(word in first for word in ("outcome", "result", "ended", "end "))


class _Told(msgspec.Struct, frozen=True):
    """One sentence, ready to be searched."""

    section: Section
    transcript: Transcript
    passage: Passage
    words: SpokenWords


def _told(sections: Sequence[Section]) -> Iterator[_Told]:
    for section in sections:
        heard = section.heard
        for sentence, passage in sentences_of(heard):
            yield _Told(section, heard, passage, SpokenWords(sentence))


def _first(phrase: str, places: Iterable[Heard]) -> Heard:
    return next(iter(places), Heard(phrase, said=False))


def _places(phrase: str, told: Sequence[_Told]) -> Iterator[Heard]:
    for each in told:
        quote = quote_of(phrase, each.words, each.transcript)
        if quote is not None:
            yield Heard(
                phrase,
                said=True,
                quote=quote,
                section=each.section.name,
                start_s=each.passage.start_s,
                seconds=each.passage.seconds,
            )


def _seconds(played_down: Sequence[Heard], sections: Sequence[Section]) -> float | None:
    """Each sentence counts once, however many phrases it says."""
    if all(section.spoken_s is None for section in sections):
        return None
    places = {(place.section, place.start_s): place.seconds or 0.0 for place in played_down}
    return round(sum(places.values()), 1)
