"""Learns to read from the language model's state whether one text says another.

    python scripts/train_meaning.py [--measure]

Learnt from: the pairs in tests/data/coverage/dev*.jsonl; the retellings of shipped scenarios beside them
(told*.jsonl), each key point with the sentences that say it and those that are nearest and do not; and
sentences of the labelled development answers, each with a key point of some scenario, which hardly any
says. What is held out (held*) is never read here. Writes src/rehearse/adapters/meaning/head.json; `--measure` only prints how
well each file is judged by what the other files taught.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from rehearse import shelves
from rehearse.adapters.meaning.files import PIECES_FILE
from rehearse.adapters.meaning.nearness import Nearness
from rehearse.adapters.meaning.reader import HEAD_FILE, Head, Reader
from rehearse.adapters.scenario_library import read_scenario
from rehearse.feedback.passages import sentences_of
from rehearse.transcript import Transcript

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
UNRELATED = "unrelated"
_UNRELATED_PAIRS = 3000
_FEWEST_WORDS = 4
_NEAREST = 5
_PENALTY = 30.0
"""How much weights cost. Of 10, 30, 100 and 300 none judged files that it had not learnt from much better;
neither did a support vector machine with a radial kernel."""
_STEPS = 30
_THRESHOLDS = (1.4, 1.8, 2.2, 2.6)
"""Log odds."""

Vector = NDArray[np.float64]


class Pair(msgspec.Struct, frozen=True):
    phrase: str
    answer: str
    said: bool
    file: str = UNRELATED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", action="store_true")
    arguments = parser.parse_args()
    pairs = [*labelled(), *told(), *unrelated()]
    states, said = states_of(pairs), np.array([pair.said for pair in pairs], dtype=float)
    files = np.array([pair.file for pair in pairs])
    if arguments.measure:
        measure(states, said, files)
        return
    weights, bias = learnt(states, said)
    head = Head(tuple(round(float(weight), 5) for weight in weights), round(bias, 5))
    HEAD_FILE.write_bytes(msgspec.json.format(msgspec.json.encode(head), indent=0) + b"\n")


def labelled() -> Iterator[Pair]:
    for file in sorted((DATA / "coverage").glob("dev*.jsonl")):
        for pair in msgspec.json.Decoder(Pair).decode_lines(file.read_bytes()):
            yield msgspec.structs.replace(pair, file=file.stem)


def told() -> Iterator[Pair]:
    class Told(msgspec.Struct):
        scenario: str
        sentences: tuple[str, ...]
        said: dict[str, tuple[int, ...]]

    nearness = Nearness(_folder(), _pieces())
    for file in sorted((DATA / "coverage").glob("told*.jsonl")):
        for answer in msgspec.json.Decoder(Told).decode_lines(file.read_bytes()):
            for phrase in _phrases(ROOT / "scenarios" / f"{answer.scenario}.yaml"):
                said = answer.said.get(phrase, ())
                nearest = nearness.nearest([phrase], answer.sentences, _NEAREST)[0]
                for index in sorted({*said, *nearest}):
                    sentence = answer.sentences[index]
                    yield Pair(phrase, sentence, index in said, f"told-{answer.scenario}")


def _phrases(scenario: Path) -> list[str]:
    return [phrase for step in read_scenario(scenario).steps for phrase in step.key_points]


def unrelated() -> list[Pair]:
    class Answer(msgspec.Struct):
        text: str

    sentences = [
        passage.quote
        for file in sorted((DATA / "answers").glob("dev*.jsonl"))
        for answer in msgspec.json.Decoder(Answer).decode_lines(file.read_bytes())
        for _, passage in sentences_of(Transcript.from_text(answer.text))
        if passage.words >= _FEWEST_WORDS
    ]
    files = sorted((ROOT / "scenarios").glob("*.yaml"))
    phrases = [phrase for file in files for phrase in _phrases(file)]
    chance = random.Random(1)
    return [
        Pair(chance.choice(phrases), chance.choice(sentences), said=False)
        for _ in range(_UNRELATED_PAIRS)
    ]


def states_of(pairs: Sequence[Pair]) -> Vector:
    """One row for each pair."""
    reader = Reader(_folder(), _pieces())
    with ThreadPoolExecutor(2) as readers:
        states = readers.map(lambda pair: reader.state(pair.answer, pair.phrase), pairs)
        return np.array(list(states), dtype=float)


def _folder() -> Path:
    return shelves.model_store().path(shelves.LANGUAGE_MODEL, "language")


def _pieces() -> SentencePieceProcessor:
    return SentencePieceProcessor(model_file=str(_folder() / PIECES_FILE))


def learnt(states: Vector, said: Vector, penalty: float = _PENALTY) -> tuple[Vector, float]:
    """Logistic regression by Newton's method, each number of a state in units of its spread; said
    and unsaid pairs weigh the same in all.
    """
    mean, spread = states.mean(axis=0), states.std(axis=0)
    design = np.column_stack([(states - mean) / spread, np.ones(len(states))])
    costs = np.array([penalty] * states.shape[1] + [0.0])
    share = said.mean()
    counts = np.where(said > 0, 0.5 / share, 0.5 / (1 - share))
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (counts * (said - sure)) - costs * weights
        curvature = (design.T * (counts * sure * (1 - sure))) @ design + np.diag(costs)
        weights += np.linalg.solve(curvature, slope)
    plain = weights[:-1] / spread
    return plain, float(weights[-1] - plain @ mean)


def measure(states: Vector, said: Vector, files: NDArray[np.str_]) -> None:
    print("| file | threshold | precision | recall | unrelated credited |")
    print("|---|---:|---:|---:|---:|")
    is_seen = np.arange(len(files)) % 2 == 0  # half of what is unrelated is learnt from
    for file in sorted(set(files) - {UNRELATED}):
        is_other = (files != file) & ((files != UNRELATED) | is_seen)
        weights, bias = learnt(states[is_other], said[is_other])
        sure = states @ weights + bias
        fresh = (files == UNRELATED) & ~is_seen
        for threshold in _THRESHOLDS:
            credited = (sure > threshold) & (files == file)
            right = (credited & (said > 0)).sum()
            print(
                f"| {file} | {threshold} | {right / max(credited.sum(), 1):.2f} "
                f"| {right / said[files == file].sum():.2f} "
                f"| {(sure[fresh] > threshold).mean():.4f} |"
            )


if __name__ == "__main__":
    main()
