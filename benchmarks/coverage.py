"""How well key points are recognised by meaning, on labelled paraphrases.

    python benchmarks/coverage.py [FILE...] [--errors]

Each line of a file is a key point, what somebody said, and whether that says it. "Wording" is the
method that needs the same words, kept here to compare with; "lists" is what knows words of one meaning
from lists; "meaning" has the language model (`rehearse models get meaning`) as well. `--errors` lists
what was wrongly credited and what was missed; use it on development files only.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from rapidfuzz import fuzz

from rehearse import shelves
from rehearse.adapters.meaning import MeaningProcess
from rehearse.feedback.coverage import cover
from rehearse.feedback.sentences import word_set
from rehearse.transcript import Transcript

PAIRS = Path(__file__).parent.parent / "tests" / "data" / "coverage"
Method = Callable[[str, str], bool]


class Pair(msgspec.Struct, frozen=True):
    phrase: str
    answer: str
    said: bool


def by_lists(phrase: str, answer: str) -> bool:
    return cover((phrase,), Transcript.from_text(answer))[0].said


def by_meaning() -> Method:
    """Raises MissingError where the language model is not here."""
    folder = shelves.model_store().path(shelves.LANGUAGE_MODEL, "language")
    model = MeaningProcess(folder, sys.exit)
    return lambda phrase, answer: cover((phrase,), Transcript.from_text(answer), model)[0].said


_FUNCTION_WORDS = word_set(
    """
    a an and are as at be been but by for from had has have i in is it its me my of on or our
    so that the their them they this to was we went were with you your
    """
)


def by_wording(phrase: str, answer: str) -> bool:
    """All content words of the phrase, or words spelt much like them, anywhere in the answer."""
    bare = [re.sub(r"[^\w%$']", "", word) for word in phrase.lower().split()]
    spoken = [re.sub(r"[^\w%$']", "", word) for word in answer.lower().split()]
    wanted = [word for word in bare if word not in _FUNCTION_WORDS] or bare
    return all(any(fuzz.ratio(word, other) >= 84 for other in spoken) for word in wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    files = arguments.files or [
        file for file in sorted(PAIRS.glob("*.jsonl")) if not file.stem.startswith("told")
    ]
    methods = {"wording": by_wording, "lists": by_lists, "meaning": by_meaning()}
    for method in methods.values():
        method("warm up", "so that lists and model are read")
    print("| pairs | method | said | precision | recall | each |")
    print("|---|---|---:|---:|---:|---:|")
    for file in files:
        pairs = [msgspec.json.decode(line, type=Pair) for line in file.read_text().splitlines()]
        for name, method in methods.items():
            print(_row(file.stem, name, pairs, method, errors=arguments.errors))


def _row(file: str, name: str, pairs: list[Pair], method: Method, *, errors: bool) -> str:
    began_s = time.perf_counter()
    credited = [method(pair.phrase, pair.answer) for pair in pairs]
    each_ms = (time.perf_counter() - began_s) / len(pairs) * 1000
    right = sum(pair.said and got for pair, got in zip(pairs, credited, strict=True))
    if errors and name == "meaning":
        for pair, got in zip(pairs, credited, strict=True):
            if pair.said != got:
                print(f"{'missed' if pair.said else 'FALSE '} {pair.phrase!r}: {pair.answer}")
    said = sum(pair.said for pair in pairs)
    precision = right / max(1, sum(credited))
    return (
        f"| {file} ({len(pairs)}) | {name} | {said} | {precision:.2f} | "
        f"{right / max(1, said):.2f} | {each_ms:.2f} ms |"
    )


if __name__ == "__main__":
    main()
