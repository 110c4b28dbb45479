"""The labelled answers keep their own rules; whether a detector agrees is measured elsewhere."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

ANSWERS = Path(__file__).parent / "answers"
SECTIONS = {"situation", "task", "action", "result", "reflection", "probe", "whole"}
QUOTED = {
    "we_language",
    "handoff",
    "assigned",
    "vague_result",
    "generic_reflection",
    "hedge",
    "passive",
    "vague_quantity",
    "blame",
    "filler",
    "repetition",
    "restart",
}
SECTIONS_OF_UNQUOTED = {"no_metric": {"result", "whole"}, "missing_boundary": {"task"}}
FIELDS = {"id", "section", "industry", "speaker", "strong", "text", "labels", "borderline"}
RARE = {"repetition", "restart"}


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


BATCHES = {path.name: read(path) for path in sorted(ANSWERS.glob("*.jsonl"))}
ALL = [answer for answers in BATCHES.values() for answer in answers]
PARTS = {
    part: [
        answer
        for name, answers in BATCHES.items()
        if name.startswith(f"{part}-")
        for answer in answers
    ]
    for part in ("dev", "dev2", "dev3", "dev4", "dev5", "held", "held2")
}


def places(text, quote):
    return [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)]


def span(text, label):
    start = places(text, label["quote"])[label.get("nth", 0)]
    return start, start + len(label["quote"])


def labels_of(answer):
    return answer["labels"] + answer["borderline"]


def quoted(answer):
    return [label for label in labels_of(answer) if label["quote"]]


def named(check):
    return pytest.mark.parametrize("answer", ALL, ids=[answer["id"] for answer in ALL])(check)


@named
def test_an_answer_has_the_agreed_fields_and_a_known_section(answer):
    assert set(answer) == FIELDS
    assert answer["section"] in SECTIONS
    assert isinstance(answer["strong"], bool)


@named
def test_every_quote_is_said_in_the_answer_and_points_to_one_place(answer):
    ambiguous = [
        label["quote"]
        for label in quoted(answer)
        if (said := len(places(answer["text"], label["quote"]))) == 0
        or ("nth" in label) != (said > 1)
        or label.get("nth", 0) >= said
    ]
    assert ambiguous == []


@named
def test_no_quote_cuts_through_a_word(answer):
    text = answer["text"]
    bounds = [(label, span(text, label)) for label in quoted(answer)]
    cut = [
        label["quote"]
        for label, (start, end) in bounds
        if re.search(r"\w\Z", text[:start]) or re.match(r"\w", text[end:])
    ]
    assert cut == []


@named
def test_only_what_is_missing_has_an_empty_quote_and_only_where_it_can_be_missing(answer):
    misplaced = [
        label
        for label in labels_of(answer)
        if (label["quote"] and label["category"] not in QUOTED)
        or (
            not label["quote"]
            and answer["section"] not in SECTIONS_OF_UNQUOTED.get(label["category"], set())
        )
    ]
    assert misplaced == []


@named
def test_spans_of_one_category_do_not_overlap(answer):
    by_category = {}
    for label in quoted(answer):
        by_category.setdefault(label["category"], []).append(span(answer["text"], label))
    clashes = [
        category
        for category, spans in by_category.items()
        if any(before[1] > after[0] for before, after in pairwise(sorted(spans)))
    ]
    assert clashes == []


@named
def test_every_um_uh_and_er_is_a_labelled_filler(answer):
    said = len(re.findall(r"\b(?:um|uh|er)\b", answer["text"], re.IGNORECASE))
    labelled = [
        label
        for label in answer["labels"]
        if label["category"] == "filler" and label["quote"].lower() in {"um", "uh", "er"}
    ]
    assert len(labelled) == said


def test_no_id_and_no_text_comes_twice():
    assert [i for i, count in Counter(answer["id"] for answer in ALL).items() if count > 1] == []
    assert [t for t, count in Counter(answer["text"] for answer in ALL).items() if count > 1] == []


def test_there_are_enough_answers_of_enough_kinds():
    assert len(ALL) >= 240
    assert len({answer["industry"] for answer in ALL}) >= 15
    assert {answer["section"] for answer in ALL} == SECTIONS


@pytest.mark.parametrize("part", PARTS)
def test_strong_answers_are_half_to_two_thirds_of_each_part(part):
    strong = sum(answer["strong"] for answer in PARTS[part])
    assert 0.4 <= strong / len(PARTS[part]) <= 0.7


def test_every_answer_belongs_to_one_part():
    assert sum(len(answers) for answers in PARTS.values()) == len(ALL)


def test_every_category_has_labels_enough_to_measure_it():
    labels = Counter(label["category"] for answer in ALL for label in answer["labels"])
    wanted = {
        category: 12 if category in RARE else 25 for category in QUOTED | set(SECTIONS_OF_UNQUOTED)
    }
    assert {category for category, least in wanted.items() if labels[category] < least} == set()


def test_a_strong_answer_has_at_most_one_label():
    assert [answer["id"] for answer in ALL if answer["strong"] and len(answer["labels"]) > 1] == []


def test_the_table_in_the_readme_counts_what_is_there():
    rows = re.findall(
        r"^\| `(\w+)` \|" + r" (\d+) \|" * 8 + "$",
        (ANSWERS / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    told = {row[0]: tuple(int(number) for number in row[1:]) for row in rows}
    labels = {
        part: Counter(label["category"] for answer in answers for label in answer["labels"])
        for part, answers in PARTS.items()
    }
    borderline = Counter(label["category"] for answer in ALL for label in answer["borderline"])
    counted = {
        category: (*(labels[part][category] for part in PARTS), borderline[category])
        for category in QUOTED | set(SECTIONS_OF_UNQUOTED)
    }
    assert told == counted
