"""Words, and when each was said. Knows nothing of sound, rules or scenarios."""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

import msgspec


class Word(msgspec.Struct, frozen=True):
    """One spoken word as it was recognised, punctuation attached, no space inside.

    Times are seconds since the first recorded sample; None where the words came from text.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    confidence: float | None = None


class Span(msgspec.Struct, frozen=True):
    """A stretch of time, in seconds since the first recorded sample."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


class Transcript(msgspec.Struct, frozen=True, dict=True):
    """What was said. `text` is always the words joined by single spaces, so that a character
    offset into the text names a word and therefore a second.
    """

    words: tuple[Word, ...] = ()

    @classmethod
    def from_text(cls, text: str) -> "Transcript":
        """A transcript without times, from any text; white space is folded."""
        return cls(tuple(Word(word) for word in text.split()))

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def _starts_char(self) -> list[int]:
        lengths = (len(word.text) + 1 for word in self.words)
        return list(accumulate(lengths, initial=0))[:-1]

    def words_between(self, start_char: int, end_char: int) -> tuple[Word, ...]:
        """The words that `text[start_char:end_char]` touches; none where it is empty."""
        if end_char <= start_char or not self.words:
            return ()
        first = bisect_right(self._starts_char, start_char) - 1
        last = bisect_right(self._starts_char, end_char - 1)
        return self.words[first:last]


class Hearing(msgspec.Struct, frozen=True):
    """What a take holds: its words, and where a voice is heard.

    `speech` comes from the sound itself and is the base of every duration; word times only say
    which word was meant. It is empty where nobody spoke, and None where there was no sound at all
    (an answer that came as text). `fillers` are the ums that were heard; they stand apart, so that
    `transcript` reads as what was meant.
    """

    transcript: Transcript
    speech: tuple[Span, ...] | None = None
    recorded_s: float | None = None
    fillers: tuple[Word, ...] = ()
