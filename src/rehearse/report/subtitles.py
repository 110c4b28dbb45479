"""An answer as subtitles (SRT, WebVTT) and as labels for Audacity, in the time of its take."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from textwrap import wrap

import msgspec

from rehearse.feedback.section import Section
from rehearse.printable import printable
from rehearse.report.wording import in_words
from rehearse.transcript import Word

# What can be read at ease: two lines, and long enough to take them in (BBC subtitle guidelines).
_LINE_CHARS = 42
_MOST_LINES = 2
_LONGEST_S = 6.0
_SHORTEST_S = 0.8
_PAUSE_S = 0.8
_SENTENCE_ENDS = (".", "?", "!")
_CLAUSE_ENDS = (",", ";", ":")
_A_CLAUSE_IS_WORTH_S = 0.3
_LEAST_S = 0.001


class Cue(msgspec.Struct, frozen=True):
    """A text that is shown from `start_s` to `end_s`."""

    start_s: float
    end_s: float
    text: str


def as_srt(section: Section) -> str:
    """SubRip: cues with a number, parted by empty lines."""
    return "\n".join(
        f"{number}\n{_time(cue.start_s, ',')} --> {_time(cue.end_s, ',')}\n{_text(cue)}\n"
        for number, cue in enumerate(cues_of(section.transcript.words), start=1)
    )


def as_vtt(section: Section) -> str:
    """WebVTT, as the W3C describes it."""
    cues = (
        f"\n{_time(cue.start_s, '.')} --> {_time(cue.end_s, '.')}\n{_escaped(_text(cue))}\n"
        for cue in cues_of(section.transcript.words)
    )
    return "".join(("WEBVTT\n", *cues))


def as_labels(section: Section) -> str:
    """Each step, finding, um and mark of the clock: start, end and text, parted by tabs."""
    rows = sorted(_labels(section))
    return "".join(f"{start_s:.3f}\t{end_s:.3f}\t{text}\n" for start_s, end_s, text in rows)


def cues_of(words: Sequence[Word]) -> tuple[Cue, ...]:
    """The words in texts that can be read: parted at the ends of sentences and at pauses; what is
    too long at its longest pause. None overlaps the next. Words without a time are in none.
    """
    timed = [word for word in words if word.start_s is not None and word.end_s is not None]
    pieces = (piece for sentence in _sentences(timed) for piece in _short_enough(sentence))
    return _one_after_another([_cue(piece) for piece in pieces])


def _sentences(words: Iterable[Word]) -> Iterator[Sequence[Word]]:
    sentence: list[Word] = []
    for word in words:
        if sentence and (
            sentence[-1].text.endswith(_SENTENCE_ENDS) or _is_pause_between(sentence[-1], word)
        ):
            yield sentence
            sentence = []
        sentence.append(word)
    if sentence:
        yield sentence


def _short_enough(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    cue = _cue(words)
    fits = len(_lines(cue)) <= _MOST_LINES and cue.end_s - cue.start_s <= _LONGEST_S
    if fits or len(words) == 1:
        yield words
        return
    place = max(_middle_places(len(words)), key=lambda place: _break_s(words, place))
    yield from _short_enough(words[:place])
    yield from _short_enough(words[place:])


def _middle_places(length: int) -> range:
    """Where so many words may be parted so that neither part is left with a word or two."""
    fewest = max(1, length // 4)
    return range(fewest, length - fewest + 1)


def _break_s(words: Sequence[Word], place: int) -> float:
    """How good it is to break before this word: how long the pause is, or would be if read."""
    before, after = words[place - 1], words[place]
    pause_s = (after.start_s or 0.0) - (before.end_s or 0.0)
    return pause_s + _A_CLAUSE_IS_WORTH_S * before.text.endswith(_CLAUSE_ENDS)


def _cue(words: Sequence[Word]) -> Cue:
    text = _one_line(" ".join(word.text for word in words))
    return Cue(words[0].start_s or 0.0, words[-1].end_s or 0.0, text)


def _one_after_another(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Each begins where the one before has ended at the earliest, and stays until it can be read,
    if there is time.
    """
    ordered: list[Cue] = []
    following_s = (*(cue.start_s for cue in cues[1:]), inf)
    for cue, next_s in zip(cues, following_s, strict=False):
        start_s = max(cue.start_s, ordered[-1].end_s if ordered else 0.0)
        readable_s = min(start_s + _SHORTEST_S, next_s)
        end_s = max(cue.end_s, readable_s, start_s + _LEAST_S)
        ordered.append(Cue(round(start_s, 3), round(end_s, 3), cue.text))
    return tuple(cue for cue in ordered if cue.text)


def _labels(section: Section) -> Iterator[tuple[float, float, str]]:
    yield from _steps(section)
    for finding in section.findings:
        if finding.start_s is not None and finding.end_s is not None:
            category = in_words(finding.category)
            yield finding.start_s, finding.end_s, _one_line(f"{category}: {finding.quote}")
    spans = {(finding.start_s, finding.end_s) for finding in section.findings}
    for filler in section.fillers:
        if filler.start_s is not None and (filler.start_s, filler.end_s) not in spans:
            yield (
                filler.start_s,
                filler.end_s or filler.start_s,
                _one_line(f"filler: {filler.text}"),
            )
    first_s = section.first_word_s
    for name, after_s in (("target", section.target_s), ("limit", section.limit_s)):
        if first_s is not None and after_s is not None:
            yield first_s + after_s, first_s + after_s, name


def _steps(section: Section) -> Iterator[tuple[float, float, str]]:
    """Where the steps of an answer told in one go begin and end."""
    for step in section.steps:
        if step.first_word_s is not None and step.spoken_s is not None:
            yield step.first_word_s, step.first_word_s + step.spoken_s, _one_line(step.name)


def _is_pause_between(before: Word, after: Word) -> bool:
    return (after.start_s or 0.0) - (before.end_s or 0.0) >= _PAUSE_S


def _one_line(text: str) -> str:
    """Without what would end a cue, or be taken for its times."""
    return " ".join(printable(text).split()).replace("-->", "->")


def _lines(cue: Cue) -> list[str]:
    return wrap(cue.text, _LINE_CHARS, break_long_words=False, break_on_hyphens=False)


def _text(cue: Cue) -> str:
    return "\n".join(_lines(cue))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(seconds: float, point: str) -> str:
    """`00:01:05,250`."""
    whole_s, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, rest_s = divmod(whole_s, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest_s:02d}{point}{thousandths:03d}"
