"""Ums told apart from words in what the model read."""

import re
from collections.abc import Sequence

import msgspec

from rehearse.transcript import Word

_FILLER = re.compile(r"u+h+|u+h?m+|e+r+m*|a+h+|h+m+|m{2,}", re.IGNORECASE)
_SHOUTED = ("ER", "MM", "AH")
"""The ward, the unit, a name."""
_ANSWERS = ("huh", "hmm", "hm")
"""After an "uh" or "mm" these make a yes or no of it."""
_MARKS = """ \"'.,:;!?…-–—()[]"""
_SPELLED = {"hm": "hmm", "m": "mm", "uhm": "um"}


def parted(words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words without ums, with the marks and capitals of a text that never had any, and the ums
    as they are commonly spelled.
    """
    kept: list[Word] = []
    fillers: list[Word] = []
    begins = False
    for at, word in enumerate(words):
        if _is_filler_here(words, at):
            fillers.append(_with_text(word, _spelled(key(word))))
            begins = begins or word.text[:1].isupper()
            if kept and word.text.endswith(","):
                kept[-1] = _with_text(kept[-1], kept[-1].text.removesuffix(","))
        else:
            text = word.text[:1].upper() + word.text[1:] if begins else word.text
            kept.append(_with_text(word, text))
            begins = False
    return tuple(kept), tuple(fillers)


def is_filler(text: str) -> bool:
    """Whether this is an um: not "ER", the ward, and not "uh-huh", an answer."""
    bare = text.strip(_MARKS)
    return bool(_FILLER.fullmatch(bare)) and bare not in _SHOUTED


def key(word: Word) -> str:
    """The word as it is compared."""
    return word.text.casefold().strip(_MARKS)


def _is_filler_here(words: Sequence[Word], at: int) -> bool:
    if not is_filler(words[at].text):
        return False
    is_answer = key(words[at + 1]) in _ANSWERS if at + 1 < len(words) else False
    is_measure = at > 0 and words[at - 1].text[-1:].isdigit()  # "5 mm"
    return not is_measure and (not is_answer or words[at].text.endswith(tuple(",.!?…")))


def _spelled(heard: str) -> str:
    """`ummm` is an um."""
    once = re.sub(r"(.)\1+", r"\1", heard)
    return _SPELLED.get(once, once)


def _with_text(word: Word, text: str) -> Word:
    return msgspec.structs.replace(word, text=text)
