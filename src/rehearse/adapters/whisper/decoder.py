"""One stretch of sound → words, with CTranslate2's Whisper directly.

A stretch is encoded once and may be read from the same encoding more than once, with other prompts.
Nothing here is left to chance: the same sound gives the same words.
"""

import math
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path

import ctranslate2
import msgspec
import numpy as np
from ctranslate2.models import Whisper, WhisperGenerationResult
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer
from tokenizers import Tokenizer as TokenTable

from rehearse.adapters.whisper.batches import Batches
from rehearse.adapters.whisper.fillers import is_filler
from rehearse.adapters.whisper.voice import Samples
from rehearse.recording import RATE_HZ
from rehearse.transcript import Word

LONGEST_S = 30.0
"""What the model hears at once."""
_FRAMES_PER_S = 100
_TOKENS_PER_S = 50  # positions of the encoder's output
# The encoder's cost grows with what it is given, and so much is as good as the 30 s that the model
# was trained with (docs/decisions/0020); with less it falls into loops.
_SILENCE_AFTER_S = 2.0
_SHORTEST_CONTEXT_S = 10.0
# Stretches with the same limit are read together, so limits go in steps.
_STEP_S = 3.0
_READ_TOGETHER = 4
_BEAM_SIZE = 5
_LONGEST_REPEAT = 4
_POOR_LOG_PROBABILITY = -1.0
_LOOPING = 2.4
# Nobody says more than this; a decoder in a loop would. Half of the model's 448 positions stay
# free for what comes before the words.
_MOST_TOKENS = 220
_SPOKEN_TOKENS_PER_S = 10
_SPARE_TOKENS = 24
_MOST_PROMPT_TOKENS = 200
_LEAST_PROBABILITY = 1e-9
# How much later than they are the model's attention finds words (docs/decisions/0033).
_LATE_S, _LATE_IN_BASE_S = 0.1, -0.05
_NO_TIME_S = 0.1
_UM_S = 0.5
_MARKS = """ \"'.,:;!?…-–—()[]"""


class Sound(msgspec.Struct, frozen=True):
    """A stretch as the model hears it."""

    encoded: ctranslate2.StorageView
    duration_s: float

    @property
    def most_tokens(self) -> int:
        """What nobody says in that time any more."""
        enough = _SPARE_TOKENS + _SPOKEN_TOKENS_PER_S * _rounded_s(self.duration_s)
        return min(_MOST_TOKENS, int(enough))

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.encoded.shape)


class Reading(msgspec.Struct, frozen=True):
    """What a stretch was taken for; times count from its first sample."""

    words: tuple[Word, ...]
    log_probability: float
    """Of a token, on average."""
    compression_ratio: float
    """How much repeats itself: text that is said once stays below 2.4."""
    is_cut_off: bool
    """Whether it was longer than anybody speaks."""

    @property
    def is_poor(self) -> bool:
        """Whether the model was unsure or fell into a loop."""
        is_unsure = self.log_probability < _POOR_LOG_PROBABILITY
        return is_unsure or self.is_cut_off or self.compression_ratio > _LOOPING


