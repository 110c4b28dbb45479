"""How long finding weak phrases takes, and whether time grows with length and no faster.

    python benchmarks/feedback.py [--longest WORDS]

The text is the development answers, one after the other. Each size is measured once, after the rules
have been read; the first row is about a three-minute answer.
"""

import argparse
import json
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.transcript import Transcript

ANSWERS = Path(__file__).parent.parent / "tests" / "data" / "answers"
SHORTEST = 450


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed of the weak-phrase rules.")
    parser.add_argument("--longest", type=int, default=100_000, metavar="WORDS")
    longest = parser.parse_args().longest
    files = sorted(ANSWERS.glob("dev-*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line]
    words = [word for line in lines for word in json.loads(line)["text"].split()]
    rules = load_rules()
    find_weak_phrases(Transcript.from_text(" ".join(words[:SHORTEST])), "whole", rules)
    print(f"{'words':>8}{'seconds':>10}{'ms for each 1,000 words':>26}")
    size = SHORTEST
    while size <= longest:
        transcript = Transcript.from_text(" ".join(islice(cycle(words), size)))
        begin = perf_counter()
        find_weak_phrases(transcript, "whole", rules)
        took_s = perf_counter() - begin
        print(f"{size:8}{took_s:10.3f}{took_s / size * 1e6:26.1f}")
        size *= 2


if __name__ == "__main__":
    main()
