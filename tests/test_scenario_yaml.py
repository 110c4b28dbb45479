import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import BadInputError
from rehearse.scenario import Category, Probe, Seconds, SecondsRange, Step
from rehearse.scenario_schema import parse_duration, parse_duration_range, schema
from rehearse.scenario_yaml import MAX_CHARS, parse

SMALL = """\
schema: 1
name: small-one
question: no
steps:
  - name: situation
    target: 30s
"""


def complaint(text):
    with pytest.raises(BadInputError) as caught:
        parse(text, "s.yaml")
    return str(caught.value)


def test_text_stays_text_whatever_yaml_would_make_of_it():
    scenario = parse(SMALL.replace("question: no", "question: no\ncompany: 1:30"), "s.yaml")

    assert (scenario.question, scenario.company) == ("no", "1:30")


def test_a_step_without_limit_or_prompt_gets_the_usual_ones():
    step = parse(SMALL, "s.yaml").steps[0]

    assert (step.target_s, step.limit_s, step.question) == (30.0, 45.0, "What was the situation?")


def test_a_probe_without_target_gets_the_usual_one():
    assert (Probe(question="Why?").target_s, Probe(question="Why?").limit_s) == (45.0, 67.5)


def test_a_step_of_ones_own_is_asked_for_by_its_name():
    assert Step(name="trade-offs", target_s=Seconds(20)).question == "Tell me about the trade-offs."


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema: 1", "schema: 2", "s.yaml:1:1: schema: 2 cannot stand here. Choose from: 1."),
        (
            "schema: 1",
            "schema: one",
            "s.yaml:1:1: schema: a whole number belongs here. Write it in digits.",
        ),
        (
            "small-one",
            "../small",
            "s.yaml:2:1: name: a name holds a-z, 0-9 and single dashes only. "
            "Write it like webhook-drop.",
        ),
        (
            "small-one",
            "x" * 61,
            "s.yaml:2:1: name: this name is too long. Use 60 characters at most.",
        ),
        ("question: no\n", "", 's.yaml:1:1: the key "question" is missing here. Add it.'),
        (
            "question: no",
            "question:",
            "s.yaml:3:1: question: text is missing here. Write it, or remove the key.",
        ),
        (
            "question: no",
            'question: " "',
            "s.yaml:3:1: question: text is missing here. Write it, or remove the key.",
        ),
        (
            "question: no",
            "question: [no]",
            "s.yaml:3:1: question: text belongs here, not a list or keys. Put it in quotes.",
        ),
        (
            "30s",
            "30",
            's.yaml:6:5: steps, item 1, target: "30" is not a duration. '
            "Write it as 30s, 2m or 1m30s.",
        ),
        (
            "30s",
            "[30s]",
            "s.yaml:6:5: steps, item 1, target: a duration belongs here. "
            "Write it as 30s, 2m or 1m30s.",
        ),
        (
            "30s",
            "61m",
            's.yaml:6:5: steps, item 1, target: "61m" is out of range. '
            "A duration lies between 1s and 60m.",
        ),
        (
            "target:",
            "targte:",
            's.yaml:6:5: steps, item 1, targte: there is no key "targte" here. '
            'Did you mean "target"?',
        ),
        (
            "question: no",
            "question: no\nweak_answer: {text: a, zzz: b}",
            's.yaml:4:24: weak_answer, zzz: there is no key "zzz" here. '
            "Known here: text, flaws, verdict.",
        ),
        (
            "question: no",
            "question: no\nlevels: {name: x}",
            "s.yaml:4:1: levels: a list belongs here. Write one item a line, each behind a dash.",
        ),
        (
            "question: no",
            "question: no\nlevels: [x]",
            "s.yaml:4:10: levels, item 1: keys with values belong here. "
            "`rehearse schema` shows what a scenario holds.",
        ),
        (
            "question: no",
            "question: no\nlevels: [{name: x, total: 3m-2m}]",
            's.yaml:4:20: levels, item 1, total: "3m-2m" runs backwards. '
            "Write the shorter time first.",
        ),
        (
            "question: no",
            "question: no\nprobes: [{question: q, asks_when: [vague]}]",
            "s.yaml:4:36: probes, item 1, asks_when, item 1: 'vague' cannot stand here. "
            "Choose from: assigned, blame, filler, generic_reflection, handoff, hedge, "
            "missing_boundary, no_metric, passive, repetition, restart, vague_quantity, "
            "vague_result, we_language.",
        ),
        (
            "question: no",
            "question: no\nquiz: [{question: q, options: [a], answer: 1}]",
            "s.yaml:4:22: quiz, item 1, options: at least 2 belong here. Add what is missing.",
        ),
        (
            "question: no",
            "question: no\nquiz: [{question: q, options: [a, b], answer: 0}]",
            "s.yaml:4:39: quiz, item 1, answer: options are counted from 1. Write 1 for the first.",
        ),
        (
            "question: no",
            "question: no\nquiz: [{question: q, options: [a, b], answer: 3}]",
            "s.yaml:4:39: quiz, item 1, answer: there are only 2 options, counted from 1. "
            "Choose one of them.",
        ),
        (
            "question: no",
            "question: no\nweak_answer: {text: a, flaws: [{quote: b, why: c}]}",
            "s.yaml:4:33: weak_answer, flaws, item 1, quote: these words do not stand in the "
            "weak answer. Copy them exactly.",
        ),
        (
            "30s",
            "30s\n    limit: 20s",
            "s.yaml:7:5: steps, item 1, limit: the limit lies before the target. "
            "Make it the same or longer.",
        ),
        (
            "30s",
            "30s\n  - {name: situation, target: 1m}",
            's.yaml:7:6: steps, item 2, name: "situation" stands here a second time. '
            "Give each its own name.",
        ),
        (
            "name: situation",
            "name: probe-1",
            's.yaml:5:5: steps, item 1, name: "probe-1" is a name that rehearse uses itself. '
            "Choose another.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_remedy(old, new, message):
    assert complaint(SMALL.replace(old, new)) == message


def test_all_that_does_not_fit_is_said_at_once():
    text = (
        "schema: 1\nname: a b\ncompny: [X]\n"
        "steps:\n  - {name: task, target: twenty}\n  - {name: action}\n  - {name: result, target: []}\n"
        "probes:\n  - {question: Why?, asks_when: [dull]}\n"
        "quiz:\n  - {question: Which?, options: [one], answer: 0, why: So.}\n"
    )

    with pytest.raises(BadInputError) as raised:
        parse(text, "s.yaml")

    assert str(raised.value).splitlines() == [
        's.yaml:1:1: the key "question" is missing here. Add it.',
        "s.yaml:2:1: name: a name holds a-z, 0-9 and single dashes only. Write it like webhook-drop.",
        's.yaml:3:1: compny: there is no key "compny" here. Did you mean "company"?',
        "s.yaml:3:1: company: text belongs here, not a list or keys. Put it in quotes.",
        's.yaml:5:18: steps, item 1, target: "twenty" is not a duration. Write it as 30s, 2m or 1m30s.',
        's.yaml:6:5: steps, item 2: the key "target" is missing here. Add it.',
        "s.yaml:7:20: steps, item 3, target: a duration belongs here. Write it as 30s, 2m or 1m30s.",
        "s.yaml:9:34: probes, item 1, asks_when, item 1: 'dull' cannot stand here. Choose from: "
        + ", ".join(sorted(get_args(Category)))
        + ".",
        "s.yaml:11:24: quiz, item 1, options: at least 2 belong here. Add what is missing.",
        "s.yaml:11:40: quiz, item 1, answer: options are counted from 1. Write 1 for the first.",
    ]


def test_all_inconsistencies_are_said_at_once():
    text = SMALL + "    limit: 1s\n  - {name: whole, target: 1m}\n"

    assert complaint(text) == (
        "s.yaml:7:5: steps, item 1, limit: the limit lies before the target. "
        "Make it the same or longer.\n"
        's.yaml:8:6: steps, item 2, name: "whole" is a name that rehearse uses itself. '
        "Choose another."
    )


def test_a_file_that_is_too_large_is_refused():
    assert complaint("#" * (MAX_CHARS + 1)) == (
        "s.yaml: this file holds 1,000,001 characters; a scenario may hold 1,000,000 at most."
    )


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("30s", 30), ("2m", 120), ("1m30s", 90), ("1.5m", 90), ("0.5s", 0.5), (" 1m 5s ", 65)],
)
def test_durations_are_read_as_people_write_them(written, seconds):
    assert parse_duration(written) == seconds


