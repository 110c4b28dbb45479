"""Word times set right by the sound: no word begins or ends where nobody speaks.

Whisper's own word times are off by a second or two at pauses (the word after a silence starts in
it, the last word runs on into it); the borders of speech are known far better.
"""

import math

from rehearse.transcript import Span, Word

_NEAR_S = 0.3
"""How far Whisper may misplace a word that still counts as lying in a stretch of speech."""
_TAIL_S = 0.2
"""Of a word, which Whisper leaves off before a pause."""
_DOUBTFUL = 0.5
_PARTING_WORDS = 3
_SHORTEST_S = 0.02
"""Words in a crowd still take their turn."""
_PLAUSIBLE_REPEATS = 4
_LOST_SENTENCE_S = 2.5
"""Of voice between two words."""
_LONGEST_WORD_S = 1.0
_HALF_SENTENCE = 5
_SHORTEST_SPOKEN_S = 0.08
_LONE_SOUND_S = 1.0
"""A voice without words further than this from the nearest word is a cough or a breath."""


def place_words(
    words: tuple[Word, ...], speech: tuple[Span, ...]
) -> tuple[tuple[Word, ...], tuple[Span, ...]]:
    """The words with their times moved into the stretches of speech, and the stretches that belong
    to the answer. A word of low confidence with no voice near it was invented and is dropped.
    """
    kept = _without_parting_words([word for word in words if not _is_invented(word, speech)])
    moved = [_moved_into_speech(word, speech) for word in kept]
    placed = _in_order(_ended_with_the_voice(moved, speech))
    if not placed:
        return (), ()
    return placed, _speech_of_the_answer(placed, speech)


def place_fillers(fillers: tuple[Word, ...], spoken: tuple[Span, ...]) -> tuple[Word, ...]:
    """The ums within the answer. On silence and noise the model likes to invent some."""
    near = (um for um in fillers if any(_shared_s(um, span) > -_NEAR_S for span in spoken))
    return tuple(
        Word(um.text, round(um.start_s or 0.0, 3), round(um.end_s or 0.0, 3), um.confidence)
        for um in near
    )


