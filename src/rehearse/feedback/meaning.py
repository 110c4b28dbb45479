"""Key points in words of which no list knows: what a language model makes of them.

The model says how likely a sentence is to say the point; what the words themselves show shifts that.
All of it is in log odds (natural logarithm): evidence from two sources adds up.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

import msgspec

_SAID = 2.6
"""Log odds above which a point counts as said. With this and those below, on development pairs from
which the model had learnt nothing, precision was 0.94 and recall 0.72 (docs/accuracy.md)."""
_ASKED_ABOUT = 5
"""So many sentences for each point; the model takes a fiftieth of a second for each."""


class Meaning(Protocol):
    """A language model that judges what words mean. Where it fails it returns None, and the words
    alone decide.
    """

    def nearest(
        self, phrases: Sequence[str], sentences: Sequence[str], at_most: int
    ) -> Sequence[Sequence[int]] | None:
        """For each phrase the indexes of at most so many sentences that are likeliest to say it."""
        ...

    def says(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float] | None:
        """For each pair the log odds that whoever says the first text has said the second."""
        ...


class Shown(Enum):
    """What the words of a sentence show by themselves, and how many log odds that is worth."""

    VERBATIM = 10.0
    """They are those of the point, and that is enough."""
    IN_OTHER_WORDS = 2.6
    """By the lists of words that mean the same they say the point."""
    NOTHING = 0.0
    SOMETHING_ELSE = -1.0
    """They speak of it, and it was denied, or done by somebody else."""


class Remark(msgspec.Struct, frozen=True):
    """A sentence beside a key point, what its words show, and which of them say it if any do."""

    sentence: str
    shown: Shown
    words: str | None

    @property
    def quote(self) -> str:
        return self.words or self.sentence


def sentences_that_say(
    phrases: Sequence[str], remarks: Sequence[Sequence[Remark]], meaning: Meaning
) -> list[str | None]:
    """For each phrase the quote that says it, out of its remarks; None where none does. Each phrase
    has a remark on every sentence.

    Where the words show it and the model agrees, it is not asked about other sentences.
    """
    shown = [[remark for remark in made if remark.words] for made in remarks]
    quotes = _surest(phrases, shown, meaning)
    sentences = [remark.sentence for remark in remarks[0]] if remarks else []
    nearest = meaning.nearest(phrases, sentences, _ASKED_ABOUT) or [()] * len(phrases)
    others = [
        [] if quote else [made[index] for index in indexes if not made[index].words]
        for made, quote, indexes in zip(remarks, quotes, nearest, strict=True)
    ]
    late = _surest(phrases, others, meaning)
    return [early or later for early, later in zip(quotes, late, strict=True)]


def _surest(
    phrases: Sequence[str], remarks: Sequence[Sequence[Remark]], meaning: Meaning
) -> list[str | None]:
    pairs = [
        (remark.sentence, phrase)
        for phrase, made in zip(phrases, remarks, strict=True)
        for remark in made
    ]
    odds = iter((meaning.says(pairs) if pairs else None) or [_SAID] * len(pairs))
    return [_said([(next(odds), remark) for remark in made]) for made in remarks]


def _said(weighed: Sequence[tuple[float, Remark]]) -> str | None:
    sure = [(odds + remark.shown.value, remark.quote) for odds, remark in weighed]
    most, quote = max(sure, default=(_SAID, ""))
    return quote if most > _SAID else None