class Decoder:
    """The model in `model_path`, loaded, for `at_once` stretches at a time with one thread each.

    What many threads want at the same time is read together: four stretches take hardly more than
    twice the time of one, and the words are the same.
    """

    def __init__(self, model_path: Path, at_once: int = 1) -> None:
        self.at_once = at_once
        self.threads = ThreadPoolExecutor(at_once * _READ_TOGETHER)
        """Where whoever has several stretches decodes them."""
        self._workers = ThreadPoolExecutor(at_once)
        self._readings = Batches(self._workers, self._generated, _READ_TOGETHER)
        self._model = Whisper(
            str(model_path),
            device="cpu",
            compute_type="int8",
            inter_threads=at_once,
            intra_threads=1,
        )
        self._tokens = Tokenizer(
            TokenTable.from_file(os.fspath(model_path / "tokenizer.json")),
            self._model.is_multilingual,
            task="transcribe",
            language="en",
        )
        self._features = FeatureExtractor()

    @property
    def is_multilingual(self) -> bool:
        return bool(self._model.is_multilingual)

    def encode(self, samples: Samples, context_s: float | None = None) -> Sound:
        """At most 30 s of sound, with silence after it up to `context_s`, or enough of it."""
        duration_s = samples.size / RATE_HZ
        enough_s = max(_SHORTEST_CONTEXT_S, duration_s + _SILENCE_AFTER_S)
        context = int(min(context_s or enough_s, LONGEST_S) * RATE_HZ)
        padded = np.pad(samples[:context], (0, max(context - samples.size, 0)))
        spectrum = self._features(padded)[:, : context * _FRAMES_PER_S // RATE_HZ]
        features = np.ascontiguousarray(spectrum[np.newaxis], dtype=np.float32)
        heard = ctranslate2.StorageView.from_array(features)
        return Sound(self._workers.submit(self._model.encode, heard).result(), duration_s)

    def read(self, sound: Sound, prompt: str = "", *, no_repeats: bool = False) -> Reading:
        """The words; `prompt` is what is said to have been said before. With `no_repeats` no four
        tokens running come twice, which ends a loop, and costs what was really said twice.
        """
        start = self._start(prompt)
        kind = _Kind(sound.shape, tuple(start), sound.most_tokens, no_repeats)
        result = self._readings.result(kind, sound)
        tokens = [token for token in result.sequences_ids[0] if token < self._tokens.eot]
        text = self._tokens.decode(tokens).strip().encode()
        return Reading(
            words=tuple(_whole_words(self._placed(sound, tokens, start))),
            # CTranslate2 divides by the length without the end, which is scored too.
            log_probability=result.scores[0] * len(tokens) / (len(tokens) + 1),
            compression_ratio=len(text) / len(zlib.compress(text)),
            is_cut_off=len(result.sequences_ids[0]) >= sound.most_tokens,
        )

    def _generated(self, kind: "_Kind", sounds: Sequence[Sound]) -> list[WhisperGenerationResult]:
        encoded = np.concatenate([np.asarray(sound.encoded) for sound in sounds])
        results: list[WhisperGenerationResult] = self._model.generate(
            ctranslate2.StorageView.from_array(encoded),
            [[*kind.start, self._tokens.no_timestamps]] * len(sounds),
            beam_size=_BEAM_SIZE,
            no_repeat_ngram_size=_LONGEST_REPEAT if kind.no_repeats else 0,
            # CTranslate2 takes the half of this, or what the prompt leaves of it: the lesser.
            max_length=kind.most_tokens + max(kind.most_tokens, len(kind.start) + 1),
            return_scores=True,
        )
        return results

    def score(self, sound: Sound, text: str, prompt: str) -> float:
        """How likely the sound is this text, as a log probability, where the prompt was said before."""
        tokens = self._tokens.encode(" " + text)[:_MOST_TOKENS]
        _, sure = self._aligned(sound, self._start(prompt), tokens)
        return float(np.log(np.maximum(sure, _LEAST_PROBABILITY)).sum())

    def _start(self, prompt: str) -> list[int]:
        if not prompt:
            return [*self._tokens.sot_sequence]
        before = self._tokens.encode(" " + prompt)[-_MOST_PROMPT_TOKENS:]
        return [self._tokens.sot_prev, *before, *self._tokens.sot_sequence]

    def _aligned(
        self, sound: Sound, start: list[int], tokens: list[int]
    ) -> tuple[list[tuple[int, int]], list[float]]:
        """Which token lies at which position of the sound, and how sure each is."""
        frames = max(int(sound.duration_s * _FRAMES_PER_S), 2)
        aligning = self._workers.submit(self._model.align, sound.encoded, start, [tokens], frames)
        found = aligning.result()[0]
        return found.alignments, found.text_token_probs

    def _placed(self, sound: Sound, tokens: list[int], start: list[int]) -> Iterator[Word]:
        """The pieces of these tokens where the model's attention lay as it wrote them."""
        if not tokens:
            return
        path, sure = self._aligned(sound, start, tokens)
        token_at, time_at = np.array(path).T
        late_s = _LATE_IN_BASE_S if self.is_multilingual else _LATE_S
        starts_s = time_at[np.flatnonzero(np.diff(token_at, prepend=-1))] / _TOKENS_PER_S
        starts_s = np.clip(starts_s - late_s, 0.0, sound.duration_s)
        texts, parts = self._tokens.split_to_word_tokens([*tokens, self._tokens.eot])
        ends = [*accumulate(len(part) for part in parts[:-1])]
        for text, first, last in zip(texts[:-1], [0, *ends], ends, strict=False):
            confidence = float(np.mean(sure[first:last]))
            yield Word(text, float(starts_s[first]), float(starts_s[last]), confidence)


class _Kind(msgspec.Struct, frozen=True):
    """What stretches have in common that can be read together."""

    shape: tuple[int, ...]
    start: tuple[int, ...]
    most_tokens: int
    no_repeats: bool


def _rounded_s(duration_s: float) -> float:
    return math.ceil(duration_s / _STEP_S) * _STEP_S


def _whole_words(pieces: Iterable[Word]) -> Iterator[Word]:
    """Words, with the pieces that Whisper splits off ("-to", "%", ".") put back."""
    word: Word | None = None
    mark: Word | None = None
    for piece in pieces:
        if not (text := piece.text.strip()):
            continue
        is_mark = not text.strip(_MARKS)
        if word and is_mark:  # the silence after a sentence is counted as its full stop
            word = Word(word.text + text, word.start_s, word.end_s, word.confidence)
        elif word and not piece.text.startswith(" "):
            confidence = min(word.confidence or 0.0, piece.confidence or 0.0)
            word = Word(word.text + text, word.start_s, piece.end_s, confidence)
        else:
            if word:
                yield word
            word = Word(text, _start_s(piece, mark), piece.end_s, piece.confidence)
        mark = piece if is_mark else None
    if word:
        yield word


def _start_s(piece: Word, mark: Word | None) -> float | None:
    """An um often takes no time: it was said in that of the comma before it."""
    duration_s = (piece.end_s or 0.0) - (piece.start_s or 0.0)
    if not (mark and is_filler(piece.text) and duration_s < _NO_TIME_S):
        return piece.start_s
    return max(mark.start_s or 0.0, (piece.end_s or 0.0) - _UM_S)