def without_loops(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without the tail of a decoder's loop: of a word that comes again and again, only
    those are kept that take up time as a spoken word does.
    """
    kept: list[Word] = []
    repeats = 0
    for word in words:
        repeats = repeats + 1 if kept and _sound(word) == _sound(kept[-1]) else 0
        takes_time = (word.end_s or 0.0) - (word.start_s or 0.0) >= _SHORTEST_SPOKEN_S
        if repeats < _PLAUSIBLE_REPEATS or takes_time:
            kept.append(word)
    return tuple(kept)


def is_suspicious(words: tuple[Word, ...], speech: tuple[Span, ...]) -> bool:
    """Whether a decoding lost a sentence (a long stretch of voice holds no word) or stumbled over
    itself (a word comes three times running, or half a sentence twice).
    """
    starts_s = [*(word.start_s or 0.0 for word in words), math.inf]
    ends_s = [-math.inf, *(_latest_end_s(word) for word in words)]
    gaps = (Span(end_s, start_s) for end_s, start_s in zip(ends_s, starts_s, strict=True))
    return _stumbles(words) or any(_voice_s(gap, speech) > _LOST_SENTENCE_S for gap in gaps)


def _voice_s(gap: Span, speech: tuple[Span, ...]) -> float:
    shared = (min(gap.end_s, span.end_s) - max(gap.start_s, span.start_s) for span in speech)
    return sum(shared_s for shared_s in shared if shared_s > 0)


def _latest_end_s(word: Word) -> float:
    """Where a word ends at the latest: the last one before a lost sentence is given all its time."""
    return min(word.end_s or 0.0, (word.start_s or 0.0) + _LONGEST_WORD_S)


def _stumbles(words: tuple[Word, ...]) -> bool:
    said = [_sound(word) for word in words]
    if any(a == b == c for a, b, c in zip(said, said[1:], said[2:], strict=False)):
        return True
    return any(
        said[first : first + length] == said[first + length : first + 2 * length]
        for length in range(_HALF_SENTENCE, len(said) // 2 + 1)
        for first in range(len(said) - 2 * length + 1)
    )


def _sound(word: Word) -> str:
    return word.text.casefold().strip(".,!?…-")


def _without_parting_words(words: list[Word]) -> list[Word]:
    """The words without a doubtful last sentence of a word or two: Whisper likes to say goodbye."""
    last = len(words)
    while last and not (last < len(words) and words[last - 1].text.endswith((".", "!", "?"))):
        last -= 1
    parting = words[last:]
    is_doubtful = all((word.confidence or 0.0) < _DOUBTFUL for word in parting)
    return words[:last] if last and len(parting) <= _PARTING_WORDS and is_doubtful else words


def _is_invented(word: Word, speech: tuple[Span, ...]) -> bool:
    near = any(_shared_s(word, span) > -_NEAR_S for span in speech)
    return not near and (word.confidence or 0.0) < _DOUBTFUL


def _shared_s(word: Word, span: Span) -> float:
    """How long word and span overlap; negative where they are apart."""
    return min(word.end_s or 0.0, span.end_s) - max(word.start_s or 0.0, span.start_s)


def _moved_into_speech(word: Word, speech: tuple[Span, ...]) -> Word:
    """The word cut to the stretch of speech that it shares most time with, where there is one."""
    best = max(speech, key=lambda span: _shared_s(word, span))
    if _shared_s(word, best) <= 0:
        return word
    start_s = max(word.start_s or 0.0, best.start_s)
    end_s = min(word.end_s or 0.0, best.end_s)
    return Word(word.text, start_s, end_s, word.confidence)


def _ended_with_the_voice(words: list[Word], speech: tuple[Span, ...]) -> list[Word]:
    """The words, those before a pause lasting as long as the voice does."""
    next_starts_s = [*(word.start_s or 0.0 for word in words[1:]), math.inf]
    return [
        _lasting(word, [span.end_s for span in speech if span.end_s <= next_s])
        for word, next_s in zip(words, next_starts_s, strict=False)
    ]


def _lasting(word: Word, ends_s: list[float]) -> Word:
    """The word up to one of these ends that comes just after its own."""
    end_s = word.end_s or 0.0
    last_s = next((each_s for each_s in ends_s if 0 < each_s - end_s < _TAIL_S), end_s)
    return Word(word.text, word.start_s, last_s, word.confidence)


def _in_order(words: list[Word]) -> tuple[Word, ...]:
    """The words with starts that never run backwards and ends that never precede their starts."""
    ordered: list[Word] = []
    previous_s = 0.0
    for word in words:
        start_s = max(word.start_s or 0.0, previous_s)
        end_s = max(word.end_s or 0.0, start_s + _SHORTEST_S)
        ordered.append(Word(word.text, round(start_s, 3), round(end_s, 3), word.confidence))
        previous_s = start_s
    return tuple(ordered)


def _speech_of_the_answer(words: tuple[Word, ...], speech: tuple[Span, ...]) -> tuple[Span, ...]:
    """The stretches from the first to the last that holds a word, and those close to them."""
    worded = [
        index
        for index, span in enumerate(speech)
        if any(_shared_s(word, span) > -_NEAR_S for word in words)
    ]
    if not worded:
        return tuple(Span(word.start_s or 0.0, word.end_s or 0.0) for word in words)
    first, last = worded[0], worded[-1]
    while first > 0 and speech[first].start_s - speech[first - 1].end_s < _LONE_SOUND_S:
        first -= 1
    while last + 1 < len(speech) and speech[last + 1].start_s - speech[last].end_s < _LONE_SOUND_S:
        last += 1
    return speech[first : last + 1]
