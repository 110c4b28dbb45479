"""Sentences that the model read twice and that were said once."""

from collections.abc import Iterator, Sequence

from rehearse.adapters.whisper.fillers import is_filler, key
from rehearse.transcript import Word

_FASTEST_WORD_S = 0.05


def without_echoes(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without a run that says again what the run before it said, and takes no time: the
    model fell into a loop. What people say twice takes its time twice.
    """
    kept = list(words)
    length = len(kept) // 2
    while length:
        found = next(_echoes(kept, length), None)
        if found is None:
            length -= 1
        else:
            del kept[found : found + length]
            length = min(length, len(kept) // 2)
    return tuple(kept)


def _echoes(words: Sequence[Word], length: int) -> Iterator[int]:
    """Where a run of so many words begins that has no time beside its double."""
    keys = [key(word) for word in words]
    for first in range(len(words) - 2 * length + 1):
        second = first + length
        if keys[first:second] != keys[second : second + length] or is_filler(keys[first]):
            continue
        for start in (second, first):
            if _takes_no_time(words[start : start + length]):
                yield start
                break


def _takes_no_time(words: Sequence[Word]) -> bool:
    duration_s = (words[-1].end_s or 0.0) - (words[0].start_s or 0.0)
    return duration_s < _FASTEST_WORD_S * len(words)
