"""Which of a step's key points were said.

A key point counts when all its content words occur close together, in any order; spelling may
differ a little, as recognised jargon does. Only wording is compared, not meaning.
"""

import re

import msgspec
from rapidfuzz import fuzz

from rehearse.transcript import Transcript

_SAME_WORD = 84.0
"""Similarity at which "hook's" still counts as "hooks"."""
_ROOM_FOR_OTHER_WORDS = 4
_FUNCTION_WORDS = frozenset(
    """
    a an and are as at be been but by for from had has have i in is it its me my of on or our
    so that the their them they this to was we went were with you your
    """.split()  # noqa: SIM905 - a list of forty strings reads worse
)


class KeyPoint(msgspec.Struct, frozen=True):
    """One phrase that a good answer holds, and the words that said it."""

    phrase: str
    said: bool
    quote: str | None = None


def cover(phrases: tuple[str, ...], transcript: Transcript) -> tuple[KeyPoint, ...]:
    """Each phrase, said or not, in the order given."""
    spoken = [_bare(word.text) for word in transcript.words]
    return tuple(_key_point(phrase, spoken, transcript) for phrase in phrases)


def _key_point(phrase: str, spoken: list[str], transcript: Transcript) -> KeyPoint:
    bare = [_bare(word) for word in phrase.split()]
    wanted = [word for word in bare if word not in _FUNCTION_WORDS] or bare
    if not wanted:
        return KeyPoint(phrase, said=False)
    window = _smallest_window(wanted, spoken, len(bare) + _ROOM_FOR_OTHER_WORDS)
    if window is None:
        return KeyPoint(phrase, said=False)
    quote = " ".join(word.text for word in transcript.words[window[0] : window[1] + 1])
    return KeyPoint(phrase, said=True, quote=quote)


def _smallest_window(wanted: list[str], spoken: list[str], widest: int) -> tuple[int, int] | None:
    """First and last index of the fewest spoken words that hold all wanted ones."""
    last_seen: dict[str, int] = {}
    best: tuple[int, int] | None = None
    for index, word in enumerate(spoken):
        for target in wanted:
            if _is_same(target, word):
                last_seen[target] = index
        if len(last_seen) < len(set(wanted)):
            continue
        first, last = min(last_seen.values()), max(last_seen.values())
        if last - first < widest and (best is None or last - first < best[1] - best[0]):
            best = (first, last)
    return best


def _is_same(wanted: str, spoken: str) -> bool:
    if wanted == spoken:
        return True
    if wanted[:1].isdigit() or len(wanted) < 4:  # noqa: PLR2004 - short words differ by a letter
        return False
    return fuzz.ratio(wanted, spoken) >= _SAME_WORD


def _bare(word: str) -> str:
    return re.sub(r"[^\w%$.']|\.$|['’]s$", "", word.casefold().strip('.,!?;:"”“'))
