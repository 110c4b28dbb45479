"""The best reading of a stretch: one is enough where it holds, and where it does not the model hears
the same sound under other conditions. None of them is left to chance.
"""

from collections.abc import Iterator, Sequence

from rehearse.adapters.whisper.decoder import LONGEST_S, Decoder, Reading, Sound
from rehearse.adapters.whisper.jargon import with_jargon
from rehearse.adapters.whisper.voice import Samples
from rehearse.adapters.whisper.word_times import is_suspicious
from rehearse.transcript import Span, Word


def best_words(
    decoder: Decoder, samples: Samples, speech: Sequence[Span], vocabulary: Sequence[str]
) -> tuple[Word, ...]:
    """The words of a stretch in which `speech` is where a voice is heard."""

    def flaws(attempt: tuple[Sound, Reading]) -> tuple[bool, bool, float]:
        reading = attempt[1]
        is_doubtful = is_suspicious(reading.words, tuple(speech))
        return reading.is_poor, is_doubtful, -reading.log_probability

    tried: list[tuple[Sound, Reading]] = []
    for attempt in _attempts(decoder, samples):
        tried.append(attempt)
        if not any(flaws(attempt)[:2]):
            break
    sound, best = min(tried, key=flaws)
    return with_jargon(
        best.words, vocabulary, lambda text: decoder.score(sound, text, ", ".join(vocabulary))
    )


def _attempts(decoder: Decoder, samples: Samples) -> Iterator[tuple[Sound, Reading]]:
    """From the fastest to the most careful: with little silence after the sound the decoder may
    fall into a loop.
    """
    sound = decoder.encode(samples)
    yield sound, decoder.read(sound)
    whole = decoder.encode(samples, LONGEST_S)
    careful = decoder.read(whole)
    yield whole, careful
    if careful.is_poor:
        yield whole, decoder.read(whole, no_repeats=True)
