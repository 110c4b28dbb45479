"""Words that a person put right. What was recognised is kept beside what was said."""

from collections.abc import Iterable, Sequence

import msgspec

from rehearse.transcript import Word

SURE = 1.0
"""The confidence of a word that somebody has confirmed."""
_ELSEWHERE_S = 1.0
_ENDS = ".,?!;:…"


class Correction(msgspec.Struct, frozen=True):
    """One recognised word, and what was said there: the same where it was right, nothing where
    there was no word. Times are those of the recognised word.
    """

    recognised: str
    said: str
    start_s: float | None
    end_s: float | None


def corrected(words: Sequence[Word], place: int, said: str) -> tuple[tuple[Word, ...], Correction]:
    """The words with what was said in the place of one; of several words each gets its share of
    the time.
    """
    word = words[place]
    said = _with_ending(" ".join(said.split()), word.text)
    correction = Correction(word.text, said, word.start_s, word.end_s)
    return (*words[:place], *_words_of(correction), *words[place + 1 :]), correction


def reapplied(
    words: Sequence[Word], corrections: Iterable[Correction]
) -> tuple[tuple[Word, ...], tuple[Correction, ...]]:
    """The corrections in words that may have been recognised anew, found by their times."""
    now, kept = tuple(words), []
    for correction in corrections:
        now, again = _reapplied(now, correction)
        kept.append(again)
    return now, tuple(kept)


def _reapplied(
    words: tuple[Word, ...], correction: Correction
) -> tuple[tuple[Word, ...], Correction]:
    if correction.start_s is None or correction.end_s is None:
        return words, correction
    inside = _places(words, correction.start_s, correction.end_s)
    if not inside:
        if _is_said_near(words, correction):
            return words, correction
        after = sum(_middle_s(word) < correction.start_s for word in words)
        return (*words[:after], *_words_of(correction), *words[after:]), correction
    first, last = inside[0], inside[-1] + 1
    heard = " ".join(word.text for word in words[first:last])
    if heard != correction.said:
        correction = msgspec.structs.replace(correction, recognised=heard)
    return (*words[:first], *_words_of(correction), *words[last:]), correction


def _places(words: Sequence[Word], start_s: float, end_s: float) -> list[int]:
    """The words whose middle lies in this time; where there is none, the one that shares most of it."""
    inside = [place for place, word in enumerate(words) if start_s <= _middle_s(word) <= end_s]
    if inside:
        return inside
    shared_s = [min(word.end_s or 0.0, end_s) - max(word.start_s or 0.0, start_s) for word in words]
    best = max(range(len(words)), key=shared_s.__getitem__, default=None)
    return [best] if best is not None and shared_s[best] > 0 else []


def _is_said_near(words: Iterable[Word], correction: Correction) -> bool:
    """Another model may put the same word elsewhere."""
    at_s = ((correction.start_s or 0.0) + (correction.end_s or 0.0)) / 2
    return any(
        word.text == correction.said and abs(_middle_s(word) - at_s) <= _ELSEWHERE_S
        for word in words
    )


def _middle_s(word: Word) -> float:
    return ((word.start_s or 0.0) + (word.end_s or 0.0)) / 2


def _words_of(correction: Correction) -> tuple[Word, ...]:
    texts = correction.said.split()
    if correction.start_s is None or correction.end_s is None:
        return tuple(Word(text, None, None, SURE) for text in texts)
    letters = sum(map(len, texts))
    lasts_s = correction.end_s - correction.start_s
    words, at_s = [], correction.start_s
    for text in texts:
        ends_s = at_s + lasts_s * len(text) / letters
        words.append(Word(text, round(at_s, 3), round(ends_s, 3), SURE))
        at_s = ends_s
    return tuple(words)


def _with_ending(said: str, recognised: str) -> str:
    """What is typed has no comma or full stop; the sentence needs it where it was."""
    if not said or said.endswith(tuple(_ENDS)):
        return said
    return said + recognised[len(recognised.rstrip(_ENDS)) :]
