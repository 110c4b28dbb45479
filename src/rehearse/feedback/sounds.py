"""Words that sound alike, for terms that a recogniser wrote as other words: "rays condition"."""

import re
from functools import lru_cache

_SPELLINGS = (
    (re.compile("ph"), "f"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("[ckqg]+h?"), "k"),
    (re.compile("[szx]+"), "s"),
    (re.compile("[dt]+h?"), "t"),
    (re.compile("[bp]+"), "p"),
    (re.compile("[vf]+"), "f"),
    (re.compile("[mn]+"), "m"),
    (re.compile("[aeiouyhw]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=20_000)
def sound_of(word: str) -> str:
    """The consonants as they are heard; the word itself where they say too little."""
    heard = word
    for spelling, sound in _SPELLINGS:
        heard = spelling.sub(sound, heard)
    return heard if len(heard) > 1 else word
