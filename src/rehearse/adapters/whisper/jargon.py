"""Jargon put right: "web books" where "webhooks" were spoken of.

The model hears a stretch without knowing the jargon, since it leaves out words and sentences where
some is on offer. Then only what sounds like a term is compared with it, in the model's own judgement.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from rapidfuzz import fuzz

from rehearse.transcript import Word

_ALIKE = 80
"""Of 100: "dead letter Q" and "dead letter queue" are 85, "cannery" and "canary" 77."""
_EXPECTED = 1.0
"""How much likelier (as a logarithm) a term is than a word that only sounds like it, since the scenario
names it: "webbooks" is no word, but the model finds it a little nearer to the sound."""

Score = Callable[[str], float]
"""How likely the sound is this text (log probability), under the conditions in which it was heard."""


def with_jargon(
    words: tuple[Word, ...], vocabulary: Sequence[str], score: Score
) -> tuple[Word, ...]:
    """The words, with a term of the vocabulary wherever one is more likely than what was heard."""
    weighed = {_text(words)}
    while found := [each for each in _readings(words, vocabulary) if _text(each) not in weighed]:
        weighed |= {_text(each) for each in found}
        likeliest = max(found, key=lambda reading: score(_text(reading)))
        if score(_text(likeliest)) + _EXPECTED <= score(_text(words)):
            break
        words = likeliest
    return words


def _readings(words: tuple[Word, ...], vocabulary: Sequence[str]) -> Iterator[tuple[Word, ...]]:
    """The words with one term in the place of words that sound much like it."""
    for term in vocabulary:
        most = len(term.split())
        for size in range(1, most + 2):
            for first in range(len(words) - size + 1):
                last = first + size
                place, around = words[first:last], words[max(first - most + 1, 0) : last + most - 1]
                if said := _as_term(place, around, term):
                    yield (*words[:first], *said, *words[last:])


def _as_term(place: Sequence[Word], around: Sequence[Word], term: str) -> tuple[Word, ...]:
    """The term said in this place, if it may be and does not stand there already."""
    heard = _letters(_text(place))
    if heard.endswith("s") and not _letters(term).endswith("s"):
        term += "s"
    if fuzz.ratio(heard, _letters(term)) < _ALIKE or _hold(around, term):
        return ()
    return tuple(_spoken(term, place))


def _hold(words: Sequence[Word], term: str) -> bool:
    heard = [_letters(word.text) for word in words]
    parts = [_letters(part) for part in term.split()]
    starts = range(len(heard) - len(parts) + 1)
    return any(heard[at : at + len(parts)] == parts for at in starts)


def _spoken(term: str, place: Sequence[Word]) -> Iterator[Word]:
    """The term's words in the time of these, and with their capital and their full stop."""
    first, last = place[0], place[-1]
    start_s, end_s = first.start_s or 0.0, last.end_s or 0.0
    if first.text[:1].isupper():
        term = term[0].upper() + term[1:]
    term += last.text[len(last.text.rstrip(".,!?…;:")) :]
    parts = term.split()
    shares = [*accumulate((len(part) for part in parts), initial=0)]
    per_letter_s = (end_s - start_s) / shares[-1]
    confidence = min(word.confidence or 0.0 for word in place)
    for part, before, after in zip(parts, shares, shares[1:], strict=False):
        yield Word(
            part, start_s + before * per_letter_s, start_s + after * per_letter_s, confidence
        )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
