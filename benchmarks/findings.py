"""Precision and recall of the weak-phrase rules on labelled answers.

    python benchmarks/findings.py [FILE...] [--errors] [--spoken --sample N]

Each line of a file is an answer with its labels. A finding is right when it overlaps a label of its
category; one that overlaps only a borderline span counts neither way. What is said of a section as
a whole (no_metric, missing_boundary) is right when the label is there. `--errors` lists what was
missed and what was falsely found; use it on development files only. `--spoken` has the answers
said by a voice and heard by Whisper base, as users give them, beside the same answers as written.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec
import speaking

from rehearse.feedback.measured import Rates
from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.transcript import Hearing, Transcript

ANSWERS = Path(__file__).parent.parent / "tests" / "data" / "answers"
MEASURED = Path(__file__).parent.parent / "src" / "rehearse" / "feedback" / "measured.json"
OF_THE_SECTION = ("no_metric", "missing_boundary")


class Label(msgspec.Struct, frozen=True):
    category: str
    quote: str = ""
    nth: int | None = None
    """Which of several equal stretches is meant, from 0; None where there is one only."""


class Answer(msgspec.Struct, frozen=True):
    id: str
    section: str
    industry: str
    strong: bool
    text: str
    labels: tuple[Label, ...] = ()
    borderline: tuple[Label, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """One finding or label: `kind` is "hit" (a right finding), "false", "found" or "missed"."""

    kind: str
    category: str
    answer: Answer
    quote: str
    rule: str = ""


class Found(NamedTuple):
    category: str
    place: tuple[int, int]
    quote: str
    rule: str


def outcomes(answer: Answer, hearing: Hearing | None = None) -> Iterator[Outcome]:
    """What the rules find in the answer as it was written, or as it was heard."""
    said = Transcript.from_text(answer.text)
    findings = list(_found(hearing.transcript if hearing else said, answer.section))
    if hearing:
        findings += [Found("filler", place, "", "heard") for place in speaking.ums(hearing)]

    def placed(label: Label) -> tuple[Label, list[tuple[int, int]]]:
        places = _places(said.text, label)
        if hearing:
            places = speaking.carried_over(places, said.text, hearing.transcript.text)
        return label, places

    labels = [placed(label) for label in answer.labels]
    borderline = [placed(label) for label in answer.borderline]
    for finding in findings:
        if any(_meet(finding.category, [finding.place], *known) for known in labels):
            yield Outcome("hit", finding.category, answer, finding.quote, finding.rule)
        elif not any(_meet(finding.category, [finding.place], *known) for known in borderline):
            yield Outcome("false", finding.category, answer, finding.quote, finding.rule)
    for label, places in labels:
        found = any(_meet(each.category, [each.place], label, places) for each in findings)
        yield Outcome("found" if found else "missed", label.category, answer, label.quote)


def _found(transcript: Transcript, section: str) -> Iterator[Found]:
    for finding in find_weak_phrases(transcript, section, load_rules()):
        place = (finding.start_char, finding.end_char)
        yield Found(finding.category, place, finding.quote, finding.rule)


def _places(text: str, label: Label) -> list[tuple[int, int]]:
    quote = " ".join(label.quote.split())
    places, start = [], text.find(quote)
    while quote and start >= 0:
        places.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return places[:1] if label.nth is None else places[label.nth : label.nth + 1]


def _meet(
    category: str, one: list[tuple[int, int]], label: Label, other: list[tuple[int, int]]
) -> bool:
    if category != label.category:
        return False
    if category in OF_THE_SECTION:
        return True
    return any(a < d and c < b for a, b in one for c, d in other)


def _report(name: str, seen: list[Outcome]) -> None:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outcome in seen:
        counts[outcome.category][outcome.kind] += 1
        counts["all"][outcome.kind] += 1
    print(f"\n{name}: {len({outcome.answer.id for outcome in seen})} answers with outcomes")
    print(f"{'category':20}{'labels':>8}{'recall':>8}{'findings':>10}{'precision':>11}")
    for category in [*sorted(set(counts) - {"all"}), "all"]:
        count = counts[category]
        labels, findings = count["found"] + count["missed"], count["hit"] + count["false"]
        recall = f"{count['found'] / labels:.2f}" if labels else "-"
        precision = f"{count['hit'] / findings:.2f}" if findings else "-"
        print(f"{category:20}{labels:8}{recall:>8}{findings:10}{precision:>11}")


def _report_spoken(name: str, answers: list[Answer]) -> None:
    hearings = speaking.hear_all([answer.text for answer in answers])
    heard = [
        outcome
        for answer, hearing in zip(answers, hearings, strict=True)
        for outcome in outcomes(answer, hearing)
    ]
    _report(f"{name}, spoken and heard", heard)


def _write(seen: list[Outcome], answers: int) -> None:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outcome in seen:
        counts[outcome.category][outcome.kind] += 1
    rates = {category: _rates(count) for category, count in sorted(counts.items())}
    measured = {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "answers": answers,
        "categories": rates,
    }
    text = msgspec.json.format(msgspec.json.encode(measured), indent=2)
    MEASURED.write_bytes(text + b"\n")


def _rates(count: Counter[str]) -> Rates:
    labels, findings = count["found"] + count["missed"], count["hit"] + count["false"]
    return Rates(
        labels,
        round(count["found"] / labels, 2) if labels else None,
        findings,
        round(count["hit"] / findings, 2) if findings else None,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Precision and recall of the weak-phrase rules.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument(
        "--write", action="store_true", help="keep the held-out figures for `rehearse explain`"
    )
    parser.add_argument("--spoken", action="store_true", help="also said aloud and heard")
    parser.add_argument("--sample", type=int, metavar="N", help="so many answers only, by chance")
    options = parser.parse_args()
    groups = (
        {"given": options.files}
        if options.files
        else {
            "development": sorted(ANSWERS.glob("dev*.jsonl")),
            "held out, first author": sorted(ANSWERS.glob("held-*.jsonl")),
            "held out, second author": sorted(ANSWERS.glob("held2-*.jsonl")),
        }
    )
    held: list[Outcome] = []
    held_answers = 0
    for name, files in groups.items():
        lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line]
        answers = [msgspec.json.decode(line, type=Answer) for line in lines]
        if options.sample:
            answers = Random(0).sample(answers, min(options.sample, len(answers)))
        seen = [outcome for answer in answers for outcome in outcomes(answer)]
        if options.errors:
            for bad in seen:
                if bad.kind in ("false", "missed"):
                    where = f"{bad.answer.id} {bad.answer.section}"
                    print(f"{bad.kind:7}{bad.category:20}{bad.rule:32}{where:28}{bad.quote}")
        strong = [outcome for outcome in seen if outcome.answer.strong and outcome.kind == "false"]
        _report(name, seen)
        print(f"false findings in strong answers: {len(strong)}")
        if options.spoken:
            _report_spoken(name, answers)
        if name.startswith("held out"):
            held += seen
            held_answers += len(answers)
    if options.write and held:
        _write(held, held_answers)


if __name__ == "__main__":
    main()