def test_a_range_has_two_ends_even_where_one_is_written():
    assert parse_duration_range("2m30s-3m") == SecondsRange((Seconds(150), Seconds(180)))
    assert parse_duration_range("2m") == SecondsRange((Seconds(120), Seconds(120)))


@given(st.text())
def test_any_text_is_a_duration_or_a_complaint(text):
    try:
        assert 0 < parse_duration(text) <= 3600
    except ValueError as error:
        assert text in str(error)


@given(st.text() | st.text(alphabet="abc:-[]{}&*!|>'\"#\n 1"))
def test_any_text_is_a_scenario_or_bad_input(text):
    with pytest.raises(BadInputError):
        parse(text, "s.yaml")


@given(st.integers(0, len(SMALL) - 1), st.characters())
def test_any_slip_of_a_key_is_a_scenario_or_bad_input(position, character):
    text = SMALL[:position] + character + SMALL[position + 1 :]
    try:
        assert parse(text, "s.yaml").steps
    except BadInputError as error:
        assert str(error).startswith("s.yaml:")


def test_the_schema_is_json_and_knows_every_key():
    described = json.loads(json.dumps(schema()))

    assert sorted(described["$defs"]["Step"]["properties"]) == [
        "coaching", "key_points", "limit", "mistake", "name", "prompt", "strong", "target",
    ]  # fmt: skip
    assert described["$defs"]["Step"]["required"] == ["name", "target"]
