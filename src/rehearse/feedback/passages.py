"""An answer in stretches of words, each with its own words and its seconds. Knows no rules."""

from collections.abc import Sequence
from itertools import zip_longest

import msgspec

from rehearse.feedback.sentences import Sentence, split
from rehearse.transcript import Transcript


class Passage(msgspec.Struct, frozen=True):
    """A stretch of an answer. `seconds` runs until the next passage begins, so that the passages of
    an answer add up to it; the times are None where the answer came as text.
    """

    quote: str
    start_char: int
    end_char: int
    start_s: float | None
    end_s: float | None
    seconds: float | None
    words: int


def sentences_of(transcript: Transcript) -> tuple[tuple[Sentence, Passage], ...]:
    """The sentences of an answer, each with its passage."""
    sentences = [sentence for sentence in split(transcript.text) if sentence.words]
    borders = [(each.starts_char[0], each.ends_char[-1]) for each in sentences]
    return tuple(zip(sentences, passages(transcript, borders), strict=True))


def passages(transcript: Transcript, borders: Sequence[tuple[int, int]]) -> tuple[Passage, ...]:
    """The passages between these offsets, given in order, each widened to whole words."""
    found = [_passage(transcript, start, end) for start, end in borders]
    following = [passage.start_s for passage in found[1:]]
    return tuple(_lasting(passage, next_s) for passage, next_s in zip_longest(found, following))


def _passage(transcript: Transcript, start_char: int, end_char: int) -> Passage:
    words = transcript.words_between(start_char, end_char)
    end_of_word = transcript.text.find(" ", end_char)
    end_char = len(transcript.text) if end_of_word < 0 else end_of_word
    return Passage(
        quote=transcript.text[start_char:end_char],
        start_char=start_char,
        end_char=end_char,
        start_s=words[0].start_s if words else None,
        end_s=words[-1].end_s if words else None,
        seconds=None,
        words=len(words),
    )


def _lasting(passage: Passage, next_s: float | None) -> Passage:
    until_s = passage.end_s if next_s is None else next_s
    if passage.start_s is None or until_s is None:
        return passage
    seconds = round(max(0.0, until_s - passage.start_s), 2)
    return msgspec.structs.replace(passage, seconds=seconds)
