"""The language model: two texts → the log odds that the first says what the second says.

The model was trained on entailment and then for another purpose, so its own two outputs cannot be
used. What it knows stands in the state that sums the pair up; `head.json` reads it from there, by
logistic regression on our own labelled pairs (scripts/train_meaning.py).
"""

from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from rehearse.adapters.meaning.files import MODEL_FILE

HEAD_FILE = Path(__file__).with_name("head.json")
STATES = 384
"""So many numbers sum up a pair."""
_SUMMED_UP = "/m/pooler/Gather_output_0"
_BEGIN, _END = 1, 2
_MOST_SAID, _MOST_MEANT = 160, 60
"""Tokens, about three to two words. What is longer is cut off: no sentence should be."""
_ERRORS_ONLY = 3

State = NDArray[np.float32]
"""What the model makes of a pair: STATES numbers, without unit."""


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to read a state: one weight for each of its numbers, and what is added to their sum."""

    weights: tuple[float, ...]
    bias: float


class Reader:
    """May be asked by several threads at once."""

    def __init__(self, folder: Path, pieces: SentencePieceProcessor) -> None:
        self._pieces = pieces
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _ERRORS_ONLY
        # A pair is too small to be shared between cores; two pairs are not.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )

    def says(self, said: str, meant: str) -> float:
        """The log odds that whoever says `said` has said what is `meant`."""
        weights, bias = self._head
        return float(weights @ self.state(said, meant)) + bias

    def state(self, said: str, meant: str) -> State:
        """The pair summed up. One pair at a time: rounding in a batch would depend on the others."""
        ids = [
            _BEGIN,
            *self._pieces.encode(said)[:_MOST_SAID],
            _END,
            *self._pieces.encode(meant)[:_MOST_MEANT],
            _END,
        ]
        tokens = np.array([ids], dtype=np.int64)
        inputs = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        (states,) = self._session.run([_SUMMED_UP], inputs)
        state: State = states[0]
        return state

    @cached_property
    def _head(self) -> tuple[NDArray[np.float64], float]:
        head = msgspec.json.decode(HEAD_FILE.read_bytes(), type=Head)
        return np.array(head.weights), head.bias
