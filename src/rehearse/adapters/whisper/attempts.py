"""The best reading of a stretch: one is enough where it holds, and where it does not the model hears
the same sound under other conditions. None of them is left to chance.
"""

from collections.abc import Iterator, Sequence

from rehearse.adapters.whisper.decoder import LONGEST_S, Decoder, Reading
from rehearse.adapters.whisper.voice import Samples
from rehearse.adapters.whisper.word_times import is_suspicious
from rehearse.transcript import Span, Word


def best_words(
    decoder: Decoder, samples: Samples, speech: Sequence[Span], vocabulary: Sequence[str]
) -> tuple[Word, ...]:
    """The words of a stretch in which `speech` is where a voice is heard."""

    def flaws(reading: Reading) -> tuple[bool, bool, float]:
        is_doubtful = is_suspicious(reading.words, tuple(speech))
        return reading.is_poor, is_doubtful, -reading.log_probability

    tried: list[Reading] = []
    for reading in _readings(decoder, samples, vocabulary):
        tried.append(reading)
        if not any(flaws(reading)[:2]):
            break
    return min(tried, key=flaws).words


def _readings(decoder: Decoder, samples: Samples, vocabulary: Sequence[str]) -> Iterator[Reading]:
    """From the fastest to the most careful. With jargon on offer the decoder loses a sentence now and
    then, with little silence after the sound it may fall into a loop.
    """
    yield decoder.read(decoder.encode(samples), ", ".join(vocabulary))
    whole = decoder.encode(samples, LONGEST_S)
    careful = decoder.read(whole)
    yield careful
    if careful.is_poor:
        yield decoder.read(whole, no_repeats=True)
