"""The record of a stretch: one reading is enough where it holds, and where it does not the model hears
the same sound under other conditions. None of them is left to chance.

The model leaves out ums and repeats unless what was said before held some. With those before it, it
hears the words at least as well, but now and then it loses a sentence or falls into a loop
(docs/decisions/0022).
"""

from collections.abc import Iterator, Sequence

import msgspec

from rehearse.adapters.whisper.decoder import LONGEST_S, Decoder, Reading, Sound
from rehearse.adapters.whisper.echoes import without_echoes
from rehearse.adapters.whisper.fillers import parted
from rehearse.adapters.whisper.fillers_in_time import in_time
from rehearse.adapters.whisper.jargon import with_jargon
from rehearse.adapters.whisper.record import Record
from rehearse.adapters.whisper.voice import Samples
from rehearse.adapters.whisper.voiced import voiced_sounds
from rehearse.adapters.whisper.word_times import is_suspicious
from rehearse.transcript import Span, Word

_DISFLUENT = "Um, uh, hmm, er, ah. I, uh, I mean, um, it was the the, you know, the first one."
_MORE_DISFLUENT = (
    "Um, uh, hmm, er, ah. So, um, I was, uh, I was working on, um, it was the the, you know, the first "
    "one, and, uh, we, um, we had to, uh, fix it."
)
"""For tiny.en, which needs more of them; after so many base loses words."""


class _Attempt(msgspec.Struct, frozen=True):
    sound: Sound
    reading: Reading
    is_verbatim: bool
    words: tuple[Word, ...]
    fillers: tuple[Word, ...]


def best_record(
    decoder: Decoder,
    samples: Samples,
    speech: Sequence[Span],
    vocabulary: Sequence[str],
    *,
    is_faint: bool,
) -> Record:
    """What was said in a stretch in which `speech` is where a voice is heard. Where it `is_faint` no
    ums are looked for: they are easily invented.
    """

    def flaws(attempt: _Attempt) -> tuple[bool, bool, bool, float]:
        reading = attempt.reading
        is_doubtful = is_suspicious(attempt.words, tuple(speech))
        return reading.is_poor, is_doubtful, not attempt.is_verbatim, -reading.log_probability

    prompt = _spoken_before(vocabulary, _DISFLUENT if decoder.is_multilingual else _MORE_DISFLUENT)
    tried: list[_Attempt] = []
    for attempt in _attempts(decoder, samples, None if is_faint else prompt):
        tried.append(attempt)
        if not any(flaws(attempt)[:2]):
            break
    best = min(tried, key=flaws)
    fillers = best.fillers if best.is_verbatim else max((each.fillers for each in tried), key=len)
    words = with_jargon(
        best.words, vocabulary, lambda text: decoder.score(best.sound, text, prompt)
    )
    return Record(words, in_time(fillers, words, voiced_sounds(samples) if fillers else ()))


def _spoken_before(vocabulary: Sequence[str], disfluent: str) -> str:
    jargon = ", ".join(vocabulary)
    return f"{jargon}. {disfluent}" if jargon else disfluent


def _attempts(decoder: Decoder, samples: Samples, prompt: str | None) -> Iterator[_Attempt]:
    """From the fastest to the most careful: with little silence after the sound the decoder may
    fall into a loop.
    """
    for context_s in (None, LONGEST_S):
        sound = decoder.encode(samples, context_s)
        if prompt:
            yield _attempt(sound, decoder.read(sound, prompt), is_verbatim=True)
        plain = decoder.read(sound)
        yield _attempt(sound, plain, is_verbatim=False)
    if plain.is_poor:
        yield _attempt(sound, decoder.read(sound, no_repeats=True), is_verbatim=False)


def _attempt(sound: Sound, reading: Reading, *, is_verbatim: bool) -> _Attempt:
    words, fillers = parted(without_echoes(reading.words))
    return _Attempt(sound, reading, is_verbatim, words, fillers)
