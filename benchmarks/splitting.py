"""How well an answer told in one go is split into its steps.

Answers with known borders are made of the strong examples of scenarios, and of labelled answers
(development parts only), one for each step. Some lose a step, which must then be missed. The cues
and weights were chosen by hand with these answers in view, so the figures flatter. The scenarios are
split twice, with their key points and without.

    python benchmarks/splitting.py
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from rehearse.adapters.scenario_library import check_scenario
from rehearse.feedback.splitting import divide
from rehearse.interview import Prompt, step_prompts
from rehearse.scenario import STAR_TARGETS_S
from rehearse.transcript import Transcript

ROOT = Path(__file__).parents[1]
WORDS_PER_S = 2.5
PLAIN = [Prompt(name, "step", "", target_s=target_s) for name, target_s in STAR_TARGETS_S.items()]

Case = tuple[list[Prompt], dict[str, str]]
"""The steps that are asked, and what is said in those that are told."""


def scenarios(*, with_key_points: bool) -> Iterator[Case]:
    for file in sorted((ROOT / "scenarios").glob("*.yaml")):
        scenario = check_scenario(file)
        steps = list(step_prompts(scenario)) if with_key_points else PLAIN
        yield steps, {step.name: step.strong for step in scenario.steps}


def labelled() -> Iterator[Case]:
    told: dict[str, list[str]] = {name: [] for name in STAR_TARGETS_S}
    for file in sorted((ROOT / "tests/data/answers").glob("dev*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            answer = json.loads(line)
            if answer["section"] in told:
                told[answer["section"]].append(answer["text"])
    for texts in zip(*told.values(), strict=False):
        yield PLAIN, dict(zip(told, texts, strict=True))


def without_one(cases: Sequence[Case]) -> Iterator[Case]:
    """Each answer once without Task, once without Result, once without Reflection."""
    for steps, told in cases:
        for left_out in ("task", "result", "reflection"):
            yield steps, {name: text for name, text in told.items() if name != left_out}


def measure(name: str, cases: Sequence[Case]) -> None:
    right = words = 0
    errors_s: list[float] = []
    missed: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    for steps, told in cases:
        transcript = Transcript.from_text(" ".join(told.values()))
        found = divide(transcript, steps)
        truth = [step for step, text in told.items() for _ in text.split()]
        guess = [each.step for each in found for _ in range(each.end - each.first)]
        right += sum(a == b for a, b in zip(truth, guess, strict=True))
        words += len(truth)
        begins = {each.step: each.first for each in found}
        ends = accumulate((len(text.split()) for text in told.values()), initial=0)
        for step, begin in list(zip(told, ends, strict=False))[1:]:
            if step in begins:
                errors_s.append(abs(begins[step] - begin) / WORDS_PER_S)
        missed.update(set(told) - set(begins))
        invented.update(set(begins) - set(told))
    errors_s.sort()
    half, most = errors_s[len(errors_s) // 2], errors_s[int(len(errors_s) * 0.9)]
    print(
        f"{name:34} {len(cases):4} answers  words in their step {right / words:.1%}  "
        f"border off by {half:.1f} s (median), {most:.1f} s (9 of 10)  "
        f"told but missed {dict(missed)}, not told but found {dict(invented)}"
    )


def main() -> None:
    known, unknown, others = (
        list(scenarios(with_key_points=True)),
        list(scenarios(with_key_points=False)),
        list(labelled()),
    )
    measure("scenarios, with key points", known)
    measure("scenarios, without", unknown)
    measure("labelled answers, joined", others)
    measure("scenarios with, one step left out", list(without_one(known)))
    measure("labelled answers, one left out", list(without_one(others)))


if __name__ == "__main__":
    main()
