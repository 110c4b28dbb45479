"""How often the result test sees what a sentence of a Result shows, and what it does not show.

python benchmarks/results.py
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rehearse.feedback.result import judge_result
from rehearse.transcript import Transcript

SENTENCES = Path(__file__).parent.parent / "tests" / "data" / "result_sentences.txt"
PARTS = {"m": "metric_delta", "b": "business_impact", "s": "second_order"}


def sentences(half: str) -> Iterator[tuple[str, str]]:
    """What is shown, as letters, and the sentence. Of every four lines the last two are held back."""
    lines = [
        line for line in SENTENCES.read_text("utf-8").splitlines() if line[:1] not in ("", "#")
    ]
    for number, line in enumerate(lines):
        if (number % 4 < 2) == (half == "development"):
            shown, _, text = line.partition(" ")
            yield shown, text


def counted(half: str) -> dict[str, Counter[str]]:
    """For each part: how often it was found, missed, or found where it is not shown."""
    counts = {part: Counter[str]() for part in PARTS.values()}
    for shown, text in sentences(half):
        test = judge_result(Transcript.from_text(text))
        for letter, part in PARTS.items():
            is_found, is_there = getattr(test, part).found, letter in shown
            if is_found or is_there:
                kind = "found" if is_found and is_there else "false" if is_found else "missed"
                counts[part][kind] += 1
    return counts


def main() -> None:
    print(f"{'half':14}{'part':18}{'shown':>6}{'recall':>8}{'found':>7}{'precision':>11}")
    for half in ("development", "held back"):
        for part, count in counted(half).items():
            shown, found = count["found"] + count["missed"], count["found"] + count["false"]
            print(
                f"{half:14}{part:18}{shown:6}{count['found'] / shown:8.2f}"
                f"{found:7}{count['found'] / found:11.2f}"
            )


if __name__ == "__main__":
    main()
