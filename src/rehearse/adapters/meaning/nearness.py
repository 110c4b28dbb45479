"""Which sentences are worth asking about: those whose words are nearest to a point's.

Asking the whole model about every sentence would take half a minute; the vectors that it begins with,
one for each piece of a word, tell in a moment where to look.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from rehearse.adapters.meaning.files import MODEL_FILE

_OFFSET_BYTES = 16_291_815
_SHAPE = (128_100, 384)
"""Where in the model's file the vectors lie, one byte for each number, and how many there are."""
_TYPICAL = slice(1_000, 5_000)
"""Pieces whose mean stands for what all have in common, which says nothing of any."""
_SURPRISE_OF_COMMON = 4.0
"""What says no more than this, in nats, tells nothing: "the", "I", "to"."""
_LEAST = 1e-6

Vector = NDArray[np.float32]


class _Text(msgspec.Struct, frozen=True):
    """One vector of length 1 and one weight for each piece, and their weighted sum, of length 1."""

    vectors: Vector
    weights: Vector
    whole: Vector


class Nearness:
    """May be asked by several threads at once."""

    def __init__(self, folder: Path, pieces: SentencePieceProcessor) -> None:
        self._pieces = pieces
        self._table: NDArray[np.uint8] = np.memmap(
            folder / MODEL_FILE, np.uint8, mode="r", offset=_OFFSET_BYTES, shape=_SHAPE
        )

    def nearest(
        self, phrases: Sequence[str], sentences: Sequence[str], at_most: int
    ) -> tuple[tuple[int, ...], ...]:
        """For each phrase the indexes of so many sentences, nearest first."""
        texts = [self._text(sentence) for sentence in sentences]
        return tuple(_order(self._text(phrase), texts)[:at_most] for phrase in phrases)

    def _text(self, text: str) -> _Text:
        pieces = self._pieces.encode(text.lower()) or [0]
        vectors = _of_length_1(self._table[pieces].astype(np.float32) - self._mean)
        surprise = [-self._pieces.get_score(piece) - _SURPRISE_OF_COMMON for piece in pieces]
        weights = np.maximum(np.array(surprise, dtype=np.float32), _LEAST)
        return _Text(vectors, weights, _of_length_1(weights @ vectors))

    @cached_property
    def _mean(self) -> Vector:
        mean: Vector = self._table[_TYPICAL].mean(axis=0, dtype=np.float32)
        return mean


def _order(phrase: _Text, texts: Sequence[_Text]) -> tuple[int, ...]:
    near = [_near(phrase, text) for text in texts]
    return tuple(sorted(range(len(near)), key=lambda index: -near[index]))


def _near(phrase: _Text, text: _Text) -> float:
    """How near the nearest piece of the text is to each of the phrase, by cosine, plus how near both
    are on the whole. Of 150 paraphrases among 25 other sentences, 95 in a hundred were in the first
    five; by either half alone, 94.
    """
    best = (phrase.vectors @ text.vectors.T).max(axis=1)
    return float(phrase.weights @ best / phrase.weights.sum() + phrase.whole @ text.whole)


def _of_length_1(vectors: Vector) -> Vector:
    lengths = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), _LEAST)
    each: Vector = vectors / lengths
    return each
